/// JSON text that rests as the bytes it arrived in and is parsed when somebody looks.
///
/// Order of members, the text of numbers and members written twice survive a round trip.
public struct JSONBytes: Sendable, Hashable, CustomStringConvertible {
  /// The UTF-8 text, known to be JSON.
  public let utf8: [UInt8]

  /// Takes over text that a parser or writer has checked.
  init(trusted utf8: [UInt8]) { self.utf8 = utf8 }

  /// The text of a value.
  public init(_ value: JSON) { utf8 = value.utf8 }

  /// Checks text and keeps it as it is.
  ///
  /// - Throws: ``JSONError`` when the text is not JSON.
  public init(checking utf8: [UInt8]) throws(JSONError) {
    _ = try JSON(parsing: utf8)
    self.utf8 = utf8
  }

  /// `{}`.
  public static let emptyObject = JSONBytes(trusted: [0x7B, 0x7D])

  /// The parsed value; costs O(bytes) at each call.
  public var value: JSON { (try? JSON(parsing: utf8)) ?? .null }

  /// The text.
  public var description: String { String(decoding: utf8, as: UTF8.self) }
}
