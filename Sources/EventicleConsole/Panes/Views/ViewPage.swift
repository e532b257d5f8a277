import EventicleCore

/// What is read of a world for the views pane, once for each moment: the order of the rows, what
/// changed, what is lacking, and what made an open row.
struct ViewPage: Sendable {
  /// What it depends on.
  struct Key: Hashable, Sendable {
    let subject: ViewsModel.Subject
    let sort: ViewsModel.Sort?
    let end: JournalIndex
    let entries: Int
  }

  /// An event that made a row, or changed it.
  struct Maker: Hashable, Sendable {
    let position: Position
    let instant: Instant
  }

  private(set) var key: Key?
  /// The offsets of the rows in the order in which they are sorted; empty when they are not.
  private(set) var order: [Int32] = []
  /// The differences of rows by the steps since the last event; from nothing for new rows.
  private(set) var changes: [String: [Difference]] = [:]
  private(set) var newRows: Set<String> = []
  private(set) var lag = ConsumerLag()
  private(set) var makers: [Maker] = []
  /// Whether older events than those found may have made the row.
  private(set) var isCut = false

  /// The most rows that are sorted, steps that are compared, and entries that are looked back at.
  static let mostSorted = 10_000
  private static let mostSteps = 64
  private static let mostEntries = 2_048
  private static let mostMakers = 100

  /// Nothing was read yet.
  init() {}

  /// Reads what a subject needs, or returns the old page when nothing is different.
  init(
    _ subject: ViewsModel.Subject, _ sort: ViewsModel.Sort?, _ moment: MomentView,
    after old: ViewPage
  ) {
    let key = Key(
      subject: subject, sort: sort, end: moment.cursor.entry, entries: moment.timeline.count)
    guard old.key != key else {
      self = old
      return
    }
    self.key = key
    switch subject {
    case .nothing: break
    case .rows(let view):
      lag = ConsumerLag(moment)
      findChanges(of: view, moment)
      if let sort { order = ViewPage.order(of: view, by: sort, moment.world) }
    case .row(let record):
      lag = ConsumerLag(moment)
      findChanges(of: record.type, moment)
      findMakers(of: record, moment)
    }
  }

  /// The offset of the row at a place, and the place of the row at an offset.
  func offset(of place: Int) -> Int? {
    order.isEmpty ? place : order.indices.contains(place) ? Int(order[place]) : nil
  }

  func place(of offset: Int) -> Int? {
    order.isEmpty ? offset : order.firstIndex(of: Int32(offset))
  }

  // MARK: - Sorting

  private static func order(
    of view: String, by sort: ViewsModel.Sort, _ world: World
  ) -> [Int32] {
    let count = world.recordCount(of: view)
    guard count <= mostSorted else { return [] }
    var values: [(offset: Int32, value: ViewValue)] = []
    values.reserveCapacity(count)
    for offset in 0..<count {
      guard let record = world.record(of: view, at: offset) else { continue }
      let value =
        sort.field.map { ViewValue(record.content.object?[$0] ?? .null) }
        ?? ViewValue(.string(record.id))
      values.append((Int32(offset), value))
    }
    values.sort { left, right in
      if left.value == right.value { return left.offset < right.offset }
      return sort.isDescending ? right.value < left.value : left.value < right.value
    }
    return values.map(\.offset)
  }

  // MARK: - What changed

  /// Compares the rows before and after the steps since the one that appended the last event.
  private mutating func findChanges(of view: String, _ moment: MomentView) {
    guard let entry = moment.timeline.appendEntry(of: moment.world.log.last) else { return }
    var step = moment.timeline.stepStart(of: entry)
    var before: [String: (old: JSON?, new: JSON?)] = [:]
    for _ in 0..<Self.mostSteps where step <= moment.cursor.entry {
      for case .record(let key, let old, let new) in moment.timeline.changes(of: step).others
      where key.type == view && key.workspace == .system {
        before[key.id] = (before[key.id].map { $0.old } ?? old?.content, new?.content)
      }
      step = moment.timeline.stepEnd(of: step).next
    }
    for (id, change) in before {
      if change.old == nil { newRows.insert(id) }
      changes[id] = differences(from: change.old ?? .emptyObject, to: change.new ?? .emptyObject)
    }
  }

  /// Whether a field of a row changed.
  func hasChanged(_ id: String, _ field: String) -> Bool {
    guard !newRows.contains(id) else { return false }
    return changes[id]?.contains { $0.path.steps.first == .member(field) } ?? false
  }

  // MARK: - What made a row

  /// Looks back for the deliveries whose steps wrote a row, the newest first.
  private mutating func findMakers(of record: RecordKey, _ moment: MomentView) {
    let consumer = ConsumerName(.view, record.type)
    let last = moment.cursor.entry.number
    let first = max(0, last - Self.mostEntries)
    isCut = first > 0
    for number in stride(from: last, to: first, by: -1) where makers.count < Self.mostMakers {
      guard let entry = moment.timeline.entry(JournalIndex(number)),
        case .delivery(let position, consumer, _, .handled) = entry.kind,
        moment.timeline.changes(of: entry.stepStart).others.contains(where: { change in
          if case .record(let key, _, _) = change { key == record } else { false }
        })
      else { continue }
      makers.append(Maker(position: position, instant: entry.instant))
    }
  }
}

/// A value of a column in the order in which columns are sorted: nothing, numbers by their size, then
/// everything else as text.
struct ViewValue: Comparable {
  private let rank: Int
  private let number: Double
  private let text: String

  init(_ value: JSON) {
    switch value {
    case .null: (rank, number, text) = (0, 0, "")
    case .bool(let value): (rank, number, text) = (1, value ? 1 : 0, "")
    case .number(let value): (rank, number, text) = (2, Double(value.text) ?? 0, "")
    case .string(let value): (rank, number, text) = (3, 0, value)
    case .array(let values): (rank, number, text) = (4, Double(values.count), "")
    case .object(let object): (rank, number, text) = (5, Double(object.count), "")
    }
  }

  static func < (left: ViewValue, right: ViewValue) -> Bool {
    (left.rank, left.number, left.text) < (right.rank, right.number, right.text)
  }
}
