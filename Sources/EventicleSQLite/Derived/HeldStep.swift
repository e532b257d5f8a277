internal import EventicleCore

/// A step that was read and compared with its hash.
struct HeldStep {
  /// Its first and its last entry.
  let range: (first: JournalIndex, last: JournalIndex)
  let step: StoredStep
  let entries: [JournalEntry]

  /// Steps with more entries are not held: they are rare, and would displace all others.
  static let mostEntries = 64

  /// How many of the first and of the last steps of a long read are held.
  static let mostOnce = 512

  init(_ step: StoredStep) {
    self.step = step
    entries = step.entries
    let first = step.first
    range = (first, JournalIndex(first.number + entries.count - 1))
  }
}

extension SQLiteJournal {
  /// Holds a step that was read.
  func hold(_ step: StoredStep) {
    let held = HeldStep(step)
    guard (1...HeldStep.mostEntries).contains(held.entries.count) else { return }
    for entry in held.range.first.number...held.range.last.number { steps.hold(held, entry) }
  }

  /// The step of an entry, if it is held and everything is well.
  func heldStep(of entry: JournalIndex) -> HeldStep? {
    guard problem == nil, entry <= rows.last else { return nil }
    return steps[entry.number]
  }
}

/// What the derived tables said since the last step came.
///
/// Whoever draws a screen asks the same again for each frame.
struct HeldAnswers {
  /// What was asked: the place of the statement's text in the program, and its numbers.
  private struct Question: Hashable {
    let text: UnsafeRawPointer
    let first: Int
    let second: Int?
  }

  /// What is asked of an aggregate: what was there up to a bound stays as it is.
  private struct Reach: Hashable {
    let key: AggregateKey
    let events: Int
    let kept: Int
  }

  private var histories: [Reach: StoredHistory?] = [:]
  private var found: [Question: [Int]] = [:]
  private var last = JournalIndex(0)

  /// How many are held before all are dropped.
  private static let most = 8_192

  /// What was found after the last entry; `nil` when it was not asked since.
  mutating func answer(
    _ sql: StaticString, _ first: Int, _ second: Int?, after last: JournalIndex
  ) -> [Int]? {
    if last != self.last { (found, self.last) = ([:], last) }
    return found[Question(text: sql.utf8Start, first: first, second: second)]
  }

  /// The history of an aggregate up to a bound; `nil` when it was not looked up.
  func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory?? {
    histories[Reach(key: key, events: bound.events, kept: bound.kept)]
  }

  /// Holds the history of an aggregate up to a bound, or that there is none.
  mutating func hold(_ history: StoredHistory?, of key: AggregateKey, upTo bound: LogBound) {
    if histories.count >= Self.most { histories = [:] }
    histories[Reach(key: key, events: bound.events, kept: bound.kept)] = .some(history)
  }

  /// Holds what was found after the same entry.
  mutating func hold(_ answer: [Int], _ sql: StaticString, _ first: Int, _ second: Int?) {
    if found.count >= Self.most { found = [:] }
    found[Question(text: sql.utf8Start, first: first, second: second)] = answer
  }
}
