import EventicleCore
package import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads and writes files; everything that the program reads or writes goes through here.
package enum Files {
  /// All bytes of a file.
  ///
  /// A file that is too large is refused before it is read, a stream as soon as it is.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that it may have.
  ///   - lineLimit: The most bytes that one of its lines may have.
  ///   - fromPipes: Whether it may also be a pipe or a device, and `-` for standard input.
  ///   - checking: Looks at each whole line of a stream as it arrives, with its number from 1, so
  ///     that an endless one need not end before it is refused.
  /// - Throws: ``FileProblem`` when it cannot be read or is too large.
  package static func bytes(
    _ path: String, limit: Int = Limits.fileBytes, lineLimit: Int = .max, fromPipes: Bool = false,
    checking: StreamMeter.Check? = nil
  ) throws(FileProblem) -> [UInt8] {
    var meter: StreamMeter?
    var content: [UInt8] = []
    try forEachBlock(path, limit: limit, fromPipes: fromPipes) {
      block, name, size throws(FileProblem) in
      if meter == nil {
        meter = StreamMeter(
          name: name, limit: limit, lineLimit: lineLimit, check: size == nil ? checking : nil)
        content.reserveCapacity(size ?? 0)
      }
      content += block
      try meter?.look(at: content)
      return true
    }
    return content
  }

  /// Reads a file in blocks, a small one first, until the body returns `false`.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that it may have; a file with more is refused before it is read.
  ///   - fromPipes: Whether it may also be a pipe or a device, and `-` for standard input.
  ///   - body: Gets the block, what to call the file in a sentence, and the size of a file that is
  ///     not packed.
  /// - Throws: ``FileProblem`` when it cannot be read or is too large.
  static func forEachBlock(
    _ path: String, limit: Int = Limits.fileBytes, fromPipes: Bool = false,
    _ body: (ArraySlice<UInt8>, _ name: String, _ size: Int?) throws(FileProblem) -> Bool
  ) throws(FileProblem) {
    try InputFile(path, fromPipes: fromPipes).forEachBlock(limit: limit, body)
  }

  /// Reads the files that command lines name.
  package static let reader = FileReader { path, limit in
    do throws(FileProblem) {
      return .bytes(try bytes(path, limit: limit))
    } catch {
      return .problem(error.text)
    }
  }

  /// The last bytes of a regular file, at most so many, and whether there are more before them.
  ///
  /// - Throws: ``FileProblem`` when there is no such file, or it cannot be read.
  static func ending(
    of path: String, _ count: Int
  ) throws(FileProblem) -> (bytes: [UInt8], isCut: Bool) {
    // Opening a pipe waits for a writer, and a terminal may become the controlling one.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileProblem(path, cannotBe: "read", errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileProblem(path, cannotBe: "read", errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem("\(path) is \(kind(of: status)), not a file; name a file.")
    }
    let start = max(0, Int(status.st_size) - count)
    var content: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    let capacity = block.count
    while true {
      let found = pread(descriptor, &block, capacity, off_t(start + content.count))
      if found < 0, errno == EINTR { continue }
      guard found >= 0 else { throw FileProblem(path, cannotBe: "read", errno) }
      if found == 0 { return (content, start > 0) }
      content += block[..<found]
    }
  }

  /// The first bytes of a file, unpacked when gzip packed it, at most so many; none when it cannot be
  /// read.
  static func beginning(of path: String, _ count: Int = 1 << 20) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var block = [UInt8](repeating: 0, count: count)
    let found = read(descriptor, &block, block.count)
    let beginning = Array(block.prefix(max(0, found)))
    guard beginning.starts(with: GzipReader.mark) else { return beginning }
    var unpacked: [UInt8] = []
    _ = try? GzipReader(path).add(beginning[...]) { part in
      unpacked += part
      return unpacked.count < count
    }
    return Array(unpacked.prefix(count))
  }

  /// The file at a path, its links followed; `nil` when there is none, or something else.
  package static func identity(of path: String) -> FileIdentity? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileIdentity(status)
  }

  /// Whether two paths lead to the same file.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    guard let identity = identity(of: path) else { return false }
    return identity.isSameFile(as: self.identity(of: other))
  }

  /// Whether there is anything at a path.
  package static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The path of a file without links, from the root; `nil` when there is no such file.
  static func realPath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  /// Makes a folder, and those in which it is, for the owner alone.
  static func makeFolder(_ folder: String) {
    var place = ""
    for part in folder.split(separator: "/") {
      place += "/\(part)"
      mkdir(place, 0o700)
    }
  }

  /// Whether there is a symbolic link at a path.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// What kind of thing is no file, for a sentence.
  static func kind(of status: stat) -> String {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
