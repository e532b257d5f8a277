/// The journal entries, packed: 72 bytes for a step of one of the most frequent ones, with the rest
/// kept apart.
///
/// A step is what one input did. It has one part, and one more for each transaction inside it that
/// was kept on its own.
struct Journal: Sendable {
  struct Row: Sendable {
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

  enum Tag: UInt8 {
    case append
    case imported
    case delivery
    case other
  }

  struct Part: Sendable {
    var start: Int32
    var count: Int32
    var appended: Int32
    var kept: Int32
    var draws: Int32
    var changes: ChangesForm
    /// By how many milliseconds the clock moved, to the instant of its entries; 0 when it stood, or
    /// when the list of changes says it.
    var clock: Int32
    /// The number of its step, from 0.
    var step: Int32
  }

  /// What a part changed besides events, draws and the clock: a form, and a number that it needs.
  struct ChangesForm: Sendable {
    private let code: Int32

    static let none = ChangesForm(code: 0)
    /// The index of the changes in `others`.
    static func list(_ index: Int) -> ChangesForm { ChangesForm(code: Int32(index) << 2 | 1) }
    /// The number of the consumer that handled the delivery of the part's only entry.
    static func handled(_ number: ConsumerNumber) -> ChangesForm {
      ChangesForm(code: number << 2 | 2)
    }
    /// The index of the consumers in `offers`; the events are those of the entries.
    static func offered(_ index: Int) -> ChangesForm { ChangesForm(code: Int32(index) << 2 | 3) }

    var kind: Int32 { code & 3 }
    var value: Int32 { code >> 2 }

    private init(code: Int32) { self.code = code }
  }

  struct StepRow: Sendable {
    /// The number of its last part.
    var lastPart: Int32
    var input: PackedInput
  }

  struct Detail: Sendable {
    let instance: String?
    let outcome: StepOutcome
  }

  static let noOrigin: UInt8 = 255

  var rows = PersistentArray<Row>()
  var parts = PersistentArray<Part>()
  var steps = PersistentArray<StepRow>()
  var inputs = PersistentArray<RecordedInput>()
  var kinds = PersistentArray<JournalEntry.Kind>()
  var details = PersistentArray<Detail>()
  var others = PersistentArray<[Change]>()
  var consumers: [ConsumerName] = []
  /// The number of the consumer that a delivery named last.
  var lastConsumer = 0
  /// The lists of consumers to which steps offered their events.
  var offers: [[ConsumerNumber]] = []

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
    journal.rows.truncate(to: count == 0 ? 0 : end(ofStep: count - 1))
    journal.parts.truncate(to: count == 0 ? 0 : Int(steps[count - 1].lastPart) + 1)
    journal.steps.truncate(to: count)
    return journal
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
    var clock: StepChanges.ClockMove?
    if part.clock > 0 {
      let new = rows[Int(part.start) - 1].instant
      clock = StepChanges.ClockMove(
        old: Instant(milliseconds: new - Int64(part.clock)), new: Instant(milliseconds: new))
    }
    return StepChanges(
      appended: Int(part.appended), kept: Int(part.kept), draws: Int(part.draws), clock: clock,
      form: form(of: part))
  }

  private func form(of part: Part) -> StepChanges.Form {
    let value = part.changes.value
    switch part.changes.kind {
    case 1: return .list(others[Int(value)])
    case 2:
      let position = Position(Int(rows[Int(part.start) - 1].first))
      return .handled(QueuedDelivery(position, value))
    case 3:
      return .offered(
        OfferedEvents(
          first: rows[Int(part.start) - 1].first, count: part.appended,
          consumers: offers[Int(value)]))
    default: return .list([])
    }
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
    (step == 0 ? 1 : end(ofStep: step - 1) + 1)...end(ofStep: step)
  }

  private func end(ofStep step: Int) -> Int {
    let part = parts[Int(steps[step].lastPart)]
    return Int(part.start + part.count) - 1
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
