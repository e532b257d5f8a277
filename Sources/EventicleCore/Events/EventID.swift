/// Identifies one event; unique within a log.
///
/// Two ids are equal when the UTF-8 bytes of their texts are. A UUID in canonical lower-case form
/// is stored as 16 bytes, and its text is made on demand; any other text is stored as it is.
public struct EventID: TextIdentifier {
  enum Form: Sendable {
    case words(high: UInt64, low: UInt64)
    /// Never the text of a UUID in canonical lower-case form.
    case text(String)
  }

  let form: Form

  /// Creates an identifier from its text, without any check.
  public init(_ text: String) {
    guard text.utf8.count == UUIDText.length,
      let (high, low) = withTextBytes(text, { UUIDText.words(of: $0) })
    else {
      form = .text(text)
      return
    }
    form = .words(high: high, low: low)
  }

  /// Creates the identifier from UTF-8 bytes, avoiding its text where possible.
  init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    if let (high, low) = UUIDText.words(of: bytes) {
      form = .words(high: high, low: low)
    } else {
      form = .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The identifier whose text is the UUID with these two halves.
  @inline(__always)
  package init(uuidHigh high: UInt64, low: UInt64) { form = .words(high: high, low: low) }

  /// The id as it is written; made on each call when it is a UUID.
  public var text: String {
    switch form {
    case .words(let high, let low): UUIDText.text(high, low)
    case .text(let text): text
    }
  }

  /// Whether both sides are the same bytes.
  public static func == (left: EventID, right: EventID) -> Bool {
    switch (left.form, right.form) {
    case (.words(let high, let low), .words(let otherHigh, let otherLow)):
      high == otherHigh && low == otherLow
    case (.text(let left), .text(let right)): isSameText(left, right)
    default: false
    }
  }

  /// Orders by bytes, which for UTF-8 is the order of the code points.
  public static func < (left: EventID, right: EventID) -> Bool {
    if case .words(let high, let low) = left.form,
      case .words(let otherHigh, let otherLow) = right.form
    {
      // Hexadecimal digits sort by value.
      return (high, low) < (otherHigh, otherLow)
    }
    return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    switch form {
    case .words(let high, let low):
      hasher.combine(high)
      hasher.combine(low)
    case .text(let text): hashBytes(of: text, into: &hasher)
    }
  }

  /// A hash for tables that verify what they find.
  var quickHash: UInt64 {
    switch form {
    case .words(let high, let low): QuickHash.words(high, low)
    case .text(let text): QuickHash.text(text)
    }
  }
}
