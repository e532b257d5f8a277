/// Where the characters of a line stand on the screen, for a caret that has to be seen.
///
/// A line that is longer than its field is scrolled in jumps of half the field, so that it does
/// not creep while one types at the end.
struct BarLine: Hashable, Sendable {
  /// How many columns are scrolled away on the left.
  let scrolled: Int
  /// The columns of the field.
  let columns: Int
  /// The column of each character, and of the end, from the start of the line.
  private let places: [Int]

  /// A line in a field.
  ///
  /// - Parameters:
  ///   - characters: The line.
  ///   - caret: How many characters stand before the caret.
  ///   - columns: The field; the caret needs one of its columns.
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

  /// The columns of the whole line.
  var width: Int { places.last ?? 0 }

  /// Where a character stands in the field; negative or past the field when it is out of sight.
  func column(of character: Int) -> Int {
    places[max(0, min(character, places.count - 1))] - scrolled
  }

  /// The characters that are in sight, in whole or in part.
  var visible: Range<Int> {
    let first = (places.lastIndex { $0 <= scrolled }) ?? 0
    let end = places.firstIndex { $0 >= scrolled + columns } ?? places.count - 1
    return first..<max(first, end)
  }

  /// The columns that marks under some characters take; at the edge when they are out of sight.
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

  /// The columns of one character, as it is drawn.
  static func columns(of character: Character) -> Int {
    if let value = character.asciiValue, value >= 0x20, value < 0x7F { return 1 }
    return DisplayText(sanitising: String(character)).width
  }

  /// Characters as they are drawn, each for itself, so that their columns add up.
  static func text(_ characters: some Sequence<Character>) -> DisplayText {
    DisplayText(glyphs: characters.flatMap { DisplayText(sanitising: String($0)).glyphs })
  }
}

extension DisplayText {
  /// A sentence in rows, broken at blanks; the last row holds all the rest.
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
