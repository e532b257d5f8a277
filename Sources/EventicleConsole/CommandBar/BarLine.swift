/// Maps the characters of a line to columns, and scrolls so that the caret is visible.
///
/// A line longer than its field scrolls in jumps of half the field, so that it does not creep while
/// the user types at the end.
struct BarLine: Hashable, Sendable {
  /// The number of columns scrolled out on the left.
  let scrolled: Int
  /// The width of the field in columns.
  let columns: Int
  /// The column of each character, and of the end, from the start of the line.
  private let places: [Int]

  /// Places a line in a field.
  ///
  /// - Parameters:
  ///   - characters: The line.
  ///   - caret: The number of characters before the caret.
  ///   - columns: The width of the field; the caret needs one of its columns.
  init(_ characters: [Character], caret: Int, columns: Int) {
    var places = [0]
    places.reserveCapacity(characters.count + 1)
    var column = 0
    for character in characters {
      column += BarLine.columns(of: character)
      places.append(column)
    }
    self.places = places
    self.columns = max(0, columns)
    let place = places[max(0, min(caret, characters.count))]
    let jump = max(1, columns / 2)
    let hidden = place - max(0, columns - 1)
    scrolled = hidden <= 0 ? 0 : (hidden + jump - 1) / jump * jump
  }

  /// The width of the whole line in columns.
  var width: Int { places.last ?? 0 }

  /// The column of a character in the field; negative or beyond the field when it is out of sight.
  func column(of character: Int) -> Int {
    places[max(0, min(character, places.count - 1))] - scrolled
  }

  /// The characters that are visible, in whole or in part.
  var visible: Range<Int> {
    let first = (places.lastIndex { $0 <= scrolled }) ?? 0
    let end = places.firstIndex { $0 >= scrolled + columns } ?? places.count - 1
    return first..<max(first, end)
  }

  /// The columns for marks under some characters; at the edge when the characters are out of sight.
  ///
  /// - Parameter indent: The columns in front of the field.
  func marks(from place: Int, length: Int, indent: Int) -> Range<Int> {
    let end = place.addingReportingOverflow(max(1, length))
    let first = column(of: place)
    let behind = column(of: end.overflow ? .max : end.partialValue)
    let start = min(max(0, first), max(0, columns - 1))
    let stop = min(max(start + 1, behind), max(start + 1, columns))
    return (indent + start)..<(indent + stop)
  }

  /// The width of one character as drawn, in columns.
  static func columns(of character: Character) -> Int {
    if let value = character.asciiValue, value >= 0x20, value < 0x7F { return 1 }
    return DisplayText(sanitising: String(character)).width
  }

  /// Sanitises each character separately, so that the widths add up.
  static func text(_ characters: some Sequence<Character>) -> DisplayText {
    DisplayText(glyphs: characters.flatMap { DisplayText(sanitising: String($0)).glyphs })
  }
}

extension DisplayText {
  /// A sentence in rows, broken at spaces; the last row takes all the rest.
  func wrapped(to columns: Int, most: Int) -> [DisplayText] {
    guard columns > 0, most > 0 else { return [] }
    var rows: [DisplayText] = []
    var rest = self
    while rest.width > columns, rows.count < most - 1 {
      let blank = rest.prefix(columns: columns + 1).glyphs.lastIndex(of: .space) ?? 0
      let count = blank > 0 ? blank : max(1, rest.prefix(columns: columns).glyphs.count)
      rows.append(DisplayText(glyphs: rest.glyphs.prefix(count)))
      rest = DisplayText(glyphs: rest.glyphs.dropFirst(blank > 0 ? count + 1 : count))
    }
    return rows + [rest]
  }
}
