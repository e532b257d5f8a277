#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Files {
  /// Puts a file in the place of what is there: the old file stays whole until the new one is.
  ///
  /// The bytes go into a new file in the same folder, reach the disk, and take the place at once; a
  /// failure leaves everything as it was. The permissions of an existing file are kept.
  ///
  /// - Parameters:
  ///   - mode: The permissions of a file that did not exist; by the user's mask when absent.
  ///   - throughLinks: Whether a symbolic link at the path may be followed. Then the file that it
  ///     points to is replaced, and the link stays.
  /// - Returns: The file that is at the path now.
  /// - Throws: ``FileProblem`` when it cannot be written, or when there is something else than a
  ///   file at the path.
  @discardableResult
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32? = nil, throughLinks: Bool = false
  ) throws(FileProblem) -> FileIdentity {
    try write(to: path, mode: mode, throughLinks: throughLinks) { send throws(FileProblem) in
      try send(bytes)
    }
  }

  /// Puts a file that is made part by part in the place of what is there, as
  /// ``write(_:to:mode:throughLinks:)`` does.
  ///
  /// - Parameter body: Gets what adds bytes; an error that it throws leaves everything as it was.
  @discardableResult
  package static func write(
    to path: String, mode: UInt32? = nil, throughLinks: Bool = false,
    _ body: (_ send: @escaping ([UInt8]) throws(FileProblem) -> Void) throws(FileProblem) -> Void
  ) throws(FileProblem) -> FileIdentity {
    // Else the signal for a file over the limit of the system would end the program.
    signal(SIGXFSZ, SIG_IGN)
    let target = try target(of: path, throughLinks: throughLinks)
    let old = try status(of: target)
    let rest = old == nil ? "" : " The file there is as it was."
    let folder = folder(of: target)
    let temporary = "\(folder)/.eventicle-\(randomName()).tmp"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      mode_t(old == nil ? mode ?? 0o666 : 0o600))
    guard descriptor >= 0 else { throw FileProblem(path, cannotBe: "written", errno, rest) }
    var isOpen = true
    do throws(FileProblem) {
      try body { bytes throws(FileProblem) in try send(bytes, to: descriptor, of: path, rest) }
      do throws(CallError) {
        try finish(descriptor, like: old)
        isOpen = false
        try CallError.check(close(descriptor))
        try CallError.check(rename(temporary, target))
      } catch {
        throw FileProblem(path, cannotBe: "written", error.number, rest)
      }
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      throw error
    }
    try syncFolder(folder, path)
    guard let identity = identity(of: target) else {
      throw FileProblem(path, cannotBe: "found again", errno)
    }
    return identity
  }

  /// The number of a failed call's error.
  private struct CallError: Error {
    let number: Int32

    static func check(_ result: Int32) throws(CallError) {
      guard result != 0 else { return }
      throw CallError(number: errno)
    }
  }

  /// Writes all of some bytes.
  ///
  /// - Parameters:
  ///   - path: What to call the file in a sentence.
  ///   - rest: What else the sentence says.
  static func send(
    _ bytes: [UInt8], to descriptor: Int32, of path: String, _ rest: String = ""
  ) throws(FileProblem) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        #if canImport(Darwin)
          return Darwin.write(descriptor, base + start, bytes.count - start)
        #else
          return Glibc.write(descriptor, base + start, bytes.count - start)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw FileProblem(path, cannotBe: "written", count == 0 ? ENOSPC : errno, rest)
      }
      start += count
    }
  }

  private static func finish(_ descriptor: Int32, like old: stat?) throws(CallError) {
    if let old {
      // Only root may give a file away; for others it becomes theirs, with the same permissions.
      if old.st_uid != geteuid() || old.st_gid != getegid() {
        _ = fchown(descriptor, old.st_uid, old.st_gid)
      }
      try CallError.check(fchmod(descriptor, old.st_mode & 0o7777))
    }
    try CallError.check(fsync(descriptor))
  }

  /// Makes the new name of a file last; some file systems cannot, and then it lasts anyway.
  private static func syncFolder(_ folder: String, _ path: String) throws(FileProblem) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP else { return }
    throw FileProblem(path, cannotBe: "kept for sure", errno, " It is written; save it again.")
  }

  // MARK: - What is there

  /// The path of the file to replace.
  private static func target(of path: String, throughLinks: Bool) throws(FileProblem) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let resolved = realpath(path, nil) else {
      throw FileProblem("\(path) is a link to nothing; remove it, or use another name.")
    }
    defer { free(resolved) }
    let target = String(cString: resolved)
    guard throughLinks else {
      throw FileProblem("\(path) is a link to \(target); with ! that file is replaced.")
    }
    return target
  }

  /// The file at a path; `nil` when there is none.
  private static func status(of path: String) throws(FileProblem) -> stat? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw FileProblem(path, cannotBe: "written", errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem("\(path) is \(kind(of: status)), which no file can replace; name a file.")
    }
    return status
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A name that nobody can foresee.
  static func randomName() -> String {
    var source = SystemRandomNumberGenerator()
    return String(source.next() as UInt64, radix: 36) + String(source.next() as UInt64, radix: 36)
  }
}
