import EventicleCore
import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file or a stream that is open for reading, unpacked on the way when gzip packed it.
final class InputFile {
  /// What to call it in a sentence.
  let name: String
  /// The size of a file, in bytes; `nil` for a stream.
  let size: Int?
  private let descriptor: Int32
  private let isOwned: Bool
  /// What is read, when it is in memory already.
  private var content: [UInt8]?

  /// Opens a file, or a stream where one may be.
  ///
  /// - Parameter fromPipes: Whether it may also be a pipe or a device, and `-` for standard input.
  /// - Throws: ``FileProblem`` when there is none, or it cannot be read.
  init(_ path: String, fromPipes: Bool = false) throws(FileProblem) {
    let isInput = fromPipes && path == "-"
    // Without waiting: a pipe to which nobody writes would hold up the screen.
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (fromPipes ? 0 : O_NONBLOCK)
    let descriptor = isInput ? 0 : open(path, flags)
    guard descriptor >= 0 else { throw FileProblem(path, cannotBe: "read", errno) }
    let name = isInput ? "standard input" : path
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      if !isInput { close(descriptor) }
      throw FileProblem(name, cannotBe: "read", errno)
    }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    guard isFile || (fromPipes && status.st_mode & S_IFMT != S_IFDIR) else {
      if !isInput { close(descriptor) }
      throw FileProblem("\(name) is \(Files.kind(of: status)), not a file; name a file.")
    }
    self.name = name
    self.descriptor = descriptor
    isOwned = !isInput
    size = isFile ? Int(status.st_size) : nil
  }

  private init(_ descriptor: Int32, _ name: String, size: Int) {
    (self.descriptor, self.name, self.size, isOwned) = (descriptor, name, size, true)
  }

  /// Bytes in memory as a file.
  init(_ bytes: [UInt8], named name: String) {
    (descriptor, self.name, size, isOwned) = (-1, name, bytes.count, false)
    content = bytes
  }

  deinit { if isOwned { close(descriptor) } }

  /// Goes back to the beginning of a file.
  func rewind() { lseek(descriptor, 0, SEEK_SET) }

  // MARK: - Reading

  /// Reads in blocks, a small one first, until the body returns `false`.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that it may have, unpacked too; a file with more is refused before it
  ///     is read.
  ///   - goesOn: Asked several times a second while nothing comes; `false` ends the reading.
  ///   - body: Gets the block, the name, and the size of a file that is not packed.
  /// - Throws: ``FileProblem`` when it cannot be read, is too large, or is packed and damaged.
  func forEachBlock(
    limit: Int = Limits.fileBytes, goesOn: (() -> Bool)? = nil,
    _ body: (ArraySlice<UInt8>, _ name: String, _ size: Int?) throws(FileProblem) -> Bool
  ) throws(FileProblem) {
    let meter = StreamMeter(name: name, limit: limit, lineLimit: .max, check: nil)
    if let size { try meter.refuse(size: size) }
    var all = 0
    var gzip: GzipReader?
    var head: [UInt8]? = []
    func give(_ block: ArraySlice<UInt8>) throws(FileProblem) -> Bool {
      guard let gzip else {
        all += block.count
        try meter.refuse(size: all)
        return try body(block, name, size)
      }
      return try gzip.add(block) { block throws(FileProblem) in
        all += block.count
        try meter.refuse(size: all)
        return try body(block, name, nil)
      }
    }
    try forEachStoredBlock(goesOn: goesOn) { block throws(FileProblem) in
      guard var first = head else { return try give(block) }
      first += block
      head = first.count < 2 ? first : nil
      guard head == nil else { return true }
      if first.starts(with: GzipReader.mark) { gzip = try GzipReader(name) }
      return try give(first[...])
    } atEnd: { () throws(FileProblem) in
      if let head, !head.isEmpty { _ = try give(head[...]) }
      try gzip?.finish()
    }
  }

  /// Reads what is stored, in blocks.
  ///
  /// - Parameter atEnd: Called when all is read, and not when the body ended it.
  private func forEachStoredBlock(
    goesOn: (() -> Bool)?, _ body: (ArraySlice<UInt8>) throws(FileProblem) -> Bool,
    atEnd: () throws(FileProblem) -> Void
  ) throws(FileProblem) {
    if let content {
      for start in stride(from: 0, to: content.count, by: 1 << 16) {
        guard try body(content[start..<min(content.count, start + 1 << 16)]) else { return }
      }
      return try atEnd()
    }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let goesOn, size == nil { guard waitForBytes(goesOn) else { return } }
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileProblem(name, cannotBe: "read", errno) }
      if count == 0 { return try atEnd() }
      guard try body(block[..<count]) else { return }
      if block.count < 1 << 20 { block = [UInt8](repeating: 0, count: 1 << 20) }
    }
  }

  /// Waits until a stream has bytes or ends.
  private func waitForBytes(_ goesOn: () -> Bool) -> Bool {
    while true {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 100) != 0 { return true }
      guard goesOn() else { return false }
    }
  }

  // MARK: - Streams that are read twice

  /// A stream as a file that can be read several times: its bytes, as they are, in a file that only
  /// the owner can read and that has no name.
  ///
  /// - Parameters:
  ///   - path: The file beside which it is put.
  ///   - goesOn: Asked between blocks.
  /// - Returns: This file itself when it is one; `nil` when it was not to go on.
  func spooled(
    beside path: String, goesOn: @escaping () -> Bool
  ) throws(FileProblem) -> InputFile? {
    guard size == nil else { return self }
    let place = "\(path)-\(Files.randomName()).import"
    let spool = open(place, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard spool >= 0 else { throw FileProblem(place, cannotBe: "written", errno) }
    unlink(place)
    var count = 0
    var isWhole = false
    do throws(FileProblem) {
      try forEachStoredBlock(goesOn: goesOn) { block throws(FileProblem) in
        try Files.send(Array(block), to: spool, of: place)
        count += block.count
        return goesOn()
      } atEnd: {
        isWhole = true
      }
    } catch {
      close(spool)
      throw error
    }
    let file = InputFile(spool, name, size: count)
    file.rewind()
    return isWhole ? file : nil
  }
}
