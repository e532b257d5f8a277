internal import EventicleCore
internal import Glibc

/// A store's file in the file system: making it, and knowing whether it is still the same.
struct StoreFile {
  let path: String
  /// Which file it is, whatever its name: its device and its number there.
  private let identity: Identity

  private struct Identity: Equatable {
    let device: UInt
    let number: UInt

    /// The file at a path; `nil` when there is none.
    init?(_ path: String) {
      var found = stat()
      guard stat(path, &found) == 0 else { return nil }
      (device, number) = (UInt(found.st_dev), UInt(found.st_ino))
    }
  }

  /// The file at a path, which must be there.
  init(_ path: String) throws(StoreError) {
    guard let identity = Identity(path) else {
      throw StoreError("\(path) is gone; open the one that is wanted again.")
    }
    self.path = path
    self.identity = identity
  }

  /// Whether the path still leads to the file.
  var isThere: Bool { Identity(path) == identity }

  // MARK: - Before opening

  /// What is at a path.
  enum Found {
    case nothing
    case empty
    case file
  }

  /// Looks at a path without opening what is there.
  ///
  /// - Throws: ``StoreError`` for what can be no store.
  static func look(at path: String) throws(StoreError) -> Found {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw StoreError("A store needs a path to a file; this one is empty or has a NUL in it.")
    }
    var link = stat()
    guard lstat(path, &link) == 0 else {
      if errno == ENOENT { return .nothing }
      throw StoreError("\(path) cannot be looked at: \(reason(errno)).")
    }
    var found = stat()
    guard stat(path, &found) == 0 else {
      throw StoreError(
        "\(path) is a link that leads nowhere; remove it, or name the file itself.")
    }
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw StoreError("\(path) is no ordinary file; name a file for the store.")
    }
    guard found.st_nlink < 2 else {
      throw StoreError(
        "\(path) is one of \(found.st_nlink) names of a file, and what is written under one would not "
          + "be seen under the others; remove all of them but one.")
    }
    return found.st_size == 0 ? .empty : .file
  }

  /// The path of the file to which symbolic links lead; the path itself when there is none.
  static func realPath(of path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether something is in the log beside a file.
  static func hasLog(_ path: String) -> Bool {
    var found = stat()
    return stat(path + "-wal", &found) == 0 && found.st_size > 0
  }

  /// Whether there is anything at a path.
  static func isThere(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0
  }

  /// Puts a file in the place of another one, which gets another name, for good.
  ///
  /// - Throws: ``StoreError`` when that cannot be; the path then leads to what it did before.
  static func replace(
    _ path: String, by new: String, keeping old: String
  ) throws(StoreError) {
    // As a second name first, so that there is no moment without a file at the path.
    guard link(path, old) == 0 else {
      throw StoreError("\(path) cannot be kept as \(old): \(reason(errno)); it is as it was.")
    }
    guard rename(new, path) == 0 else {
      let number = errno
      unlink(old)
      throw StoreError("\(new) cannot take the place of \(path): \(reason(number)).")
    }
    try sync(path)
  }

  /// Whether a file was empty before the writing that was cut off in it, as SQLite's journal beside
  /// it says.
  static func isUnfinished(_ path: String) -> Bool {
    let descriptor = Glibc.open(path + "-journal", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    // Eight bytes that mark it, two numbers, and how many pages there were.
    var bytes = [UInt8](repeating: 1, count: 20)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    let mark: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    return count == bytes.count && bytes.starts(with: mark) && bytes[16...].allSatisfy { $0 == 0 }
  }

  /// Gives a new file its name, under which there must be none yet.
  ///
  /// - Throws: ``StoreError`` when there is one, or the name cannot be made permanent.
  static func name(_ path: String, as newPath: String) throws(StoreError) {
    guard link(path, newPath) == 0 else {
      throw StoreError("\(newPath) cannot be created: \(reason(errno)).")
    }
    unlink(path)
    try sync(newPath)
  }

  /// Removes a store that was not finished, with what is beside it.
  static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal", "-lock"] { unlink(path + ending) }
  }

  /// Copies a file and its log of writes, byte for byte, to a new file of the owner's alone.
  ///
  /// - Throws: ``StoreError`` when it cannot be read or written.
  static func copy(_ path: String, to copy: String) throws(StoreError) {
    for ending in hasLog(path) ? ["", "-wal"] : [""] {
      let from = Glibc.open(path + ending, O_RDONLY | O_CLOEXEC)
      guard from >= 0 else {
        throw StoreError("\(path + ending) cannot be read: \(reason(errno)).")
      }
      defer { Glibc.close(from) }
      let to = try created(copy + ending)
      defer { Glibc.close(to) }
      var block = [UInt8](repeating: 0, count: 1_048_576)
      while true {
        let count = Glibc.read(from, &block, block.count)
        guard count >= 0 else {
          throw StoreError("\(path + ending) cannot be read: \(reason(errno)).")
        }
        guard count > 0 else { break }
        try write(block[..<count], to, copy + ending)
      }
    }
  }

  /// Writes a new file, and makes it permanent.
  ///
  /// - Throws: ``StoreError`` when there is one already, or it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
    let descriptor = try created(path)
    defer { Glibc.close(descriptor) }
    try write(bytes[...], descriptor, path)
    try sync(path)
  }

  private static func created(_ path: String) throws(StoreError) -> Int32 {
    let descriptor = Glibc.open(
      path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError("\(path) cannot be created: \(reason(errno)).")
    }
    return descriptor
  }

  private static func write(
    _ bytes: ArraySlice<UInt8>, _ descriptor: Int32, _ path: String
  ) throws(StoreError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StoreError("\(path) cannot be written: \(reason(errno)).") }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes sure that there is a file with something in it.
  ///
  /// - Throws: ``StoreError`` when there is none.
  static func expect(at path: String) throws(StoreError) {
    guard try look(at: path) == .file else {
      throw StoreError("There is no store at \(path); is the name right?")
    }
  }

  /// Creates an empty file that only its owner can read and write.
  ///
  /// - Throws: ``StoreError`` when it cannot be created, or somebody else could replace it.
  static func create(_ path: String) throws(StoreError) {
    let folder = Self.folder(of: path)
    var found = stat()
    guard stat(folder, &found) == 0, found.st_mode & S_IFMT == S_IFDIR else {
      throw StoreError("\(folder) is no folder; make it before a store in it.")
    }
    guard found.st_mode & S_IWOTH == 0 || found.st_mode & S_ISVTX != 0 else {
      throw StoreError(
        "Everybody may replace files in \(folder); make the store in another folder.")
    }
    Glibc.close(try created(path))
  }

  /// Makes sure that a new file and its name survive a power cut.
  static func sync(_ path: String) throws(StoreError) {
    for (name, flags) in [(path, O_RDWR), (folder(of: path), O_RDONLY | O_DIRECTORY)] {
      let descriptor = Glibc.open(name, flags | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw StoreError("\(name) cannot be opened: \(reason(errno)).")
      }
      defer { Glibc.close(descriptor) }
      guard fsync(descriptor) == 0 else {
        throw StoreError("\(name) cannot be made permanent: \(reason(errno)).")
      }
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The system's words for an error number.
  static func reason(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
