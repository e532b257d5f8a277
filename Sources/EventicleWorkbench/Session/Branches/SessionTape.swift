import EventicleCore

/// The command lines of a branch that changed something, with the journal entries between which
/// each ran, and how many of them a file holds.
///
/// A fork begins with its parent's lines up to the moment at which it left; these are not its own,
/// so they do not count as unsaved.
struct SessionTape: Sendable {
  /// The lines, oldest first.
  private(set) var lines: [String] = []
  /// The last journal entry before each line, and the last one after it.
  private var places: [ClosedRange<JournalIndex>] = []
  /// Whether deliveries waited until they are released when each line began.
  private var held: [Bool] = []
  /// What each line is.
  private var kinds: [Kind] = []
  /// How many lines need no saving.
  private var saved = 0
  /// How many lines are those of the branch that it left.
  private var inherited = 0
  /// Whether the lines reproduce the branch: a fork may have left in the middle of a line.
  private(set) var isWhole = true

  /// Whether events came in that no line brings in again as they came.
  private(set) var lacksEvents = false

  /// What a line of a tape is.
  private enum Kind {
    case line
    /// Time that passed by itself.
    case time
    /// A change of what happened before it.
    case edit
  }

  /// A tape without lines.
  init() {}

  /// Notes that events came in by themselves.
  mutating func noteEvents() { lacksEvents = true }

  /// The lines of a store, each with the last entry after it.
  init(_ kept: [(after: JournalIndex, line: String)]) { append(kept: kept[...]) }

  /// Adds lines of a store, each with the last entry after it.
  mutating func append(kept: ArraySlice<(after: JournalIndex, line: String)>) {
    var last = places.last?.upperBound ?? JournalIndex(0)
    for (after, line) in kept {
      append(line, min(last, after)...after)
      last = after
    }
  }

  /// The lines, each with the last entry after it.
  var kept: [(after: JournalIndex, line: String)] {
    zip(places, lines).map { ($0.upperBound, $1) }
  }

  /// What happened in the branch itself: its lines, and the time that passed between them.
  var own: [ForkRecipe.Part] {
    zip(lines, kinds).dropFirst(inherited).map { line, kind in
      guard kind == .time, let instant = Instant(parsing: line.dropFirst(Self.clock.count)) else {
        return .line(line)
      }
      return .time(instant)
    }
  }

  /// The index of the last line of the branch's own that added entries.
  var lastChange: Int? {
    places.indices.dropFirst(inherited).last {
      places[$0].lowerBound < places[$0].upperBound || kinds[$0] == .edit
    }
  }

  /// Adds a line that changed what happened after a moment, so that no earlier line is where it was.
  mutating func append(edit line: String, after moment: JournalIndex, upTo last: JournalIndex) {
    for index in places.indices where places[index].upperBound > moment {
      places[index] = last...last
    }
    append(line, moment...max(moment, last))
    kinds[kinds.count - 1] = .edit
    isWhole = false
  }

  /// The last entry before a line, and whether deliveries waited then.
  func place(ofLine index: Int) -> (entry: JournalIndex, isHeld: Bool) {
    (places[index].lowerBound, held[index])
  }

  /// Forgets the lines from one on.
  mutating func cut(to index: Int) {
    lines.removeSubrange(index...)
    places.removeSubrange(index...)
    held.removeSubrange(index...)
    kinds.removeSubrange(index...)
    saved = min(saved, index)
    inherited = min(inherited, index)
  }

  /// The same lines as those of a fork that left before a line.
  func inherited(upTo index: Int) -> SessionTape {
    var tape = self
    (tape.inherited, tape.saved) = (index, index)
    return tape
  }

  /// Forgets the lines that ran after an entry.
  mutating func cut(to entry: JournalIndex) {
    cut(to: places.indices.first { places[$0].upperBound > entry } ?? places.endIndex)
  }

  /// How many lines were run in the branch itself.
  var ownLines: Int {
    own.count { if case .line = $0 { true } else { false } }
  }

  private static let clock = "clock set "

  /// Adds the time that passed by itself up to a line.
  mutating func append(time instant: Instant, at entry: JournalIndex) {
    append("\(Self.clock)\(instant)", entry...entry)
    kinds[kinds.count - 1] = .time
  }

  /// How many lines no file holds.
  var unsaved: Int { max(0, lines.count - saved) }

  /// Adds a line with the last entry before it and the last one after it.
  mutating func append(
    _ line: String, _ place: ClosedRange<JournalIndex>, held wasHeld: Bool = false
  ) {
    lines.append(line)
    places.append(place)
    held.append(wasHeld)
    kinds.append(.line)
  }

  /// Notes that a file holds the first lines.
  mutating func markSaved(_ count: Int) { saved = min(count, lines.count) }

  /// The lines up to a moment, for a fork that leaves there; none of them counts as unsaved.
  ///
  /// - Parameter clock: The time at the moment, to which the clock may have gone by itself.
  func prefix(upTo entry: JournalIndex, clock: Instant) -> SessionTape {
    var tape = self
    let count = places.partitioningIndex { $0.upperBound > entry }
    tape.lines.removeSubrange(count...)
    tape.places.removeSubrange(count...)
    tape.held.removeSubrange(count...)
    tape.kinds.removeSubrange(count...)
    let isInside = count < places.count && places[count].lowerBound < entry
    tape.isWhole = isWhole && !isInside
    if !isInside, tape.places.last?.upperBound ?? JournalIndex(0) < entry {
      tape.append(time: clock, at: entry)
    }
    tape.saved = tape.lines.count
    tape.inherited = tape.lines.count
    return tape
  }
}
