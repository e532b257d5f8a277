/// A name whose identity is its UTF-8 bytes.
///
/// Swift compares strings by canonical equivalence, so that two different byte sequences can be
/// equal as `String`. Names of streams and ids of events come from outside and must stay apart when
/// their bytes differ.
public protocol TextIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringInterpolation
{
  /// The text as it is shown and stored.
  var text: String { get }

  /// Makes the identifier from its text, without checks.
  init(_ text: String)
}

extension TextIdentifier {
  /// Makes the identifier from a literal, without checks.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text itself.
  public var description: String { text }

  /// Whether both are the same bytes.
  public static func == (left: Self, right: Self) -> Bool { isSameText(left.text, right.text) }

  /// Orders by UTF-8 bytes, which is the order of the code points.
  public static func < (left: Self, right: Self) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
}

/// Hashes the UTF-8 bytes of a text, where `String` hashes its canonical form.
package func hashBytes(of text: String, into hasher: inout Hasher) {
  var copy = text
  copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  hasher.combine(0xFF as UInt8)
}
