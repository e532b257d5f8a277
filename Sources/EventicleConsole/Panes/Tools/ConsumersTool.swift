import EventicleCore

/// The consumers at a moment: how far each is, what it did, and what it does now.
struct ConsumersTool {
  private struct Row {
    let name: ConsumerName
    let at: Position
    let behind: Int
    /// The event that it waits for, and its place among those who wait.
    var next: (position: Position, place: Int)?
    let handled: Int
    let failed: Int
    let parked: Int
    let status: GroupState.Status
    /// How many keys wait for an instant or for a person.
    let waiting: Int
  }

  private let context: PaneContext
  private let last: LastWork
  private let rows: [Row]

  /// The most of the queue that is looked at.
  private static let most = 4_096

  /// - Complexity: O(consumers + the first 4,096 of the queue + parked work).
  init(_ context: PaneContext, _ last: LastWork) {
    self.context = context
    self.last = last
    let world = context.shown.world
    var waiting: [ConsumerName: (count: Int, first: Position, place: Int)] = [:]
    for index in 0..<min(world.queue.count, ConsumersTool.most) {
      let delivery = world.queue[index]
      let known = waiting[delivery.consumer]
      waiting[delivery.consumer] = (
        (known?.count ?? 0) + 1, known?.first ?? delivery.position,
        known?.place ?? waiting.count + 1
      )
    }
    var parked: [ConsumerName: Int] = [:]
    for work in world.parkedCount == 0 ? [] : world.parked {
      switch work.work {
      case .delivery(let delivery, _): parked[delivery.consumer, default: 0] += 1
      case .timer(let key, _): parked[ConsumerName(.saga, key.owner.saga), default: 0] += 1
      }
    }
    let domain = context.shown.domain
    let all: [(ConsumerName, GroupName, [StreamName])] =
      domain.views.map { (ConsumerName(.view, $0.name), $0.group, $0.streams) }
      + domain.sagas.map { (ConsumerName(.saga, $0.name), $0.group, $0.streams) }
      + domain.adapters.map { (ConsumerName(.adapter, $0.name), $0.group, $0.streams) }
    rows = all.map { name, group, streams in
      let state = world.group(group)
      let queued = waiting[name]
      let at = queued.map { Position($0.first.number - 1) } ?? state?.position ?? world.log.last
      let isInStep = state?.isInStep ?? true
      return Row(
        name: name, at: at,
        behind: isInStep
          ? queued?.count ?? 0 : ConsumersTool.lag(streams, after: at, context.shown),
        next: queued.map { ($0.first, $0.place) },
        handled: state?.handled ?? 0,
        failed: state.map { $0.tally.failed + $0.tally.skipped } ?? 0, parked: parked[name] ?? 0,
        status: state?.status ?? .live, waiting: state?.lanes.count ?? 0)
    }
  }

  /// The events of streams after a position; O(streams · log n).
  private static func lag(
    _ streams: [StreamName], after position: Position, _ moment: MomentView
  ) -> Int {
    let log = moment.world.log
    return log.streamNames.filter { moment.domain.means($0, by: streams) }.reduce(0) {
      sum, stream in
      let count = log.count(of: stream)
      let places = 1..<(count + 1)
      let first = places.partitioningIndex { place in
        (log.position(of: stream, at: StreamPosition(place)) ?? Position(0)) > position
      }
      return sum + places.upperBound - first
    }
  }

  /// What Enter on a row opens.
  func open(_ row: Int) -> [PaneRequest] {
    guard rows.indices.contains(row) else { return [] }
    switch rows[row].name.kind {
    case .view: return [.open(.view(rows[row].name.name))]
    case .saga: return [.open(.sagas(rows[row].name.name))]
    case .adapter, .subscription: return []
    }
  }

  // MARK: - Drawing

  /// The columns from left to right, and which of them are left out first where room is short.
  private enum Column: Int, CaseIterable {
    case consumer, kind, at, behind, handled, failed, parked, last, now

    var head: DisplayText {
      switch self {
      case .consumer: "consumer"
      case .kind: "kind"
      case .at: "at"
      case .behind: "behind"
      case .handled: "handled"
      case .failed: "failed"
      case .parked: "parked"
      case .last: "last"
      case .now: "now"
      }
    }

    var isRightAligned: Bool { ![.consumer, .kind, .now].contains(self) }

    static let givingWay: [Column] = [.last, .kind, .failed, .handled, .at, .parked]
  }

  /// The list in a width.
  func list(columns: Int) -> ToolsList {
    var shown = Column.allCases
    func width(_ column: Column) -> Int {
      let texts = rows.map { text(column, $0).text.width }
      return max(column.head.width, texts.max() ?? 0)
    }
    let widths = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, width($0)) })
    func room() -> Int {
      columns - 2 - shown.dropLast().reduce(0) { $0 + (widths[$1] ?? 0) + 2 }
    }
    for column in Column.givingWay where room() < min(24, widths[.now] ?? 0) {
      shown.removeAll { $0 == column }
    }
    func line(_ cell: (Column) -> (text: DisplayText, role: StyleRole)) -> StyledLine {
      var line = StyledLine(" ")
      for column in shown {
        let (text, role) = cell(column)
        let width = column == .now ? max(0, room()) : widths[column] ?? 0
        line.add(text, role, columns: width, alignment: column.isRightAligned ? .right : .left)
        if column != .now { line.add("  ") }
      }
      return line
    }
    var list = ToolsList()
    list.heads = [line { ($0.head, .uiMuted) }]
    list.count = rows.count
    list.line = { index in
      rows.indices.contains(index) ? line { text($0, rows[index]) } : .empty
    }
    list.nothing = "The domain declares no view, no saga and no adapter."
    return list
  }

  private func text(_ column: Column, _ row: Row) -> (text: DisplayText, role: StyleRole) {
    func count(_ number: Int, _ role: StyleRole) -> (DisplayText, StyleRole) {
      (DisplayText(number), number == 0 ? .uiMuted : role)
    }
    switch column {
    case .consumer: return (PaneText.data(row.name.name, limit: 24), row.name.kind.role)
    case .kind: return (PaneText.data(row.name.kind.rawValue), .uiMuted)
    case .at: return ("#\(row.at.number)", .uiText)
    case .behind: return count(row.behind, .statusWarn)
    case .handled: return count(row.handled, .uiText)
    case .failed: return count(row.failed, .statusError)
    case .parked: return count(row.parked, .statusError)
    case .last:
      guard let time = last.times[row.name] else {
        return (row.handled == 0 ? "—" : "long ago", .uiMuted)
      }
      return (PaneText.data(CivilTime(time).clockText), .uiText)
    case .now: return now(row)
    }
  }

  private func now(_ row: Row) -> (text: DisplayText, role: StyleRole) {
    switch row.status {
    case .stopped(let reason): return ("✗ stopped: " + PaneText.data(reason), .statusError)
    case .paused: return ("paused by you", .statusWarn)
    case .closed: return ("closed, its place is kept", .uiMuted)
    case .live: break
    }
    if let next = row.next {
      let words: DisplayText =
        next.place == 1
        ? "#\(next.position.number) is next" : ConsumersTool.ordinal(next.place) + " in the queue"
      return ((context.isHeld ? "held, " : "") + words, .statusWarn)
    }
    if row.parked > 0 { return ("goes on without what is parked", .statusError) }
    if row.waiting > 0 {
      return ("\(row.waiting) \(row.waiting == 1 ? "key waits" : "keys wait")", .statusWarn)
    }
    if row.behind > 0 { return ("is catching up", .statusWarn) }
    if row.handled == 0 { return ("idle, nothing for it yet", .uiMuted) }
    return ("up to date", .statusOk)
  }

  private static func ordinal(_ place: Int) -> DisplayText {
    switch place {
    case 2: "second"
    case 3: "third"
    default: "\(place)th"
    }
  }
}
