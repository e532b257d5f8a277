import EventicleCore

/// What the presenter says, in a box of fixed height, with the key that was pressed last.
enum CaptionBox {
  /// The room between the text and the frame.
  private static let margin = 3
  /// The rows of a key as it is drawn.
  private static let keyRows = 3

  /// Draws the box.
  static func draw(_ presented: Presentation, in rect: Rect, on canvas: inout Canvas) {
    guard rect.rows >= 3, rect.columns >= 12 else { return }
    canvas.fill(rect, style: CellStyle(.uiText))
    let inside = canvas.box(
      rect, title: title(of: presented).truncated(to: rect.columns - 2), focused: true)
    let isRoomy = inside.rows > keyRows && inside.columns >= 56
    let key = isRoomy ? presented.lastKey.map { label(of: $0) } : nil
    let (text, right) = inside.split(right: key == nil ? 0 : keyColumns(key ?? .empty) + margin)
    if let key { draw(key, in: right, on: &canvas) }
    guard presented.isTrue else { return }
    let words = DisplayText(sanitising: presented.caption.text, limit: 4_000)
    let room = text.inset(columns: min(margin, inside.columns / 20), rows: 0)
    let lines = words.wrapped(to: room.columns, most: room.rows)
    // A line stays free above the text where there is room for it.
    let first = lines.count < room.rows ? 1 : 0
    canvas.within(room) { canvas in
      for (row, line) in lines.enumerated() {
        canvas.put(
          line.truncated(to: room.columns), at: Point(column: 0, row: first + row),
          style: CellStyle(.uiText))
      }
    }
  }

  /// How many lines the text of a caption takes in a box of these columns, when all of it is
  /// shown; for what is to fit whatever key was pressed.
  static func rows(of text: String, columns: Int) -> Int {
    let room = columns - 2 - 2 * margin - keyColumns("Enter") - margin
    return DisplayText(sanitising: text, limit: 4_000).wrapped(to: room, most: 1_000).count
  }

  /// ` 9 of 12  Go back in time `.
  private static func title(of presented: Presentation) -> DisplayText {
    let heading = DisplayText(sanitising: presented.caption.heading, limit: 200)
    guard presented.index > 0 else { return " " + heading + " " }
    let count: DisplayText = " \(presented.index) of \(presented.tape.captions.count) "
    return heading.isEmpty ? count : count + " " + heading + " "
  }

  // MARK: - The key

  /// A key as shown to people.
  static func label(of key: KeyPress) -> DisplayText {
    DisplayText(sanitising: Keymap.label(of: key.description), limit: 12)
  }

  private static func keyColumns(_ label: DisplayText) -> Int { max(9, label.width + 4) }

  /// Draws the key as a cap, with a word below it.
  private static func draw(_ label: DisplayText, in rect: Rect, on canvas: inout Canvas) {
    let columns = keyColumns(label)
    canvas.within(rect) { canvas in
      let cap = Rect(column: 0, row: 0, columns: columns, rows: keyRows)
      let inside = canvas.box(cap)
      canvas.put(
        label.padded(to: inside.columns, alignment: .center), at: inside.origin,
        style: CellStyle(.uiHintKey))
      let word: DisplayText = "pressed"
      canvas.put(
        word.padded(to: columns, alignment: .center), at: Point(column: 0, row: keyRows),
        style: CellStyle(.uiMuted))
    }
  }
}
