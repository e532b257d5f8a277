/// JSON text kept as the bytes it arrived in and parsed only when read.
///
/// The order of members, the text of numbers and repeated members survive a round trip. Copies
/// share the bytes; so do an event and the log that holds it.
public struct JSONBytes: @unchecked Sendable {  // The bytes of a held block never change.
  private let block: ByteBlock
  private let start: UnsafePointer<UInt8>
  private let count: Int

  /// Bytes of a block that are known to be JSON.
  @inline(__always)
  init(trusted block: ByteBlock, from place: Int, count: Int) {
    self.block = block
    start = UnsafePointer(block.start) + place
    self.count = count
  }

  /// Copies text that a parser or writer has checked.
  init(trusted bytes: UnsafeBufferPointer<UInt8>) {
    self.init(trusted: ByteBlock(copying: bytes), from: 0, count: bytes.count)
  }

  /// Copies text that a parser or writer has checked.
  init(trusted utf8: [UInt8]) {
    let block = utf8.withUnsafeBufferPointer { ByteBlock(copying: $0) }
    self.init(trusted: block, from: 0, count: utf8.count)
  }

  /// The compact text of a value.
  public init(_ value: JSON) { self.init(trusted: value.utf8) }

  /// Checks text and keeps it unchanged.
  ///
  /// - Throws: ``JSONError`` when the text is not JSON.
  public init(checking utf8: [UInt8]) throws(JSONError) {
    _ = try JSON(parsing: utf8)
    self.init(trusted: utf8)
  }

  /// The text `{}`.
  public static let emptyObject = JSONBytes(trusted: [0x7B, 0x7D])

  /// The UTF-8 text, known to be valid JSON.
  public var utf8: UTF8 { UTF8(bytes: self) }

  /// The text as a string, copied.
  public var description: String { withBytes { String(decoding: $0, as: Swift.UTF8.self) } }

  /// Lends the bytes for the duration of the call.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(block) { try body(UnsafeBufferPointer(start: start, count: count)) }
  }

  /// The bytes of a JSON text, indexed from 0; reading one is O(1).
  public struct UTF8: RandomAccessCollection, Sendable {
    fileprivate let bytes: JSONBytes

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of bytes.
    public var endIndex: Int { bytes.count }

    /// The byte at an index from 0.
    public subscript(place: Int) -> UInt8 {
      precondition(place >= 0 && place < bytes.count, "place \(place) is outside the text")
      return bytes.withBytes { $0[place] }
    }

    /// Lends all the bytes at once, without copying.
    public func withContiguousStorageIfAvailable<Result>(
      _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? { try bytes.withBytes(body) }
  }
}

extension JSONBytes: Hashable, CustomStringConvertible {
  /// Whether both sides are the same bytes.
  public static func == (left: JSONBytes, right: JSONBytes) -> Bool {
    guard left.count == right.count else { return false }
    if left.start == right.start { return true }
    return left.withBytes { a in
      right.withBytes { b in
        var place = 0
        while place < a.count {
          if a[place] != b[place] { return false }
          place += 1
        }
        return true
      }
    }
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
