/// JSON text that rests as the bytes it arrived in and is parsed when somebody looks.
///
/// Order of members, the text of numbers and members written twice survive a round trip. Copies
/// share the bytes, and so do an event of the log and the log.
public struct JSONBytes: @unchecked Sendable {  // Bytes of a block that is held never change.
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

  /// The text of a value.
  public init(_ value: JSON) { self.init(trusted: value.utf8) }

  /// Checks text and keeps it as it is.
  ///
  /// - Throws: ``JSONError`` when the text is not JSON.
  public init(checking utf8: [UInt8]) throws(JSONError) {
    _ = try JSON(parsing: utf8)
    self.init(trusted: utf8)
  }

  /// `{}`.
  public static let emptyObject = JSONBytes(trusted: [0x7B, 0x7D])

  /// The UTF-8 text, known to be JSON.
  public var utf8: UTF8 { UTF8(bytes: self) }

  /// The text.
  public var description: String { withBytes { String(decoding: $0, as: Swift.UTF8.self) } }

  /// Lends the bytes.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(block) { try body(UnsafeBufferPointer(start: start, count: count)) }
  }

  /// The bytes of some JSON text, counted from 0; reading one costs O(1).
  public struct UTF8: RandomAccessCollection, Sendable {
    fileprivate let bytes: JSONBytes

    /// Always 0.
    public var startIndex: Int { 0 }

    /// How many bytes there are.
    public var endIndex: Int { bytes.count }

    /// The byte at a place.
    public subscript(place: Int) -> UInt8 {
      precondition(place >= 0 && place < bytes.count, "place \(place) is outside the text")
      return bytes.withBytes { $0[place] }
    }

    /// Lends all bytes at once.
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
