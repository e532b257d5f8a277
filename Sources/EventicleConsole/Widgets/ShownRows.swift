import EventicleCore

/// The rows of a list as they are shown: all of them, or those that were found and folds between.
///
/// The selection of a ``ListCursor`` is a row of the list, whatever is folded; its top is a place on
/// the screen.
struct ShownRows {
  private let all: Int
  private let find: ListFind?

  /// The rows of a list of which something may be searched for.
  init(_ count: Int, _ find: ListFind?) {
    all = count
    self.find = find
  }

  private var folded: [ListFind.Row]? { find?.isFolded == true ? find?.folded : nil }

  /// The number of places.
  var count: Int { folded?.count ?? all }

  /// What stands at a place.
  func row(at place: Int) -> ListFind.Row? {
    guard let folded else { return (0..<all).contains(place) ? .row(place) : nil }
    return folded.indices.contains(place) ? folded[place] : nil
  }

  /// The place of a row, or of the fold that it lies in; O(log n).
  func place(of row: Int) -> Int {
    guard let folded else { return row }
    let place = folded.partitioningIndex { $0.rows.upperBound > row }
    return max(0, min(place, folded.count - 1))
  }

  /// The cursor in places, with the selection in sight.
  func cursor(_ list: ListCursor, visible: Int) -> ListCursor {
    var cursor = ListCursor(selected: place(of: list.selected), top: list.top)
    cursor.reveal(visible: visible, count: count)
    return cursor
  }

  /// Scrolls a list so that its selection is in sight.
  func reveal(_ list: inout ListCursor, visible: Int) {
    list.top = cursor(list, visible: visible).top
    list.select(list.selected, count: all)
  }

  /// Moves the selection, over folds.
  func move(_ list: inout ListCursor, by rows: Int) {
    guard folded != nil else { return list.move(by: rows, count: all) }
    var cursor = ListCursor(selected: place(of: list.selected), top: list.top)
    cursor.move(by: rows, count: count)
    select(cursor.selected, of: &list, forward: rows > 0)
  }

  /// Selects the row at a place; a fold passes the selection on.
  func click(_ list: inout ListCursor, at place: Int) {
    guard row(at: place) != nil else { return }
    select(place, of: &list, forward: true)
  }

  private func select(_ place: Int, of list: inout ListCursor, forward: Bool) {
    let ways = forward ? [1, -1] : [-1, 1]
    for step in ways {
      var place = place
      while let row = row(at: place) {
        if case .row(let row) = row {
          list.select(row, count: all)
          return
        }
        place += step
      }
    }
  }

  // MARK: - Lines

  /// The line at a place: a row's, underlined where it was found and else dim, or that of a fold.
  func line(at place: Int, _ line: (Int) -> StyledLine) -> StyledLine {
    switch row(at: place) {
    case .row(let row): marked(line(row), row)
    case .more(_, let count): StyledLine(" … \(count) more", .uiMuted)
    case nil: .empty
    }
  }

  /// The line of a row, underlined where it was found and else dim.
  func marked(_ line: StyledLine, _ row: Int) -> StyledLine {
    guard let find else { return line }
    return find.contains(row) ? line.marking(find.text) : line.dimmed
  }

  /// `hit 2 of 3`, for a footer; `nil` when nothing is searched for.
  func footer(_ list: ListCursor) -> DisplayText? {
    guard let find else { return nil }
    guard find.contains(list.selected) else { return "\(find.hits.count) of \(find.count) found" }
    return "hit \(find.hits(upTo: list.selected)) of \(find.hits.count)"
  }
}
