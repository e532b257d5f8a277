/// A JSON number: its original text, compared by value.
public struct JSONNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// How the number is kept: nearly all are short whole numbers, which need no text.
  private enum Form: Sendable {
    /// A number whose text is the digits of this value, at most 18 of them.
    case whole(Int)
    /// Any other text.
    case text(String)
  }

  private let form: Form

  /// Takes the text of a number that a JSON parser has accepted.
  init(trusted text: String) {
    form = withTextBytes(text) { DecimalText.whole(in: $0) }.map { .whole($0) } ?? .text(text)
  }

  /// Takes the bytes of a number that a JSON parser has accepted.
  init(trusted bytes: UnsafeBufferPointer<UInt8>) {
    form =
      DecimalText.whole(in: bytes).map { .whole($0) }
      ?? .text(String(decoding: bytes, as: UTF8.self))
  }

  /// The shortest text of a double; `nil` for infinity and NaN, which JSON cannot write.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if value == value.rounded(), abs(value) <= 9_007_199_254_740_992 {
      self.init(Int(value))
    } else {
      self.init(trusted: "\(value)")
    }
  }

  /// The decimal text of a whole number.
  public init(_ value: Int) {
    form = DecimalText.isShort(value) ? .whole(value) : .text(String(value))
  }

  /// The number as it was written.
  public var text: String {
    switch form {
    case .whole(let value): DecimalText.text(of: value)
    case .text(let text): text
    }
  }

  /// The number when it is written as nothing but at most 18 digits and a sign.
  @inline(__always)
  var whole: Int? {
    if case .whole(let value) = form { value } else { nil }
  }

  /// The nearest double.
  public var value: Double {
    switch form {
    case .whole(let value): Double(value)
    case .text(let text): DecimalText.integer(in: text).map(Double.init) ?? Double(text) ?? 0
    }
  }

  /// The value when it is a whole number that fits.
  public var integer: Int? {
    switch form {
    case .whole(let value): value
    case .text(let text): DecimalText.integer(in: text) ?? ExactNumber(self).integer
    }
  }

  /// The number as it was written.
  public var description: String { text }

  /// Appends the number as it was written.
  func append(to output: inout [UInt8]) {
    switch form {
    case .whole(let value): DecimalText.append(value, to: &output)
    case .text(let text): output.append(contentsOf: text.utf8)
    }
  }

  /// Whether both have the same value, exactly, however they are written and however long they are.
  public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    switch (left.form, right.form) {
    case (.whole(let a), .whole(let b)): a == b
    case (.text(let a), .text(let b)) where isSameText(a, b): true
    default: ExactNumber(left) == ExactNumber(right)
    }
  }

  /// Whether the left value is less, exactly.
  public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
    if let a = left.whole, let b = right.whole { return a < b }
    return ExactNumber(left) < ExactNumber(right)
  }

  /// Feeds the value to a hasher: equal values round to the same double.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
