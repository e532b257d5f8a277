import EventicleCore
import EventicleWorkbench

/// The conversation over time: a row for each group, from its beginning to its end.
struct FlowGantt {
  private let reading: FlowReading
  private let texts: FlowTexts
  private let now: Instant
  private let columns: Int
  /// The columns of the names, and of the words at the right.
  private let label: Int
  private let note: Int
  private let axis: FlowAxis

  private var nodes: [Conversation.Node] { reading.conversation.nodes }
  /// The first column of the axis.
  private var start: Int { 1 + label + 1 }

  /// Creates the rows for a width.
  init(_ reading: FlowReading, _ context: PaneContext, columns: Int) {
    self.reading = reading
    self.columns = columns
    texts = FlowTexts(context.shown)
    now = context.shown.instant
    label = min(44, max(12, columns * 3 / 10))
    note =
      switch columns {
      case ..<64: 0
      case ..<100: 21
      case ..<150: 22
      default: 30
      }
    axis = FlowAxis(
      reading.conversation.nodes.map(\.instant) + reading.ends.values.map(\.instant),
      columns: columns - 2 - label - (note > 0 ? note + 1 : 0), idle: ConversationLanes.idle)
  }

  /// The column of the moment on the axis; `nil` before the conversation has begun.
  private var here: Int? {
    now < reading.conversation.start ? nil : axis.column(of: now)
  }

  // MARK: - Heads

  /// Draws when each stretch begins, how long the pauses are, and where the moment is.
  func drawHeads(on canvas: inout Canvas) {
    let muted = CellStyle(.uiMuted)
    var free = 0
    for stretch in axis.stretches where !stretch.isIdle {
      guard stretch.columns.lowerBound >= free else { continue }
      let time = FlowTexts.time(stretch.start, after: reading.conversation.start)
      let room = axis.columns - stretch.columns.lowerBound
      canvas.put(
        time, at: Point(column: start + stretch.columns.lowerBound, row: 0), style: muted,
        columns: room)
      free = stretch.columns.lowerBound + time.width + 1
    }
    if !axis.isToScale {
      canvas.put(
        "in order, not to scale", at: Point(column: start, row: 0), style: muted,
        columns: axis.columns)
    }
    canvas.hline(at: Point(column: start, row: 1), columns: axis.columns)
    for stretch in axis.stretches {
      let point = Point(column: start + stretch.columns.lowerBound, row: 1)
      guard stretch.isIdle else {
        canvas.put("┬", at: point, style: CellStyle(.uiBorder))
        continue
      }
      canvas.hline(
        at: point, columns: stretch.columns.count, style: CellStyle(.timeIdle), glyph: "╌")
      let length = PaneText.data((stretch.end - stretch.start).brief)
      let inset = (stretch.columns.count - length.width) / 2
      guard inset >= 1 else { continue }
      canvas.put(length, at: point.offset(columns: inset), style: CellStyle(.timeIdle))
    }
    guard let here else { return }
    canvas.put("◆", at: Point(column: start + here, row: 1), style: CellStyle(.timeCursor))
  }

  // MARK: - Rows

  /// Draws a group.
  ///
  /// - Parameter mark: Which of its marks is the moment; `nil` for a row that is not.
  func draw(_ place: Int, mark: Int?, row: Int, on canvas: inout Canvas) {
    let span = reading.spans.spans[place]
    let isLater = span.marks.first.map { nodes[$0].isLater(than: texts.moment) } ?? false
    let name = faded(name(of: span), isLater)
    canvas.put(name, at: Point(column: 1, row: row), columns: label)
    if let here {
      canvas.put("│", at: Point(column: start + here, row: row), style: CellStyle(.uiBorder))
    }
    drawBar(span, row, on: &canvas)
    for (order, node) in span.marks.enumerated() {
      drawMark(span, order, node, isHere: order == mark, row, on: &canvas)
    }
    if note > 0 {
      canvas.put(
        faded(words(for: span), isLater),
        at: Point(column: columns - note, row: row), columns: note)
    }
    if mark != nil {
      canvas.put("►", at: Point(column: 0, row: row), style: CellStyle(.timeCursor))
    } else if isLater {
      canvas.put("┊", at: Point(column: 0, row: row), style: CellStyle(.timeFuture))
    }
  }

  /// The line between the marks, and to the edge while it goes on.
  private func drawBar(
    _ span: ConversationSpans.Span, _ row: Int, on canvas: inout Canvas
  ) {
    let instants = span.marks.map { nodes[$0].instant }
    guard let begin = instants.min(), let end = instants.max() else { return }
    let first = axis.column(of: begin)
    var last = axis.column(of: end)
    var known = axis.column(of: end)
    switch span.ending {
    case .open: last = axis.columns - 1
    case .elsewhere(_, let instant):
      last = axis.column(of: instant)
      known = last
    case .done, .fired, .off: break
    }
    guard last > first else { return }
    let isRail = if case .timer = span.kind { true } else { false }
    for column in first...last {
      let isAhead = here.map { column > $0 } ?? true
      let isDotted = column > known || isAhead
      let glyph: Glyph =
        if isDotted { "┄" } else if axis.isIdle(column) { "╌" } else { isRail ? "─" : "━" }
      let role = isAhead || column > known ? StyleRole.timeFuture : role(of: span)
      canvas.hline(
        at: Point(column: start + column, row: row), columns: 1, style: CellStyle(role),
        glyph: glyph)
    }
    guard case .elsewhere(let entry, _) = span.ending else { return }
    let isAhead = entry > texts.moment.cursor.entry
    canvas.put(
      "┤", at: Point(column: start + last, row: row),
      style: CellStyle(isAhead ? .timeFuture : role(of: span)))
  }

  private func drawMark(
    _ span: ConversationSpans.Span, _ order: Int, _ place: Int, isHere: Bool, _ row: Int,
    on canvas: inout Canvas
  ) {
    let node = nodes[place]
    let column = start + axis.column(of: node.instant)
    let severity = texts.severity(of: node)
    let sign = severity?.mark ?? self.sign(of: node, span, order)
    // Of several at one instant the worst stays, else the last one.
    let isBehind = span.marks[(order + 1)...].contains { nodes[$0].instant == node.instant }
    let isWorst = !span.marks.contains { other in
      nodes[other].instant == node.instant
        && (texts.severity(of: nodes[other])?.rawValue ?? -1) > (severity?.rawValue ?? -1)
    }
    guard isHere || (isWorst && (severity != nil || !isBehind)) else { return }
    let role: StyleRole =
      node.isLater(than: texts.moment)
      ? .timeFuture : severity?.role ?? (isHere ? .timeCursor : self.role(of: span))
    canvas.put(sign, at: Point(column: column, row: row), style: CellStyle(role))
  }

  private func sign(
    of node: Conversation.Node, _ span: ConversationSpans.Span, _ order: Int
  ) -> DisplayText {
    switch (span.kind, node.kind) {
    case (_, .sagaEnded): "■"
    case (.timer, .timerArmed): "├"
    case (.timer, .timerCancelled): "┤"
    default: "●"
    }
  }

  private func role(of span: ConversationSpans.Span) -> StyleRole {
    span.marks.first.map { FlowTexts.role(of: nodes[$0]) } ?? .uiText
  }

  // MARK: - Words

  private func name(of span: ConversationSpans.Span) -> StyledLine {
    guard let first = span.marks.first else { return .empty }
    let node = nodes[first]
    switch span.kind {
    case .timer(let key):
      // It belongs to the saga above it.
      var line = StyledLine("  T " + PaneText.data(key.name, limit: 40), .kindTimer)
      if case .timerArmed(_, _, let schedule, _) = node.kind {
        line.add(" " + PaneText.data(schedule.brief, limit: 20), .uiMuted)
      }
      return line
    case .saga(let key):
      var line = StyledLine("S " + PaneText.data(key.saga, limit: 40), .kindSaga)
      line.add(" " + PaneText.correlation(of: key, texts.moment))
      return line
    case .consumer(let consumer):
      return StyledLine(
        PaneText.data(consumer.kind.letter) + " " + PaneText.data(consumer.name, limit: 40),
        consumer.kind.role)
    case .command, .event, .other: return texts.name(of: node)
    }
  }

  /// What became of a group.
  private func words(for span: ConversationSpans.Span) -> StyledLine {
    // It tells only what has happened; of what is later all, which is dim.
    let all = span.marks.map { nodes[$0] }
    let done = all.filter { !$0.isLater(than: texts.moment) }
    let marks = done.isEmpty ? all : done
    if let problem = marks.first(where: { $0.kind.problem != nil }) {
      let severity = texts.severity(of: problem) ?? .failed
      let word: DisplayText = severity == .refused ? "refused" : "failed"
      return StyledLine(severity.mark + " " + word, severity.role)
    }
    switch span.kind {
    case .command: return StyledLine(count(marks.count - 1, "event"), .uiMuted)
    case .event: return StyledLine()
    case .saga:
      let steps = marks.count { node in
        switch node.kind {
        case .delivery, .timerFired: true
        default: false
        }
      }
      var line = StyledLine(count(steps, "step"), .uiMuted)
      if let state = marks.last(where: { $0.state != nil })?.state {
        line.add(" · ", .uiMuted)
        line.add(PaneText.data(state, limit: 30))
      }
      return line
    case .timer: return timer(span, marks)
    case .consumer: return StyledLine(count(marks.count, "delivery", "deliveries"), .uiMuted)
    case .other: return StyledLine()
    }
  }

  private func timer(
    _ span: ConversationSpans.Span, _ marks: [Conversation.Node]
  ) -> StyledLine {
    let fires = marks.count { if case .timerFired = $0.kind { true } else { false } }
    let isOver = marks.count == span.marks.count
    switch span.ending {
    case .fired where isOver: return StyledLine("fired", .uiMuted)
    case .off where isOver, .done: return StyledLine("off", .uiMuted)
    case .fired, .off: return due(marks[0])
    case .elsewhere(let entry, let instant) where entry <= texts.moment.cursor.entry:
      return StyledLine(
        "off " + FlowTexts.time(instant, after: marks[0].instant) + " later", .uiMuted)
    case .elsewhere: return due(marks[0])
    case .open:
      if fires > 0 { return StyledLine("fired \(fires) times", .uiMuted) }
      return due(marks[0])
    }
  }

  /// `due 09:05:00`, of a timer by what armed it.
  private func due(_ armed: Conversation.Node) -> StyledLine {
    guard case .timerArmed(_, let due, _, _) = armed.kind else { return StyledLine() }
    return StyledLine(
      "due " + PaneText.data(TimeText.due(due, from: armed.instant)), .statusPending)
  }

  private func count(
    _ number: Int, _ one: DisplayText, _ many: DisplayText? = nil
  ) -> DisplayText {
    "\(number) " + (number == 1 ? one : many ?? one + "s")
  }

  private func faded(_ line: StyledLine, _ isLater: Bool) -> StyledLine {
    isLater ? StyledLine(line.pieces.map(\.later)) : line
  }
}
