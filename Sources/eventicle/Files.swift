import EventicleCore
import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads files, and standard input for `-`.
enum Files {
  /// Reads a whole file.
  ///
  /// - Throws: ``Failure`` with status 3 when it cannot be read.
  static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { if descriptor != 0 { close(descriptor) } }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      if count == 0 { return content }
      content += buffer[..<count]
    }
  }

  /// The lines of a tape.
  ///
  /// - Throws: ``Failure`` with status 3 when it cannot be read or is no UTF-8.
  static func lines(_ path: String) throws -> [String] {
    let content = try bytes(path)
    do throws(TapeError) {
      return try TapeLine.lines(of: content).map(\.text)
    } catch {
      throw Failure("\(path), \(error)", .store)
    }
  }

  /// Writes a file, replacing its content.
  ///
  /// - Throws: ``Failure`` with status 3 when it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(path) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw unwritable(path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func unwritable(_ path: String) -> Failure {
    Failure("\(path) cannot be written: \(String(cString: strerror(errno))).", .store)
  }

  private static func unreadable(_ path: String) -> Failure {
    Failure("\(path) cannot be read: \(String(cString: strerror(errno))).", .store)
  }
}
