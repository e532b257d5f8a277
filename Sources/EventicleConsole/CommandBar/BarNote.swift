/// What stands beside a line that acts while it is typed: behind it where there is room, else above.
struct BarNote {
  private let parts: [DisplayText]

  /// A note of these parts, of which the last but one gives way first.
  init(_ parts: [String]) { self.parts = parts.map { DisplayText(sanitising: $0, limit: 400) } }

  /// Whether there is nothing to say.
  var isEmpty: Bool { parts.isEmpty }

  private static func joined(_ parts: [DisplayText]) -> DisplayText {
    parts.dropFirst().reduce(parts.first ?? .empty) { $0 + " · " + $1 }
  }

  /// The column behind a line where the whole note has room; `nil` when it has none.
  func column(after end: Int, columns: Int) -> Int? {
    guard !isEmpty else { return nil }
    let last = columns - Self.joined(parts).width
    return end + 6 <= last ? min(last, max(end + 6, 40)) : nil
  }

  /// The note in a width; the keys that are known best go first.
  private func fitting(_ columns: Int) -> DisplayText {
    var parts = parts
    while parts.count > 2, Self.joined(parts).width > columns {
      parts.remove(at: parts.count - 2)
    }
    return Self.joined(parts).truncated(to: columns)
  }

  /// Draws it in a row of its own from a column on; only the row's ground when that is `nil`.
  func draw(at column: Int?, on canvas: inout Canvas) {
    canvas.fill(canvas.bounds, style: CellStyle(.barSignature))
    guard let column else { return }
    let text = fitting(max(0, canvas.size.columns - column))
    canvas.put(text, at: Point(column: column, row: 0), style: CellStyle(.barSignature))
  }

  /// Draws it behind a line.
  func put(at column: Int, on canvas: inout Canvas) {
    let text = fitting(max(0, canvas.size.columns - column))
    canvas.put(text, at: Point(column: column, row: 0), style: CellStyle(.barSignature))
  }
}
