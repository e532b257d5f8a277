#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file that gets the bad lines of an import, each as it was, so that they can be mended and
/// imported.
///
/// Nothing that is there is ever replaced: a file that begins as this one would is one that an import
/// left which was ended, and is gone on with; any other is refused.
final class BadLineFile {
  let path: String
  private let descriptor: Int32
  /// The size of what was there.
  private let before: Int
  /// How much of what was there has been compared.
  private var compared = 0
  /// Whether this made it.
  private let isNew: Bool
  private var hasLines = false

  /// Creates the file, or opens one that is there.
  ///
  /// - Throws: ``FileProblem`` when it can be neither.
  init(_ path: String) throws(FileProblem) {
    self.path = path
    guard !StoreOpener.isBesideStore(path) else {
      throw FileProblem("\(path) is a file of a store; name another file for the bad lines.")
    }
    let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let made = open(path, flags | O_CREAT | O_EXCL, 0o666)
    isNew = made >= 0
    descriptor = isNew ? made : open(path, flags)
    guard descriptor >= 0 else {
      if errno == ELOOP {
        throw FileProblem("\(path) is a link; name a file that is not there yet.")
      }
      throw FileProblem(path, cannotBe: "written", errno)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileProblem("\(path) is \(Files.kind(of: status)); name a file that is not there yet.")
    }
    before = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Adds lines.
  ///
  /// - Throws: ``FileProblem`` when they cannot be written, or something else is there.
  func add(_ lines: [[UInt8]]) throws(FileProblem) {
    guard !lines.isEmpty else { return }
    hasLines = true
    var bytes: [UInt8] = []
    for line in lines {
      bytes += line
      bytes.append(0x0A)
    }
    if compared < before {
      let count = min(bytes.count, before - compared)
      guard try read(count) == Array(bytes[..<count]) else { throw occupied }
      compared += count
      bytes.removeFirst(count)
    }
    guard !bytes.isEmpty else { return }
    lseek(descriptor, 0, SEEK_END)
    try Files.send(bytes, to: descriptor, of: path)
  }

  /// Ends the file: it is on the disk, and is not there when it has no lines.
  ///
  /// - Throws: ``FileProblem`` when it cannot be kept for sure.
  func finish() throws(FileProblem) {
    guard hasLines else {
      if isNew { unlink(path) }
      return
    }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileProblem(path, cannotBe: "kept for sure", errno)
    }
  }

  /// Leaves what was there before.
  func abandon() {
    if isNew { unlink(path) } else { _ = ftruncate(descriptor, off_t(before)) }
  }

  private var occupied: FileProblem {
    FileProblem(
      "\(path) is there already and holds something else; name another file for the bad lines.")
  }

  private func read(_ count: Int) throws(FileProblem) -> [UInt8] {
    var content: [UInt8] = []
    var block = [UInt8](repeating: 0, count: count)
    while content.count < count {
      let found = pread(
        descriptor, &block, count - content.count, off_t(compared + content.count))
      if found < 0, errno == EINTR { continue }
      guard found >= 0 else { throw FileProblem(path, cannotBe: "read", errno) }
      guard found > 0 else { throw occupied }
      content += block[..<found]
    }
    return content
  }
}
