/// A name made of text whose identity is its UTF-8 bytes.
///
/// Swift compares strings by canonical equivalence, so that two different byte sequences can be
/// the same `String`. Names of streams and ids of events come from outside and must stay apart
/// when their bytes differ.
public protocol TextIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The name as it is shown and stored.
  var text: String { get }

  /// Makes the identifier from its text, unchecked.
  init(_ text: String)
}

extension TextIdentifier {
  /// Makes the identifier from a literal.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text itself.
  public var description: String { text }

  /// Whether both sides are the same bytes.
  public static func == (left: Self, right: Self) -> Bool { isSameText(left.text, right.text) }

  /// Orders by bytes, which for UTF-8 is the order of the code points.
  public static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
}

/// Whether two texts are the same UTF-8 bytes.
func sameBytes(_ left: String, _ right: String) -> Bool { isSameText(left, right) }

/// Feeds the UTF-8 bytes of a text to a hasher.
@inlinable
func hashBytes(of text: String, into hasher: inout Hasher) {
  var copy = text
  copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  hasher.combine(0xFF as UInt8)
}

/// The kind of thing that happened, in the past tense: `OrderCreated`.
public struct EventType: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}

/// The name of an ordered log of events: `orders`.
public struct StreamName: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}

/// What the event is about, usually the id of an aggregate: `order-77`.
public struct DomainID: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}

/// Who consumes a stream, and under which name its position is kept.
public struct GroupName: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }
}
