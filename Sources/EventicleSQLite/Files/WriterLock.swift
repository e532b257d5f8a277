internal import EventicleCore
internal import Glibc

/// The right to write to a store: a lock on a file beside it, which the system frees when its
/// process ends.
///
/// The file says who holds it and what was last acknowledged.
final class WriterLock {
  /// What the file says.
  struct Note: Equatable {
    var process: Int
    /// The name of its machine, without spaces.
    var host: String
    /// When the holder opened the store, in seconds since 1970.
    var start: Int
    /// The store's own number.
    var store: Int
    /// The last entry that was acknowledged.
    var entry: Int
  }

  private let descriptor: Int32
  private var note: Note
  /// What the holder before left.
  let before: Note?

  /// Takes the lock of a store.
  ///
  /// - Throws: ``StoreFault/heldBy(_:)`` when somebody else has it.
  init(_ path: String, start: Int) throws {
    let name = path + "-lock"
    descriptor = Glibc.open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError("\(name) cannot be opened: \(StoreFile.reason(errno)).")
    }
    var attempts = 500
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let number = errno
      attempts -= 1
      // Who only looks who writes can share the lock, and has it for less than a moment.
      if number == EWOULDBLOCK, attempts > 0, flock(descriptor, LOCK_SH | LOCK_NB) == 0 {
        flock(descriptor, LOCK_UN)
        usleep(2_000)
        continue
      }
      let holder = WriterLock.read(descriptor)?.holder(at: start)
      Glibc.close(descriptor)
      guard number == EWOULDBLOCK else {
        throw StoreError("\(name) cannot be locked: \(StoreFile.reason(number)).")
      }
      throw StoreFault.heldBy(holder ?? StoreHolder(process: 0, since: "a moment ago"))
    }
    let before = WriterLock.read(descriptor)
    guard before != nil || WriterLock.isBlank(descriptor) else {
      Glibc.close(descriptor)
      throw StoreError(
        "\(name) is there and is no file that a store keeps beside it; move it elsewhere, or name "
          + "another file.")
    }
    self.before = before
    note = Note(
      process: Int(getpid()), host: WriterLock.host, start: start, store: 0, entry: 0)
  }

  deinit { Glibc.close(descriptor) }

  /// Whether the lock's file is still there, so that somebody else would find it taken.
  var isThere: Bool {
    var found = stat()
    return fstat(descriptor, &found) == 0 && found.st_nlink > 0
  }

  /// Writes down the last acknowledged entry of a store; what fails here costs nothing but words.
  func note(_ entry: JournalIndex, of store: Int) {
    note.entry = entry.number
    note.store = store
    // The length stays the same, so that nothing of an earlier line is left behind it.
    let numbers = "\(note.process) \(note.start) \(note.store) \(note.entry) "
    let line =
      Array(numbers.utf8) + Array(repeating: 0x20, count: max(0, 72 - numbers.utf8.count))
      + Array(note.host.utf8) + [10]
    _ = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// Looks who has the lock of a store.
  ///
  /// - Parameter now: The present moment, in seconds since 1970.
  /// - Returns: Who has it, if anybody; and what the file says.
  static func look(at path: String, now: Int) -> (holder: StoreHolder?, note: Note?) {
    let descriptor = Glibc.open(path + "-lock", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return (nil, nil) }
    defer { Glibc.close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else {
      flock(descriptor, LOCK_UN)
      return (nil, read(descriptor))
    }
    let note = read(descriptor)
    return (note?.holder(at: now), note)
  }

  /// Whether a file is one that says who writes.
  static func isNote(_ path: String) -> Bool {
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    return read(descriptor) != nil || isBlank(descriptor)
  }

  /// Whether nothing was written to a file, or nothing of that is left after a power cut.
  private static func isBlank(_ descriptor: Int32) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    return bytes.prefix(max(0, count)).allSatisfy { $0 == 0 || $0 == 0x20 || $0 == 0x0A }
  }

  private static func read(_ descriptor: Int32) -> Note? {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    let words = String(decoding: bytes.prefix(count), as: UTF8.self).split {
      $0 == " " || $0 == "\n"
    }
    let numbers = words.prefix(4).compactMap { Int($0) }
    guard numbers.count == 4 else { return nil }
    return Note(
      process: numbers[0], host: words.count > 4 ? String(words[4]) : "", start: numbers[1],
      store: numbers[2], entry: numbers[3])
  }

  fileprivate static var host: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "?" }
    let name = String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return name.contains(" ") || name.isEmpty ? "?" : name
  }
}

extension WriterLock.Note {
  /// Who wrote it.
  ///
  /// - Parameter now: The present moment, in seconds since 1970.
  fileprivate func holder(at now: Int) -> StoreHolder {
    StoreHolder(
      process: process, host: host == WriterLock.host ? nil : host, since: Self.words(start, now))
  }

  /// A moment by the clock on the wall, with the date when it is not today's.
  private static func words(_ moment: Int, _ now: Int) -> String {
    func parts(_ seconds: Int) -> tm {
      var (time, parts) = (time_t(seconds), tm())
      localtime_r(&time, &parts)
      return parts
    }
    func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (then, today) = (parts(moment), parts(now))
    let time = "\(digits(then.tm_hour)):\(digits(then.tm_min))"
    guard then.tm_year != today.tm_year || then.tm_yday != today.tm_yday else { return time }
    return "\(then.tm_year + 1_900)-\(digits(then.tm_mon + 1))-\(digits(then.tm_mday)) \(time)"
  }
}
