/// Numbers as people read them.
enum Words {
  /// Three digits that matter, without an exponent.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    if value != 0, abs(value) < 0.01 { return fixed(value, 6) }
    return fixed(value, abs(value) >= 1_000 ? 0 : abs(value) >= 10 ? 1 : 3)
  }

  /// `1.23 M`, `45.6 k`.
  static func count(_ value: Double) -> String {
    if value >= 1e6 { return "\(fixed(value / 1e6, 2)) M" }
    if value >= 1e3 { return "\(fixed(value / 1e3, 1)) k" }
    return fixed(value, 0)
  }

  static func fixed(_ value: Double, _ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard abs(scaled) < 9e15 else { return "\(value)" }
    let whole = Int(abs(scaled))
    let sign = scaled < 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(whole)" }
    let digits = String(whole)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// A text with spaces behind it up to a width.
  static func wide(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
