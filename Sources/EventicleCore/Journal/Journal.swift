/// The journal entries, packed: forty bytes for the most frequent ones, with the rest kept apart.
///
/// A step is what one input did. It has one part, and one more for each transaction inside it that
/// was kept on its own.
struct Journal: Sendable {
  private struct Row: Sendable {
    var instant: Int64
    var cause: Int32
    /// The number of the part, from 0.
    var part: Int32
    /// What `tag` defines: a position, or an index into `kinds`.
    var first: Int32
    /// The index of a delivery's remaining parts in `details`, or -1.
    var second: Int32
    var consumer: Int32
    var tag: Tag
    /// The raw value of its origin, or ``noOrigin``.
    var origin: UInt8
  }

  private enum Tag: UInt8 {
    case append
    case imported
    case delivery
    case other
  }

  private struct Part: Sendable {
    var start: Int32
    var count: Int32
    var appended: Int32
    var kept: Int32
    var draws: Int32
    /// The index of the other changes in `others`, or -1.
    var others: Int32
    /// The number of its step, from 0.
    var step: Int32
  }

  private struct StepRow: Sendable {
    /// The last entry.
    var end: Int32
    /// The number of its last part.
    var lastPart: Int32
    var input: PackedInput
  }

  private struct Detail: Sendable {
    let instance: String?
    let outcome: StepOutcome
  }

  private static let noOrigin: UInt8 = 255

  private var rows = PersistentArray<Row>()
  private var parts = PersistentArray<Part>()
  private var steps = PersistentArray<StepRow>()
  private var inputs = PersistentArray<RecordedInput>()
  private var kinds = PersistentArray<JournalEntry.Kind>()
  private var details = PersistentArray<Detail>()
  private var others = PersistentArray<[Change]>()
  private var consumers: [ConsumerName] = []

  init() {}

  /// The number of entries.
  var count: Int { rows.count }

  /// The number of steps.
  var stepCount: Int { steps.count }

  /// The journal up to a number of steps, which shares their storage; O(steps / 16,384).
  ///
  /// What rows refer to is shared as a whole, so that both journals go on behind its end.
  func prefix(steps count: Int) -> Journal {
    guard count < steps.count else { return self }
    var journal = self
    journal.rows.truncate(to: count == 0 ? 0 : Int(steps[count - 1].end))
    journal.parts.truncate(to: count == 0 ? 0 : Int(steps[count - 1].lastPart) + 1)
    journal.steps.truncate(to: count)
    return journal
  }

  // MARK: - Recording

  /// Begins the next step; its entries follow.
  ///
  /// - Parameter isOpen: Whether the events of the step rest in the log as they were given, so that
  ///   the input need not keep them.
  mutating func begin(
    _ action: InputAction, by origin: InputOrigin, at instant: Instant?,
    entries: [JournalEntry], isOpen: Bool
  ) {
    let packed = PackedInput(
      action, by: origin, isMoved: instant != nil, entries, isOpen: isOpen
    ) {
      inputs.append(RecordedInput(action, by: origin, at: instant))
      return inputs.count - 1
    }
    steps.append(
      StepRow(
        end: Int32(rows.count + entries.count), lastPart: Int32(parts.count - 1), input: packed))
  }

  /// Adds the next entry; the first one of a part also carries the part's changes.
  mutating func append(_ entry: JournalEntry) {
    if entry.stepCount > 0 { append(partOf: entry) }
    var row = Row(
      instant: entry.instant.milliseconds, cause: Int32(entry.cause?.number ?? 0),
      part: Int32(parts.count - 1), first: 0, second: -1, consumer: 0, tag: .other,
      origin: entry.origin?.rawValue ?? Journal.noOrigin)
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

  private mutating func append(partOf entry: JournalEntry) {
    let changes = entry.changes
    var place: Int32 = -1
    if !changes.others.isEmpty {
      place = Int32(others.count)
      others.append(changes.others)
    }
    steps[steps.count - 1].lastPart = Int32(parts.count)
    parts.append(
      Part(
        start: Int32(rows.count + 1), count: Int32(entry.stepCount),
        appended: Int32(changes.appended), kept: Int32(changes.kept),
        draws: Int32(changes.draws), others: place, step: Int32(steps.count - 1)))
  }

  private mutating func number(of consumer: ConsumerName) -> Int32 {
    if let index = consumers.firstIndex(where: { $0 == consumer }) { return Int32(index) }
    consumers.append(consumer)
    return Int32(consumers.count - 1)
  }

  // MARK: - Reading

  /// The entry at an index from 1, with the types of events taken from a log.
  func entry(_ index: Int, _ log: EventLog) -> JournalEntry {
    let row = rows[index - 1]
    let part = parts[Int(row.part)]
    let isFirst = Int(part.start) == index
    return JournalEntry(
      kind: kind(row, log), cause: row.cause == 0 ? nil : JournalIndex(Int(row.cause)),
      instant: Instant(milliseconds: row.instant), stepStart: JournalIndex(Int(part.start)),
      stepCount: isFirst ? Int(part.count) : 0, origin: InputOrigin(rawValue: row.origin),
      changes: isFirst ? changes(of: part) : .none)
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

  private func changes(of part: Part) -> StepChanges {
    StepChanges(
      appended: Int(part.appended), kept: Int(part.kept), draws: Int(part.draws),
      others: part.others < 0 ? [] : others[Int(part.others)])
  }

  // MARK: - Steps and their parts

  /// The number of an entry's part, from 0; -1 for index 0.
  func part(of index: Int) -> Int { index < 1 ? -1 : Int(rows[index - 1].part) }

  /// The entries of a part.
  func entries(ofPart part: Int) -> ClosedRange<Int> {
    let found = parts[part]
    return Int(found.start)...Int(found.start + found.count - 1)
  }

  /// The changes that a part made.
  func changes(ofPart part: Int) -> StepChanges { changes(of: parts[part]) }

  /// The number of an entry's step, from 0; -1 for index 0.
  func step(of index: Int) -> Int {
    index < 1 ? -1 : Int(parts[Int(rows[index - 1].part)].step)
  }

  /// The entries of a step.
  func entries(ofStep step: Int) -> ClosedRange<Int> {
    (step == 0 ? 1 : Int(steps[step - 1].end) + 1)...Int(steps[step].end)
  }

  /// The numbers of a step's parts.
  func parts(ofStep step: Int) -> ClosedRange<Int> {
    (step == 0 ? 0 : Int(steps[step - 1].lastPart) + 1)...Int(steps[step].lastPart)
  }

  /// The input that a step performed.
  func input(ofStep step: Int, _ log: EventLog) -> RecordedInput {
    let packed = steps[step].input
    if let index = packed.index { return inputs[index] }
    return packed.unpacked(entries(ofStep: step).map { entry($0, log) }, log)
  }

  /// The cause that an entry names, 0 for none; O(1).
  func cause(of index: Int) -> Int { Int(rows[index - 1].cause) }
}
