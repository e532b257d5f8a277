import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that another program appends to, read as it grows.
///
/// A file that was renamed and made anew is read to its end before the new one is begun; one that was
/// cut short or written over is read from its beginning. What may still come of a line that has no
/// end is left to the next reading.
final class GrowingFile {
  /// What a reading found.
  struct Reading: Equatable {
    /// The bytes that follow those of the last reading; at most ``GrowingFile/most``.
    var bytes: [UInt8] = []
    /// What became of the file before these bytes; `nil` when it only grew.
    var change: Change?
    /// Whether more bytes are there already.
    var hasMore = false
  }

  /// What may become of a file besides growing.
  enum Change: Equatable {
    /// It is there now, and was not before.
    case appeared
    /// Another file has its name now.
    case replaced
    /// It has other content than before, from its beginning.
    case rewritten
    /// No file has its name any more; the one that had it is still read.
    case removed
  }

  /// The most bytes of one reading.
  static let most = 1 << 20
  /// How many of the last bytes are compared, to notice other content of the same length.
  private static let compared = 256

  let path: String
  private var descriptor: Int32 = -1
  /// Which file it is, and its state when it was last looked at.
  private var identity: FileIdentity?
  /// How far the file has been read, in bytes.
  private var place = 0
  /// The bytes before that place.
  private var latest: [UInt8] = []
  private var isMissing = false

  init(_ path: String) { self.path = path }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The bytes that were added since the last reading.
  ///
  /// - Throws: ``FileProblem`` when there is something else at the path, or it cannot be read; what
  ///   follows is read once it can be. A file that is not there yet is no problem.
  func read() throws(FileProblem) -> Reading {
    var reading = Reading()
    if descriptor < 0 {
      guard try begin() else { return reading }
      reading.change = isMissing ? .appeared : nil
      isMissing = false
    } else if try isRewritten() {
      (place, latest) = (0, [])
      reading.change = .rewritten
    }
    reading.bytes = try bytes(Self.most)
    guard reading.bytes.isEmpty, reading.change == nil else {
      reading.hasMore = reading.bytes.count == Self.most
      return reading
    }
    return try followName()
  }

  /// Looks which file has the name now, once the one that had it has been read to its end.
  private func followName() throws(FileProblem) -> Reading {
    guard let now = Files.identity(of: path) else {
      try expectNothingElse()
      defer { isMissing = true }
      return Reading(change: isMissing ? nil : .removed)
    }
    guard !now.isSameFile(as: identity) else { return Reading() }
    let old = descriptor
    guard try begin() else { return Reading() }
    close(old)
    let change = isMissing ? Change.appeared : .replaced
    isMissing = false
    let bytes = try bytes(Self.most)
    return Reading(bytes: bytes, change: change, hasMore: bytes.count == Self.most)
  }

  /// Makes sure that what has the name is no folder or pipe.
  private func expectNothingElse() throws(FileProblem) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
    throw FileProblem(
      "\(path) is \(Files.kind(of: status)) now, which cannot be followed; a file of that name is.")
  }

  /// Opens the file; `false` when there is none.
  private func begin() throws(FileProblem) -> Bool {
    // A pipe is opened without waiting for a writer, to be refused below.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard opened >= 0 else {
      guard errno == ENOENT else { throw FileProblem(path, cannotBe: "read", errno) }
      isMissing = true
      return false
    }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw FileProblem(
        "\(path) is \(Files.kind(of: status)), which cannot be followed; name a file."
      )
    }
    (descriptor, identity, place, latest) = (opened, FileIdentity(status), 0, [])
    return true
  }

  /// Whether what was read of the file is not there any more.
  private func isRewritten() throws(FileProblem) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem(path, cannotBe: "read", errno) }
    let now = FileIdentity(status)
    defer { identity = now }
    guard now != identity else { return false }
    guard now.size >= place else { return true }
    return try bytes(latest.count, at: place - latest.count) != latest
  }

  /// Reads on from where the last reading ended.
  private func bytes(_ count: Int) throws(FileProblem) -> [UInt8] {
    let bytes = try bytes(count, at: place)
    place += bytes.count
    latest = Array((latest + bytes.suffix(Self.compared)).suffix(Self.compared))
    return bytes
  }

  private func bytes(_ count: Int, at start: Int) throws(FileProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let found = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(start + filled))
      }
      if found < 0, errno == EINTR { continue }
      guard found >= 0 else { throw FileProblem(path, cannotBe: "read", errno) }
      if found == 0 { break }
      filled += found
    }
    return Array(bytes[..<filled])
  }
}
