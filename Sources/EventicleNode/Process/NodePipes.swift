internal import CSupervisor

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The pipes of one child: frames of messages in both directions, and the lines that it prints.
///
/// A frame is a length in 4 bytes, little-endian, and so many bytes. While a frame is written,
/// everything that the child writes is read, because the child may not read before somebody does.
final class NodePipes {
  /// Where a frame goes.
  enum Lane: Sendable {
    /// What the child's event loop takes: requests and their belated answers.
    case requests
    /// What the child is waiting for inside a handler.
    case answers
  }

  /// A line that the child or a program of its own has printed.
  struct PrintedLine: Sendable, Hashable {
    let text: String
    let isError: Bool
  }

  /// How large a frame may be in either direction, in bytes.
  static let frameBytes = 256 * 1_024 * 1_024
  /// How much of what a child prints without a line's end is kept, in bytes.
  private static let lineBytes = 64 * 1_024
  /// How much of what a child printed to its standard error last is kept, in bytes.
  private static let tailBytes = 16 * 1_024

  let process: NodeProcess
  private let limit: Int
  private var received = ByteQueue()
  private var output = LineCutter(limit: NodePipes.lineBytes)
  private var errors = LineCutter(limit: NodePipes.lineBytes)
  /// What the child printed to its standard error last.
  private(set) var errorTail: [UInt8] = []
  /// The lines that the child has printed and nobody has taken.
  private(set) var lines: [PrintedLine] = []
  /// How many bytes have arrived in all.
  private(set) var arrived = 0
  /// Whether the child has closed its end of the messages.
  private(set) var isOver = false
  private var chunk = [UInt8](repeating: 0, count: 64 * 1_024)

  init(_ process: NodeProcess, frameLimit: Int = NodePipes.frameBytes) {
    self.process = process
    limit = frameLimit
  }

  /// The descriptors that can be read when the child has written something.
  var readable: [Int32] {
    [process.pipes.messages, process.pipes.output, process.pipes.errors].filter { $0 >= 0 }
  }

  /// The descriptors at whose other end nobody writes any more.
  var finished: [Int32] {
    [
      output.isOver ? process.pipes.output : -1, errors.isOver ? process.pipes.errors : -1,
      isOver ? process.pipes.messages : -1,
    ].filter { $0 >= 0 }
  }

  /// Takes the printed lines, oldest first.
  func takeLines() -> [PrintedLine] {
    defer { lines = [] }
    return lines
  }

  // MARK: - Frames

  /// The next frame that has arrived whole; `nil` when there is none.
  ///
  /// - Throws: ``NodeError/frameTooLarge(bytes:)``; what follows cannot be read either.
  func nextFrame() throws(NodeError) -> [UInt8]? {
    guard let length = received.length else { return nil }
    guard length <= limit else { throw .frameTooLarge(bytes: length) }
    return received.frame()
  }

  /// Writes a frame whole, reading meanwhile what the child writes.
  ///
  /// - Parameter wait: Called every now and then; its error ends the attempt.
  /// - Throws: ``NodeError/ended`` when the child does not read any more; the error of `wait`.
  func send(_ body: [UInt8], to lane: Lane, wait: () throws -> Void) throws {
    guard body.count <= limit else { throw NodeError.frameTooLarge(bytes: body.count) }
    var frame: [UInt8] = []
    frame.reserveCapacity(body.count + 4)
    let length = UInt32(body.count)
    for shift in [0, 8, 16, 24] as [UInt32] {
      frame.append(UInt8(truncatingIfNeeded: length >> shift))
    }
    frame += body
    let descriptor = lane == .requests ? process.pipes.requests : process.pipes.answers
    var sent = 0
    while sent < frame.count {
      let count = frame.withUnsafeBytes { bytes in
        bytes.baseAddress.map {
          supervisor_write(descriptor, $0.advanced(by: sent), bytes.count - sent)
        } ?? 0
      }
      if count > 0 {
        sent += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        turn(writing: descriptor, milliseconds: NodeWait.slice)
        try wait()
      default: throw NodeError.ended
      }
    }
  }

  /// Waits until a frame has arrived whole.
  ///
  /// - Parameter wait: Called every now and then; its error ends the wait.
  /// - Throws: ``NodeError/ended`` when the child closed its end before; the error of `wait`.
  func receive(wait: () throws -> Void) throws -> [UInt8] {
    while true {
      if let frame = try nextFrame() { return frame }
      guard !isOver else { throw NodeError.ended }
      turn(writing: nil, milliseconds: NodeWait.slice)
      try wait()
    }
  }

  /// Reads what has arrived, or arrives within so long.
  func readAvailable(milliseconds: Int32 = 0) { turn(writing: nil, milliseconds: milliseconds) }

  // MARK: - Waiting

  /// Waits until something can be read or written, and reads what there is.
  private func turn(writing: Int32?, milliseconds: Int32) {
    let pipes = process.pipes
    var waiting = [
      pollfd(fd: isOver ? -1 : pipes.messages, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output.isOver ? -1 : pipes.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors.isOver ? -1 : pipes.errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: writing ?? -1, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&waiting, 4, milliseconds) > 0 else { return }
    if waiting[0].revents != 0 { readMessages() }
    if waiting[1].revents != 0 { takePrinted(pipes.output, into: &output, isError: false) }
    if waiting[2].revents != 0 { takePrinted(pipes.errors, into: &errors, isError: true) }
  }

  private func readMessages() {
    let room = chunk.count
    let count = chunk.withUnsafeMutableBytes { bytes in
      read(process.pipes.messages, bytes.baseAddress, room)
    }
    if count > 0 {
      received.append(chunk[..<count])
      arrived += count
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      isOver = true
    }
  }

  private func takePrinted(_ descriptor: Int32, into cutter: inout LineCutter, isError: Bool) {
    let room = chunk.count
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, room) }
    if count > 0 {
      if isError {
        errorTail += chunk[..<count]
        errorTail.removeFirst(max(0, errorTail.count - NodePipes.tailBytes))
      }
      arrived += count
      cutter.append(chunk[..<count])
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      cutter.finish()
    }
    lines += cutter.take().map { PrintedLine(text: $0, isError: isError) }
  }

  /// Reads the rest of what a child has printed whose end has come.
  func readRest() {
    for _ in 0..<64 where !(output.isOver && errors.isOver) {
      turn(writing: nil, milliseconds: 10)
    }
    output.finish()
    errors.finish()
    lines += output.take().map { PrintedLine(text: $0, isError: false) }
    lines += errors.take().map { PrintedLine(text: $0, isError: true) }
  }
}
