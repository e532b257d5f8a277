import EventicleCore

/// What has not happened of an instance whose last recorded step is past: the timers that will
/// fire, and the events that it waits for.
struct SagaRest {
  /// The rule above it.
  let rule: SagaLine
  /// The armed timers in the order in which they are due, each with its line.
  let timers: [(name: String, line: SagaLine)]
  /// The types of event that it handles.
  let events: [SagaLine]

  /// The rest of a live instance, for the columns of a timeline.
  init(_ history: SagaHistory, _ context: PaneContext, _ columns: SagaColumns) {
    rule = .rule(context.shown.isAtHead ? "not yet happened" : "later")
    timers = SagaRest.timers(history, context, columns)
    events = SagaRest.events(history.key, context, columns)
  }

  private static func gap(_ columns: SagaColumns) -> Int { columns.isRoomy ? 3 : 2 }

  private static func timers(
    _ history: SagaHistory, _ context: PaneContext, _ columns: SagaColumns
  ) -> [(name: String, line: SagaLine)] {
    let names = history.timers.map { PaneText.data($0.key.name, limit: 40) }
    let waits = history.timers.map { timer -> DisplayText in
      let wait = timer.due - context.now
      return wait.milliseconds > 0 ? PaneText.data("in \(wait.brief)") : "now"
    }
    let (nameWidth, waitWidth) = (
      names.map(\.width).max() ?? 0, waits.map(\.width).max() ?? 0
    )
    let gap = gap(columns)
    return zip(history.timers, zip(names, waits)).map { timer, texts in
      var line = StyledLine(" will fire", .uiMuted)
      line.add(.spaces(gap))
      line.add(texts.0, .kindTimer, columns: nameWidth)
      line.add("  ")
      line.add(texts.1, columns: waitWidth + (columns.isRoomy ? 3 : 0))
      line.add("  ")
      line.add(PaneText.data(TimeText.due(timer.due, from: context.now)), .uiMuted)
      let trial = context.folds.timer(
        timer.key.name, of: history.key, at: context.shown.cursor.entry)
      let rails = min(history.timers.count, columns.lanes)
      add(trial, to: &line, columns: columns.width - 3 - 2 * rails)
      var wide = SagaLine.wide(line)
      wide.pointsIn = true
      wide.isRest = true
      return (timer.key.name, wide)
    }
  }

  /// What the timer's step was found to do: ` → ResumeOrder, RequestPayment`, `, ends`.
  private static func add(_ trial: TimerTrial?, to line: inout StyledLine, columns: Int) {
    guard let trial else { return }
    if trial.fails { return line.add("  ✗ its step would fail", .statusError) }
    var items = trial.commands.prefix(4).map {
      StyledPiece(PaneText.data($0, limit: 60), .kindCommand)
    }
    if trial.commands.count > 4 { items.append(StyledPiece("…", .uiMuted)) }
    if trial.ends { items.append(StyledPiece("ends", .uiMuted)) }
    for (index, item) in items.enumerated() {
      let more = index == items.count - 1 ? 0 : 3
      guard line.width + 3 + item.text.width + more <= columns else {
        return line.add(index == 0 ? " → …" : ", …", .uiMuted)
      }
      line.add(index == 0 ? " → " : ", ", .uiMuted)
      line.pieces.append(item)
    }
  }

  private static func events(
    _ key: SagaKey, _ context: PaneContext, _ columns: SagaColumns
  ) -> [SagaLine] {
    let types = context.shown.domain.saga(key.saga)?.handledTypes ?? []
    guard !types.isEmpty else { return [] }
    let label = StyledLine(" waits for" + .spaces(gap(columns)), .uiMuted)
    let room = columns.width - 1
    var lines: [StyledLine] = []
    var line = label
    for type in types {
      let name = PaneText.data(type.text, limit: 60)
      if line.width > label.width, line.width + 2 + name.width > room {
        lines.append(line)
        line = StyledLine(.spaces(label.width))
      }
      if line.width > label.width { line.add(.spaces(2)) }
      line.add(name, .kindEvent)
    }
    return (lines + [line]).map { text in
      var wide = SagaLine.wide(text)
      wide.isRest = true
      return wide
    }
  }
}
