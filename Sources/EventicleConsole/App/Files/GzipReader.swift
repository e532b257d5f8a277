import CZlib

/// Unpacks what gzip packed, in blocks; several packed files one after the other are one.
final class GzipReader {
  private let stream: UnsafeMutablePointer<z_stream>
  private let name: String
  private var output = [UInt8](repeating: 0, count: 1 << 18)
  private var state = State.packed

  private enum State {
    /// In the middle of a packed file.
    case packed
    /// After a packed file; another may follow.
    case between
    /// Behind the last one, in zeros that fill a block of a tape.
    case padding
  }

  /// The bytes with which every packed file begins.
  static let mark: [UInt8] = [0x1F, 0x8B]

  /// Begins to unpack.
  ///
  /// - Parameter name: What to call the file in a sentence.
  init(_ name: String) throws(FileProblem) {
    self.name = name
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard cz_begin_unpacking(stream) == Z_OK else {
      throw FileProblem("\(name) cannot be unpacked: there is not enough memory.")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks the next packed bytes, until the body returns `false`.
  ///
  /// - Parameter body: Gets what is unpacked, a small part at a time however much it is.
  /// - Returns: Whether to go on.
  /// - Throws: ``FileProblem`` when they are not what gzip packed.
  func add(
    _ packed: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws(FileProblem) -> Bool
  ) throws(FileProblem) -> Bool {
    var input = Array(packed)
    let capacity = input.count
    var place = 0
    while place < capacity {
      if state != .packed {
        guard input[place] == GzipReader.mark[0], state == .between else {
          guard input[place] == 0 else { throw damaged("something else stands behind its end") }
          state = .padding
          place += 1
          continue
        }
        inflateReset(stream)
        state = .packed
      }
      let (used, made, status) = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
          stream.pointee.next_in = input.baseAddress?.advanced(by: place)
          stream.pointee.avail_in = UInt32(capacity - place)
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          let status = inflate(stream, Z_NO_FLUSH)
          return (
            capacity - place - Int(stream.pointee.avail_in),
            output.count - Int(stream.pointee.avail_out), status
          )
        }
      }
      place += used
      if made > 0, try !body(output[..<made]) { return false }
      switch status {
      case Z_OK, Z_BUF_ERROR: if used == 0, made == 0 { return true }
      case Z_STREAM_END: state = .between
      case Z_MEM_ERROR:
        throw FileProblem("\(name) cannot be unpacked: there is not enough memory.")
      default: throw damaged("what gzip packed cannot be unpacked to its end")
      }
    }
    return try drain(body)
  }

  /// Hands out what is left over when all packed bytes are taken.
  private func drain(
    _ body: (ArraySlice<UInt8>) throws(FileProblem) -> Bool
  ) throws(FileProblem) -> Bool {
    while state == .packed {
      let (made, status) = output.withUnsafeMutableBufferPointer { output in
        stream.pointee.avail_in = 0
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        return (output.count - Int(stream.pointee.avail_out), status)
      }
      if made > 0, try !body(output[..<made]) { return false }
      if status == Z_STREAM_END { state = .between }
      guard status == Z_OK, made > 0 else { break }
    }
    return true
  }

  /// Notes that no packed bytes follow.
  ///
  /// - Throws: ``FileProblem`` when the end of what was packed is missing.
  func finish() throws(FileProblem) {
    guard state == .packed else { return }
    throw FileProblem(
      "\(name) is packed with gzip, and its end is missing; copy it again from where it comes.")
  }

  private func damaged(_ what: String) -> FileProblem {
    FileProblem("\(name) is packed with gzip and damaged: \(what).")
  }
}
