#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file that only its owner can access, replaced as a whole.
struct PrivateFile: Sendable {
  let path: String

  /// Detects a changed file without reading it.
  struct Stamp: Sendable, Hashable {
    let inode: UInt64
    let size: Int64
    let seconds: Int64
    let nanoseconds: Int64

    init(_ status: stat) {
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      #if canImport(Darwin)
        let changed = status.st_ctimespec
      #else
        let changed = status.st_ctim
      #endif
      seconds = Int64(changed.tv_sec)
      nanoseconds = Int64(changed.tv_nsec)
    }
  }

  /// The stamp of the current file; `nil` when there is none.
  func stamp() throws(SubjectKeyError) -> Stamp? {
    var status = stat()
    if lstat(path, &status) == 0 { return Stamp(status) }
    guard errno == ENOENT else { throw failure("cannot be looked at") }
    return nil
  }

  /// The content with its stamp.
  ///
  /// - Throws: ``SubjectKeyError/file(path:reason:)`` when it cannot be read, is no regular file,
  ///   or can be accessed by others.
  func load() throws(SubjectKeyError) -> (bytes: [UInt8], stamp: Stamp) {
    // Without O_NONBLOCK, opening a named pipe would block until someone writes to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ELOOP { throw refusal("is a symbolic link; give the path of the file itself") }
      throw failure("cannot be read")
    }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("cannot be looked at") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw refusal("is not a regular file") }
    guard status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw refusal("may be used by others, its mode is \(mode); run: chmod 600 \(path)")
    }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let size = buffer.count
      let count = system { read(descriptor, &buffer, size) }
      guard count >= 0 else { throw failure("cannot be read") }
      if count == 0 { return (content, Stamp(status)) }
      content += buffer[..<count]
    }
  }

  /// Replaces the content; it is on disk before this returns.
  ///
  /// The new content is written beside the file and renamed when complete, so that a crash leaves
  /// either the old file or the new one. Call it only while holding the lock.
  func replace(by bytes: [UInt8]) throws(SubjectKeyError) {
    let draft = path + ".new"
    // A crash may have left a draft behind.
    unlink(draft)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(draft, flags, 0o600)
    guard descriptor >= 0 else { throw failure("cannot be written") }
    var isOpen = true
    defer {
      if isOpen {
        _ = close(descriptor)
        unlink(draft)
      }
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = system { rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } }
      guard count > 0 else { throw failure("cannot be written") }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
      throw failure("cannot be written")
    }
    isOpen = false
    _ = close(descriptor)
    try settleFolder()
  }

  /// Syncs the directory, so that the rename is on disk.
  private func settleFolder() throws(SubjectKeyError) {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = name.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("may not have reached the disk") }
    defer { _ = close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw failure("may not have reached the disk")
    }
  }

  /// Runs `work` while no other program changes the file; waits for the lock.
  ///
  /// The lock is a file of its own, because each change replaces the file itself. The kernel
  /// releases it when a process ends, however it ends.
  func locked<Outcome>(
    _ work: () throws(SubjectKeyError) -> Outcome
  ) throws(SubjectKeyError) -> Outcome {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(path + ".lock", flags, 0o600)
    guard descriptor >= 0 else { throw failure("cannot be locked") }
    defer { _ = close(descriptor) }
    guard system({ Int(flock(descriptor, LOCK_EX)) }) == 0 else {
      throw failure("cannot be locked")
    }
    return try work()
  }

  func refusal(_ reason: String) -> SubjectKeyError { .file(path: path, reason: "it \(reason)") }

  private func failure(_ reason: String) -> SubjectKeyError {
    refusal("\(reason): \(String(cString: strerror(errno)))")
  }

  /// A system call, repeated when a signal interrupts it.
  private func system(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
