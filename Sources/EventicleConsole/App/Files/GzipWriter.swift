import CZlib

/// Packs bytes as gzip does, in blocks; the same bytes always give the same file.
package final class GzipWriter {
  private let stream: UnsafeMutablePointer<z_stream>
  private var output = [UInt8](repeating: 0, count: 1 << 16)

  /// Whether a path asks for a packed file.
  package static func isMeant(by path: String) -> Bool { path.hasSuffix(".gz") }

  /// Begins to pack.
  package init() throws(FileProblem) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard cz_begin_packing(stream) == Z_OK else {
      throw FileProblem("Nothing can be packed: there is not enough memory.")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// All of some bytes, packed.
  static func packed(_ bytes: [UInt8]) throws(FileProblem) -> [UInt8] {
    let writer = try GzipWriter()
    var content: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
      content += writer.add(bytes[start..<min(bytes.count, start + 1 << 20)])
    }
    return content + writer.finish()
  }

  /// Packs the next bytes.
  ///
  /// - Returns: The packed bytes that are ready.
  package func add(_ bytes: ArraySlice<UInt8>) -> [UInt8] { pack(bytes, Z_NO_FLUSH) }

  /// Ends the packing.
  ///
  /// - Returns: The last packed bytes.
  package func finish() -> [UInt8] { pack([], Z_FINISH) }

  private func pack(_ bytes: ArraySlice<UInt8>, _ flush: Int32) -> [UInt8] {
    var input = Array(bytes)
    let count = input.count
    var content: [UInt8] = []
    input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(count)
      var isFull = true
      while isFull {
        let made = output.withUnsafeMutableBufferPointer { output in
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          deflate(stream, flush)
          return output.count - Int(stream.pointee.avail_out)
        }
        content += output[..<made]
        isFull = made == output.count
      }
    }
    return content
  }
}
