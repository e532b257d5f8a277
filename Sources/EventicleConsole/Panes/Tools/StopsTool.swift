import EventicleCore
import EventicleWorkbench

/// What brings the engine to a stop, and what has failed or is parked at a moment.
struct StopsTool {
  private enum Row {
    case stop(StopList.Item)
    case head(DisplayText, count: Int)
    case parked(Parked)
    case failure(JournalIndex)
  }

  private let context: PaneContext
  private let parked: [Parked]
  private let failures: Int

  init(_ context: PaneContext) {
    self.context = context
    let world = context.shown.world
    parked = world.parkedCount == 0 ? [] : world.parked
    failures = context.shown.timeline.errors(upTo: context.shown.cursor.entry)
  }

  private var parkedRows: Int { parked.isEmpty ? 0 : parked.count + 1 }

  private var stops: [StopList.Item] { context.stops.all }

  private var count: Int { stops.count + parkedRows + (failures == 0 ? 0 : failures + 1) }

  /// The row at a place: the stops, parked work, then failures with the newest first.
  private func row(_ index: Int) -> Row? {
    guard index >= 0 else { return nil }
    if index < stops.count { return .stop(stops[index]) }
    let place = index - stops.count
    if place < parkedRows {
      return place == 0 ? .head("parked", count: parked.count) : .parked(parked[place - 1])
    }
    let rest = place - parkedRows
    guard failures > 0 else { return nil }
    if rest == 0 { return .head("failed or refused", count: failures) }
    return context.shown.timeline.error(at: failures - rest).map { .failure($0) }
  }

  /// The number of the stop at a place, and whether it is on.
  func stop(at place: Int) -> (number: Int, isOn: Bool)? {
    if case .stop(let item) = row(place) { (item.number, item.isOn) } else { nil }
  }

  /// What Enter on a row does: it edits a stop, and goes to the moment of a failure.
  func open(_ place: Int) -> [PaneRequest] {
    let entry: JournalIndex
    switch row(place) {
    case .parked(let parked): entry = parked.entry
    case .failure(let index): entry = index
    case .stop(let item):
      return [.prompt(.command, "stop \(item.stop)")]
    case .head, nil: return []
    }
    let isHere = context.shown.timeline.moment(of: entry) == context.shown.cursor
    return isHere ? [] : [.run("goto \(entry)")]
  }

  /// The list in a width.
  func list(columns: Int, rows: Int) -> ToolsList {
    var list = ToolsList()
    list.heads = rows > 8 || !stops.isEmpty ? heads(columns: columns) : []
    list.below = rows > stops.count + 4 ? below(columns: columns) : []
    list.count = count
    list.line = { line($0, columns: columns) }
    list.isHead = { if case .head = row($0) { true } else { false } }
    list.nothing = "Nothing has failed, nothing was refused and nothing is parked at this moment."
    list.footer = "\(parked.count) parked · \(failures) failed or refused"
    return list
  }

  private func heads(columns: Int) -> [StyledLine] {
    guard stops.isEmpty else {
      var line = StyledLine("   on stop", .uiMuted)
      line.right = [StyledPiece(StopsTool.columns("hits", "last", "then"), .uiMuted)]
      return [line]
    }
    let (stop, hold) = (context.keymap.label(of: .stopHere), context.keymap.label(of: .stopOrGo))
    let text = """
      Nothing stops the engine: it runs until nothing waits. \(stop) on a row sets a stop, as does \
      :stop with an event, a saga's state, a timer, a failure or a value; \(hold) holds the engine. \
      A run ends by itself after \(Limits.cascadeDeliveries.grouped) deliveries or timers, which \
      look like a loop, and when the store cannot write.
      """
    let lines = Sentence(text).wrapped(.uiMuted, columns: columns - 2, most: 8)
    return lines.map { $0.indented(by: 1) } + [.empty]
  }

  /// The lines that say what the keys do to the selected stop.
  private func below(columns: Int) -> [StyledLine] {
    guard !stops.isEmpty else { return [] }
    var line = StyledLine(" ")
    for (action, text) in [
      (.run, "on to the next hit"), (.runBack, "back to the last one"), (.open, "edit"),
      (.turnStop, "on · off"),
    ] as [(Action, DisplayText)] {
      let key = PaneText.data(context.keymap.label(of: action))
      guard line.width + key.width + text.width + 5 <= columns else { continue }
      if line.width > 1 { line.add("   ") }
      line.add(key, .uiHintKey)
      line.add(" " + text, .uiMuted)
    }
    let truths: [DisplayText] = [
      " hits are counted over all history, also before the stop was set",
      " hits are counted over all history", " hits: in all history",
    ]
    let truth = truths.first { $0.width <= columns } ?? .empty
    return [line, StyledLine(truth, .uiMuted)]
  }

  /// `   1  #4     stop `, each in its column.
  private static func columns(
    _ hits: DisplayText, _ last: DisplayText, _ then: DisplayText
  ) -> DisplayText {
    var line = StyledLine()
    line.add(hits, .uiText, columns: 5, alignment: .right)
    line.add("  ")
    line.add(last, .uiText, columns: 8)
    line.add(then, .uiText, columns: 12)
    return line.text
  }

  private func line(of item: StopList.Item) -> StyledLine {
    var line = StyledLine(" ")
    line.add(item.isOn ? "●" : "○", item.isOn ? .statusError : .uiMuted)
    line.add("  ")
    line.add(StopText.words(item.stop.selector), item.isOn ? .uiText : .uiMuted)
    if let condition = item.stop.condition {
      line.add(" if " + PaneText.data("\(condition)"), .uiMuted)
    }
    if item.stop.from > 1 { line.add(" from hit \(item.stop.from)", .uiMuted) }
    if item.stop.isOnce { line.add(" once", .uiMuted) }
    let end = context.shown.cursor.entry.number
    let hits = item.hits.partitioningIndex { Int($0) > end }
    let last: DisplayText =
      hits > 0 ? place(of: JournalIndex(Int(item.hits[hits - 1]))) : item.isOn ? "—" : "off"
    let then: DisplayText =
      item.stop.then == .stop ? "stop" : PaneText.data(item.stop.then.word) + ", go on"
    line.right = [
      StyledPiece(
        Self.columns("\(hits)", last, then), item.isOn ? .uiText : .uiMuted)
    ]
    return line
  }

  private func place(of entry: JournalIndex) -> DisplayText {
    let position = context.shown.timeline.entry(entry)?.kind.position
    return position.map { "#\($0.number)" }
      ?? PaneText.data("\(context.shown.timeline.name(of: TimeCursor(entry: entry)))")
  }

  private func line(_ place: Int, columns: Int) -> StyledLine {
    switch row(place) {
    case .stop(let item): return line(of: item)
    case .head(let word, let count):
      var line = StyledLine(" " + word, .uiTitle)
      line.right = [StyledPiece("\(count) ", .uiTitle)]
      return line
    case .parked(let parked): return line(of: parked)
    case .failure(let index): return line(of: index)
    case nil: return .empty
    }
  }

  private func line(of parked: Parked) -> StyledLine {
    var line = StyledLine(" ✗ ", .statusError)
    line.add("\(parked.number)  ", .uiMuted)
    switch parked.work {
    case .delivery(let delivery, _): line.add(text(delivery.position, delivery.consumer))
    case .timer(let key, _): line.add(timer(key))
    }
    line.add(": " + PaneText.data(parked.reason), .statusError)
    return line
  }

  private func line(of index: JournalIndex) -> StyledLine {
    guard let entry = context.shown.timeline.entry(index) else { return .empty }
    let isRefused: Bool =
      if case .command(_, _, _, .rejected) = entry.kind { true } else { false }
    let role: StyleRole = isRefused ? .statusRejected : .statusError
    var line = StyledLine(isRefused ? " ! " : " ✗ ", role)
    line.add(PaneText.data(CivilTime(entry.instant).clockText) + "  ", .uiMuted)
    switch entry.kind {
    case .command(let type, _, _, _): line.add(letter: "C", type, .kindCommand)
    case .delivery(let position, let consumer, _, _): line.add(text(position, consumer))
    case .timerFired(let key, _, _): line.add(timer(key))
    default: break
    }
    line.add(": " + PaneText.data(entry.kind.problem ?? ""), role)
    return line
  }

  private func text(_ position: Position, _ consumer: ConsumerName) -> StyledLine {
    var line = StyledLine("#\(position.number)", .uiMuted)
    if let type = context.shown.log.type(at: position) {
      line.add(" " + PaneText.data(type.text, limit: 40), .kindEvent)
    }
    line.add(" → ", .uiMuted)
    line.add(letter: PaneText.data(consumer.kind.letter), consumer.name, consumer.kind.role)
    return line
  }

  private func timer(_ key: TimerKey) -> StyledLine {
    var line = StyledLine()
    line.add(letter: "T", key.name, .kindTimer)
    line.add(" " + PaneText.name(of: key.owner, context.shown), .kindSaga)
    return line
  }
}
