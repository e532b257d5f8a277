/// The journal entries, packed: forty bytes for the most frequent ones, with the rest kept apart.
struct Journal: Sendable {
  private struct Row: Sendable {
    var instant: Int64
    var cause: Int32
    /// The number of the step, from 0.
    var step: Int32
    /// What `tag` defines: a position, or an index into `kinds`.
    var first: Int32
    /// The index of a delivery's remaining parts in `details`, or -1.
    var second: Int32
    var consumer: Int32
    var tag: Tag
    var isByUser: Bool
  }

  private enum Tag: UInt8 {
    case append
    case imported
    case delivery
    case other
  }

  private struct Step: Sendable {
    var start: Int32
    var count: Int32
    var appended: Int32
    var kept: Int32
    var draws: Int32
    /// The index of the other changes in `others`, or -1.
    var others: Int32
  }

  private struct Detail: Sendable {
    let instance: String?
    let outcome: StepOutcome
  }

  private var rows = PersistentArray<Row>()
  private var steps = PersistentArray<Step>()
  private var kinds = PersistentArray<JournalEntry.Kind>()
  private var details = PersistentArray<Detail>()
  private var others = PersistentArray<[Change]>()
  private var consumers: [ConsumerName] = []

  init() {}

  /// The number of entries.
  var count: Int { rows.count }

  /// Adds the next entry; the first one of a step also carries the step's changes.
  mutating func append(_ entry: JournalEntry) {
    if entry.stepCount > 0 { append(stepOf: entry) }
    var row = Row(
      instant: entry.instant.milliseconds, cause: Int32(entry.cause?.number ?? 0),
      step: Int32(steps.count - 1), first: 0, second: -1, consumer: 0, tag: .other,
      isByUser: entry.isByUser)
    switch entry.kind {
    case .append(let position, _):
      row.tag = .append
      row.first = Int32(position.number)
    case .imported(let position, _):
      row.tag = .imported
      row.first = Int32(position.number)
    case .delivery(let position, let consumer, let instance, let outcome):
      row.tag = .delivery
      row.first = Int32(position.number)
      row.consumer = number(of: consumer)
      if instance != nil || outcome != .handled {
        row.second = Int32(details.count)
        details.append(Detail(instance: instance, outcome: outcome))
      }
    default:
      row.first = Int32(kinds.count)
      kinds.append(entry.kind)
    }
    rows.append(row)
  }

  private mutating func append(stepOf entry: JournalEntry) {
    let changes = entry.changes
    var place: Int32 = -1
    if !changes.others.isEmpty {
      place = Int32(others.count)
      others.append(changes.others)
    }
    steps.append(
      Step(
        start: Int32(rows.count + 1), count: Int32(entry.stepCount),
        appended: Int32(changes.appended), kept: Int32(changes.kept),
        draws: Int32(changes.draws), others: place))
  }

  private mutating func number(of consumer: ConsumerName) -> Int32 {
    if let index = consumers.firstIndex(where: { $0 == consumer }) { return Int32(index) }
    consumers.append(consumer)
    return Int32(consumers.count - 1)
  }

  /// The entry at an index from 1, with the types of events taken from a log.
  func entry(_ index: Int, _ log: EventLog) -> JournalEntry {
    let row = rows[index - 1]
    let step = steps[Int(row.step)]
    let isFirst = Int(step.start) == index
    return JournalEntry(
      kind: kind(row, log), cause: row.cause == 0 ? nil : JournalIndex(Int(row.cause)),
      instant: Instant(milliseconds: row.instant), stepStart: JournalIndex(Int(step.start)),
      stepCount: isFirst ? Int(step.count) : 0, isByUser: row.isByUser,
      changes: isFirst ? changes(of: step) : .none)
  }

  private func kind(_ row: Row, _ log: EventLog) -> JournalEntry.Kind {
    let position = Position(Int(row.first))
    switch row.tag {
    case .append: return .append(position, log.type(at: position) ?? "")
    case .imported: return .imported(position, log.type(at: position) ?? "")
    case .delivery:
      let consumer = consumers[Int(row.consumer)]
      guard row.second >= 0 else {
        return .delivery(position, consumer, instance: nil, .handled)
      }
      let detail = details[Int(row.second)]
      return .delivery(position, consumer, instance: detail.instance, detail.outcome)
    case .other: return kinds[Int(row.first)]
    }
  }

  private func changes(of step: Step) -> StepChanges {
    StepChanges(
      appended: Int(step.appended), kept: Int(step.kept), draws: Int(step.draws),
      others: step.others < 0 ? [] : others[Int(step.others)])
  }

  // MARK: - Steps

  /// The number of an entry's step, from 0; -1 for index 0.
  func step(of index: Int) -> Int { index < 1 ? -1 : Int(rows[index - 1].step) }

  /// The entries of a step.
  func entries(ofStep step: Int) -> ClosedRange<Int> {
    let found = steps[step]
    return Int(found.start)...Int(found.start + found.count - 1)
  }

  /// The changes that a step made.
  func changes(ofStep step: Int) -> StepChanges { changes(of: steps[step]) }

  /// The entry that an entry names as its cause, 0 for none; O(1).
  func cause(of index: Int) -> Int { Int(rows[index - 1].cause) }
}
