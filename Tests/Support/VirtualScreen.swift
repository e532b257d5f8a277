/// One cell of a virtual terminal.
public struct VirtualCell: Sendable, Hashable {
  /// A character with its combining marks; empty in the second column of a wide character.
  public var text: String

  /// The style of the cell.
  public var style: VirtualStyle

  static func blank(_ style: VirtualStyle = .plain) -> VirtualCell {
    VirtualCell(text: " ", style: style)
  }
}

/// A place on a screen, both numbers from zero.
public struct VirtualPosition: Sendable, Hashable {
  /// The row, from the top.
  public var row: Int

  /// The column, from the left.
  public var column: Int

  /// A place on a screen.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A grid of cells and the operations on it that need no cursor.
struct VirtualScreen: Sendable, Hashable {
  private(set) var rows: [[VirtualCell]]

  init(columns: Int, rows count: Int) {
    rows = Array(repeating: Array(repeating: .blank(), count: columns), count: count)
  }

  var columns: Int { rows.first?.count ?? 0 }

  /// Writes a cell, blanking the other half of a wide character that it cuts.
  mutating func put(_ cell: VirtualCell, at place: VirtualPosition) {
    cutWide(at: place)
    rows[place.row][place.column] = cell
  }

  /// Writes the second column of a wide character.
  mutating func putContinuation(_ style: VirtualStyle, at place: VirtualPosition) {
    if place.column + 1 < columns, rows[place.row][place.column + 1].text.isEmpty {
      rows[place.row][place.column + 1].text = " "
    }
    rows[place.row][place.column] = VirtualCell(text: "", style: style)
  }

  /// Adds a combining mark to a character.
  mutating func combine(_ mark: Unicode.Scalar, at place: VirtualPosition) {
    rows[place.row][place.column].text.unicodeScalars.append(mark)
  }

  func cell(at place: VirtualPosition) -> VirtualCell {
    rows[place.row][place.column]
  }

  mutating func erase(row: Int, columns range: Range<Int>, style: VirtualStyle) {
    let range = range.clamped(to: 0..<columns)
    guard !range.isEmpty else { return }
    cutWide(at: VirtualPosition(row: row, column: range.lowerBound))
    if range.upperBound < columns {
      cutWide(at: VirtualPosition(row: row, column: range.upperBound))
    }
    for column in range { rows[row][column] = .blank(style) }
  }

  mutating func erase(rows range: Range<Int>, style: VirtualStyle) {
    for row in range.clamped(to: 0..<rows.count) {
      erase(row: row, columns: 0..<columns, style: style)
    }
  }

  mutating func insertCells(_ count: Int, at place: VirtualPosition, style: VirtualStyle) {
    let count = min(count, columns - place.column)
    cutWide(at: place)
    rows[place.row].insert(
      contentsOf: Array(repeating: .blank(style), count: count), at: place.column)
    rows[place.row].removeLast(count)
    dropHalf(row: place.row)
  }

  mutating func deleteCells(_ count: Int, at place: VirtualPosition, style: VirtualStyle) {
    let count = min(count, columns - place.column)
    cutWide(at: place)
    if place.column + count < columns {
      cutWide(at: VirtualPosition(row: place.row, column: place.column + count))
    }
    rows[place.row].removeSubrange(place.column..<place.column + count)
    rows[place.row].append(contentsOf: Array(repeating: .blank(style), count: count))
  }

  /// Moves the rows of a region up; blank ones appear at the bottom.
  mutating func scrollUp(_ count: Int, in region: Range<Int>, style: VirtualStyle) {
    let count = min(count, region.count)
    let blank = Array(repeating: VirtualCell.blank(style), count: columns)
    rows.removeSubrange(region.lowerBound..<region.lowerBound + count)
    rows.insert(
      contentsOf: Array(repeating: blank, count: count), at: region.upperBound - count)
  }

  /// Moves the rows of a region down; blank ones appear at the top.
  mutating func scrollDown(_ count: Int, in region: Range<Int>, style: VirtualStyle) {
    let count = min(count, region.count)
    let blank = Array(repeating: VirtualCell.blank(style), count: columns)
    rows.removeSubrange(region.upperBound - count..<region.upperBound)
    rows.insert(contentsOf: Array(repeating: blank, count: count), at: region.lowerBound)
  }

  /// Changes the size; rows leave at the top when the cursor's row would not fit.
  mutating func resize(columns: Int, rows count: Int, keeping cursor: inout VirtualPosition) {
    let surplus = max(0, cursor.row - count + 1)
    rows.removeFirst(surplus)
    cursor.row -= surplus
    if rows.count > count { rows.removeLast(rows.count - count) }
    for row in rows.indices {
      let missing = columns - rows[row].count
      if missing < 0 { rows[row].removeLast(-missing) }
      if missing > 0 { rows[row] += Array(repeating: .blank(), count: missing) }
      dropHalf(row: row)
    }
    let blank = Array(repeating: VirtualCell.blank(), count: columns)
    rows += Array(repeating: blank, count: count - rows.count)
    cursor.column = min(cursor.column, columns - 1)
  }

  /// Blanks both halves of a wide character before one of them is overwritten.
  private mutating func cutWide(at place: VirtualPosition) {
    let row = place.row
    let column = place.column
    if rows[row][column].text.isEmpty, column > 0 { rows[row][column - 1].text = " " }
    if column + 1 < columns, rows[row][column + 1].text.isEmpty {
      rows[row][column + 1].text = " "
    }
    if rows[row][column].text.isEmpty { rows[row][column].text = " " }
  }

  /// Blanks a wide character whose second column is past the right edge.
  private mutating func dropHalf(row: Int) {
    guard let last = rows[row].last, !last.text.isEmpty else { return }
    let width = GoldenScreen.width(of: last.text)
    if width == 2 { rows[row][columns - 1].text = " " }
  }
}
