/// The lines of a timeline as they are shown: all of them, or those of the steps that were found and
/// folds between.
struct SagaShownLines {
  /// What stands at a place.
  enum Place {
    case line(Int)
    case more(Int)
  }

  /// `nil` while all lines are shown.
  private let places: [Place]?
  private let all: Int
  private let find: ListFind?
  private let skipped: Int

  /// The lines of a window of steps, before which some are left out.
  init(_ lines: SagaLines, skipped: Int, _ find: ListFind?) {
    self.find = find
    self.skipped = skipped
    all = lines.lines.count
    guard let find, find.isFolded else {
      places = nil
      return
    }
    places = find.folded.flatMap { row -> [Place] in
      switch row {
      case .more(_, let count): return [.more(count)]
      case .row(let step):
        guard lines.rows.indices.contains(step - skipped) else { return [] }
        return lines.rows[step - skipped].filter { lines.lines[$0].step == step - skipped }
          .map { .line($0) }
      }
    }
  }

  /// The number of places.
  var count: Int { places?.count ?? all }

  subscript(place: Int) -> Place { places.map { $0[place] } ?? .line(place) }

  /// The places of a block of lines, or where it is folded.
  func places(of block: Range<Int>) -> Range<Int> {
    guard let places else { return block }
    let found = places.indices.filter {
      if case .line(let line) = places[$0] { block.contains(line) } else { false }
    }
    guard let first = found.first, let last = found.last else { return 0..<min(1, count) }
    return first..<last + 1
  }

  /// A line with what was found in it, dim when its step was not found.
  func marked(_ line: SagaLine) -> SagaLine {
    guard let find, let step = line.step else { return line }
    var line = line
    let isHit = find.contains(step + skipped)
    func mark(_ text: StyledLine) -> StyledLine { isHit ? text.marking(find.text) : text.dimmed }
    (line.left, line.state, line.out) = (mark(line.left), mark(line.state), mark(line.out))
    return line
  }
}
