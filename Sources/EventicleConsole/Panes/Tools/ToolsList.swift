/// What a tool shows: lines that stand, and a list of which one row is selected.
struct ToolsList {
  var heads: [StyledLine] = []
  var count = 0
  /// The line of a row; only visible rows are made.
  var line: (Int) -> StyledLine = { _ in .empty }
  /// Whether a row is a heading, which is passed over.
  var isHead: (Int) -> Bool = { _ in false }
  /// More about the selected row, below the list.
  var below: [StyledLine] = []
  /// What is said in place of an empty list.
  var nothing = ""
  var footer = DisplayText.empty

  /// The rows of the list in a height.
  func rows(in rows: Int) -> Int { max(0, rows - heads.count - below.count) }
}
