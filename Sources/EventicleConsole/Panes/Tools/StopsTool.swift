import EventicleCore

/// What brings the engine to a stop, and what has failed or is parked at a moment.
struct StopsTool {
  private enum Row {
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

  private var count: Int { parkedRows + (failures == 0 ? 0 : failures + 1) }

  /// The row at a place: parked work, then failures with the newest first.
  private func row(_ place: Int) -> Row? {
    guard place >= 0 else { return nil }
    if place < parkedRows {
      return place == 0 ? .head("parked", count: parked.count) : .parked(parked[place - 1])
    }
    let rest = place - parkedRows
    guard failures > 0 else { return nil }
    if rest == 0 { return .head("failed or refused", count: failures) }
    return context.shown.timeline.error(at: failures - rest).map { .failure($0) }
  }

  /// What Enter on a row does: goes to the moment of the failure.
  func open(_ place: Int) -> [PaneRequest] {
    let entry: JournalIndex
    switch row(place) {
    case .parked(let parked): entry = parked.entry
    case .failure(let index): entry = index
    case .head, nil: return []
    }
    let isHere = context.shown.timeline.moment(of: entry) == context.shown.cursor
    return isHere ? [] : [.run("goto \(entry)")]
  }

  /// The list in a width.
  func list(columns: Int, rows: Int) -> ToolsList {
    var list = ToolsList()
    list.heads = rows > 8 ? heads(columns: columns) : []
    list.count = count
    list.line = { line($0, columns: columns) }
    list.isHead = { if case .head = row($0) { true } else { false } }
    list.nothing = "Nothing has failed, nothing was refused and nothing is parked at this moment."
    list.footer = "\(parked.count) parked · \(failures) failed or refused"
    return list
  }

  private func heads(columns: Int) -> [StyledLine] {
    let hold = context.keymap.label(of: .stopOrGo)
    let text = """
      No event, state or failure stops the engine: it runs until nothing waits. \(hold) holds it; a \
      run ends by itself after \(Limits.cascadeDeliveries.grouped) deliveries or timers, which look \
      like a loop, and when the store cannot write. A failed delivery is parked, retried, skipped \
      or stops its own consumer, as that declares.
      """
    let lines = Sentence(text).wrapped(.uiMuted, columns: columns - 2, most: 8)
    return lines.map { $0.indented(by: 1) } + [.empty]
  }

  private func line(_ place: Int, columns: Int) -> StyledLine {
    switch row(place) {
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
