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
    for ending in [""] + Store.endingsBeside {
      if ending != "-lock" || WriterLock.isNote(path + ending) { unlink(path + ending) }
    }
  }

  /// Makes sure that nothing is beside a path at which there is no store that would be taken for a
  /// part of one made there, and be lost.
  ///
  /// - Throws: ``StoreError`` when there is.
  static func expectNothing(beside path: String) throws(StoreError) {
    for ending in Store.endingsBeside where ending != "-lock" && isThere(path + ending) {
      // Of a store that this program was making when it ended.
      if ending == "-journal", isUnfinished(path) || isUnmarked(path + ending) { continue }
      throw StoreError(
        "\(path + ending) is there without a store that it belongs to, and would be lost when one is "
          + "made there; move it elsewhere, or name another file.")
    }
  }

  /// Whether a journal of an empty file is not on disk yet, so that nothing was written to the file:
  /// its mark and the number behind it are zeros until then.
  private static func isUnmarked(_ path: String) -> Bool {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = read(descriptor, &bytes, bytes.count)
    // Between them stands a random number.
    return count >= 0 && bytes[..<12].allSatisfy { $0 == 0 } && bytes[16...].allSatisfy { $0 == 0 }
  }

  /// Removes what SQLite keeps beside a file that was only read, unless there is something in it or
  /// somebody else uses it.
  static func tidy(_ path: String, vfs: String? = nil) {
    guard isThere(path + "-shm"), !hasLog(path), WriterLock.look(at: path, now: 0).holder == nil,
      let database = try? Database(path, .write, vfs: vfs)
    else { return }
    // The last connection that could write takes them away, and knows whether it is the last.
    _ = try? database.number("PRAGMA schema_version")
    database.close()
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
