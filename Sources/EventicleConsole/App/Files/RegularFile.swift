import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads files that are regular; others could block for ever or never end.
enum RegularFile {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: The file's path; a link is followed.
  ///   - last: How many bytes at the end to read at most; all when `nil`.
  /// - Returns: The bytes, and whether the file has more before them.
  /// - Throws: ``FileProblem`` when there is no such regular file, or it cannot be read.
  static func read(
    _ path: String, last: Int? = nil
  ) throws(FileProblem) -> (bytes: [UInt8], isCut: Bool) {
    // Opening a pipe waits for a writer, and a terminal may become the controlling one.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem("\(path) is \(kind(status.st_mode)); a regular file is needed.")
    }
    let start = last.map { max(0, Int(status.st_size) - $0) } ?? 0
    var content: [UInt8] = []
    content.reserveCapacity(max(0, Int(status.st_size) - start))
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    let capacity = buffer.count
    while true {
      let count = pread(file, &buffer, capacity, off_t(start + content.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      if count == 0 { return (content, start > 0) }
      content += buffer[..<count]
    }
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  private static func unreadable(_ path: String) -> FileProblem {
    FileProblem("\(path) cannot be read: \(String(cString: strerror(errno))).")
  }
}
