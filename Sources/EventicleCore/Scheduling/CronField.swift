/// What one field of a cron expression may hold, and how it is read.
struct CronField: Sendable {
  let name: String
  let range: ClosedRange<Int>
  var names: [String] = []
  /// The value of the first name.
  var first = 0
  /// What may be written besides numbers, lists, ranges and steps.
  var marks = "*"

  static let second = CronField(name: "second", range: 0...59)
  static let minute = CronField(name: "minute", range: 0...59)
  static let hour = CronField(name: "hour", range: 0...23)
  static let day = CronField(name: "day of the month", range: 1...31, marks: "*, ?, L, L-3, 15W")
  static let month = CronField(
    name: "month", range: 1...12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    first: 1)
  static let weekday = CronField(
    name: "weekday", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    marks: "*, ?, 5L, 5#2")

  /// Reads a whole field; bit n stands for the value n.
  func bits(of text: String) throws(CronError) -> UInt64 {
    var bits: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      bits |= try self.bits(of: part, in: text)
    }
    return bits
  }

  /// Reads one part of the list: a number, a name, a range or `*`, optionally with a step.
  func bits(of part: Substring, in text: String) throws(CronError) -> UInt64 {
    if part == "?", text == "?", marks.contains("?") { return everything(step: 1) }
    let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
    guard let span = pieces.first, pieces.count <= 2 else { throw failure(text) }
    var step = 1
    if pieces.count == 2 {
      guard let size = CronField.number(pieces[1]), size > 0 else { throw failure(text) }
      step = size
    }
    if span == "*" { return everything(step: step) }
    let ends = span.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, let low = ends.first.flatMap({ value($0) }),
      let high = ends.last.flatMap({ value($0) })
    else { throw failure(text) }
    guard low <= high else { throw backwards(ends[0], ends[1], high) }
    return bits(
      from: low, through: ends.count == 1 && pieces.count == 2 ? range.upperBound : high, step)
  }

  /// The value of a number in range or of a name.
  func value(_ word: Substring) -> Int? {
    if let number = CronField.number(word) { return range.contains(number) ? number : nil }
    return names.firstIndex(of: word.lowercased()).map { $0 + first }
  }

  /// The value of at most four digits.
  static func number(_ word: Substring) -> Int? {
    guard (1...4).contains(word.utf8.count), word.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(word)
  }

  /// The error for a field that cannot be read.
  func failure(_ text: String) -> CronError {
    CronError(
      reason: "The \(name) of a cron expression is \(range.lowerBound) to \(range.upperBound), "
        + "\(marks), a list, a range or a step, but it is \"\(text)\".")
  }

  private func backwards(_ low: Substring, _ high: Substring, _ end: Int) -> CronError {
    // Sunday ends a week as 7 but begins one by its name.
    let isWeekEnd = names.first == "sun" && end == 0
    let around =
      isWeekEnd
      ? "\(low)-7"
      : "\(low)-\(word(names.first == "sun" ? 6 : range.upperBound)),"
        + "\(word(range.lowerBound))-\(high)"
    return CronError(
      reason: "The range \(low)-\(high) of the \(name) of a cron expression runs backwards; "
        + "write \(high)-\(low), or \(around) to go round the end.")
  }

  private func word(_ value: Int) -> String {
    names.indices.contains(value - first) ? names[value - first] : String(value)
  }

  private func everything(step: Int) -> UInt64 {
    bits(from: range.lowerBound, through: range.upperBound, step)
  }

  private func bits(from low: Int, through high: Int, _ step: Int) -> UInt64 {
    stride(from: low, through: high, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }
}
