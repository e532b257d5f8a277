import EventicleCore
import EventicleWorkbench

/// The conversation as a sequence: a column for each who takes part, a row for each message.
struct FlowLanes {
  private let reading: FlowReading
  private let texts: FlowTexts
  private let columns: Int
  /// The columns from one lane to the next.
  private let step: Int
  /// How many lanes have room.
  let shown: Int

  private static let time = 9
  /// The fewest columns of a lane, and the most.
  private static let least = 15
  private static let most = 30

  private var lanes: [ConversationLanes.Lane] { reading.lanes.lanes }

  /// Creates the lanes for a width.
  init(_ reading: FlowReading, _ moment: MomentView, columns: Int) {
    self.reading = reading
    self.columns = columns
    texts = FlowTexts(moment)
    let room = max(0, columns - 1 - Self.time)
    let count = max(1, reading.lanes.lanes.count)
    let width = room / count
    if width >= Self.least {
      (shown, step) = (count, min(width, Self.most))
    } else {
      // One more column says how many have none.
      shown = max(1, min(count, (room - 4) / Self.least))
      step = max(1, (room - 4) / shown)
    }
  }

  /// The column of a lane's line.
  private func column(of lane: Int) -> Int { 2 + lane * step }

  /// The first column right of the lanes.
  private var end: Int { max(0, columns - Self.time) }

  // MARK: - Heads

  /// Draws the names of those who take part, and below them which instance each is.
  func drawHeads(on canvas: inout Canvas) {
    for (place, lane) in lanes.prefix(shown).enumerated() {
      let point = Point(column: column(of: place) - 1, row: 0)
      let letter: DisplayText =
        lane.kind.letter.isEmpty ? "" : PaneText.data(lane.kind.letter) + " "
      canvas.put(
        letter + PaneText.data(lane.name, limit: step), at: point,
        style: CellStyle(Self.role(of: lane.kind)), columns: step - 1)
      guard let key = lane.instance else { continue }
      canvas.put(
        PaneText.correlation(of: key, texts.moment), at: point.offset(columns: 2, rows: 1),
        style: CellStyle(.uiMuted), columns: step - 3)
    }
    guard lanes.count > shown else { return }
    let text: DisplayText = "+\(lanes.count - shown)"
    canvas.put(
      text, at: Point(column: max(0, end - text.width), row: 0), style: CellStyle(.uiMuted))
  }

  private static func role(of kind: ConversationLanes.Kind) -> StyleRole {
    switch kind {
    case .person: .kindCommand
    case .outside, .stream: .uiText
    case .aggregate: .kindAggregate
    case .saga: .kindSaga
    case .view: .kindView
    case .adapter: .kindExternal
    }
  }

  // MARK: - Rows

  /// Draws one line of the sequence.
  func draw(
    _ item: Int, below above: Int?, isHere: Bool, row: Int, on canvas: inout Canvas
  ) {
    guard case .row(let line) = reading.lanes.items[item] else {
      if case .idle(let length) = reading.lanes.items[item] {
        drawIdle(length, item, row, on: &canvas)
      }
      return
    }
    let node = reading.conversation.nodes[line.node]
    let isLater = node.isLater(than: texts.moment)
    drawLines(item, isLater: isLater, row, on: &canvas)
    if let from = line.from {
      drawArrow(from: from, to: line.to, node, isLater, row, on: &canvas)
    } else {
      drawOwn(line.to, node, isLater, row, on: &canvas)
    }
    if above.flatMap({ instant(of: $0) }) != node.instant {
      let time = FlowTexts.time(node.instant, after: reading.conversation.start)
      canvas.put(
        time, at: Point(column: max(0, columns - time.width), row: row),
        style: CellStyle(isLater ? .timeFuture : .uiMuted))
    }
    if isHere {
      canvas.put("►", at: Point(column: 0, row: row), style: CellStyle(.timeCursor))
    } else if isLater {
      canvas.put("┊", at: Point(column: 0, row: row), style: CellStyle(.timeFuture))
    }
  }

  private func instant(of item: Int) -> Instant? {
    if case .row(let line) = reading.lanes.items[item] {
      reading.conversation.nodes[line.node].instant
    } else {
      nil
    }
  }

  private func drawIdle(_ length: Interval, _ item: Int, _ row: Int, on canvas: inout Canvas) {
    canvas.hline(
      at: Point(column: 2, row: row), columns: max(0, end - 3), style: CellStyle(.timeIdle),
      glyph: "╌")
    canvas.put(
      " " + PaneText.data(length.brief) + " nothing happens ", at: Point(column: 6, row: row),
      style: CellStyle(.timeIdle), columns: max(0, end - 8))
    let next = reading.lanes.items[(item + 1)...].first
    if case .row(let line) = next,
      reading.conversation.nodes[line.node].isLater(than: texts.moment)
    {
      canvas.put("┊", at: Point(column: 0, row: row), style: CellStyle(.timeFuture))
    }
  }

  /// The lines of those who have joined in.
  private func drawLines(_ item: Int, isLater: Bool, _ row: Int, on canvas: inout Canvas) {
    for lane in 0..<shown where reading.lanes.starts[lane] <= item {
      canvas.put(
        isLater ? "┊" : "│", at: Point(column: column(of: lane), row: row),
        style: CellStyle(isLater ? .timeFuture : .uiBorder))
    }
  }

  /// What a participant does by itself: its name right of the line.
  private func drawOwn(
    _ lane: Int, _ node: Conversation.Node, _ isLater: Bool, _ row: Int, on canvas: inout Canvas
  ) {
    guard lane < shown else {
      var text = name(of: lanes[lane])
      text.add(": ", .uiMuted)
      text.add(label(node))
      return drawAtEdge(text, isLater, row, on: &canvas)
    }
    let place = column(of: lane)
    var text = StyledLine(sign(node), FlowTexts.role(of: node))
    text.add(label(node))
    canvas.put(
      faded(text, isLater), at: Point(column: place, row: row), columns: max(0, end - place - 1))
  }

  private func sign(_ node: Conversation.Node) -> DisplayText {
    switch node.kind {
    case .append, .imported: "●"
    case .sagaEnded: "■"
    default: "├ "
    }
  }

  /// An arrow from one lane to another, with what it brings.
  private func drawArrow(
    from: Int, to: Int, _ node: Conversation.Node, _ isLater: Bool, _ row: Int,
    on canvas: inout Canvas
  ) {
    let isForward = to > from
    let (left, right) = isForward ? (from, to) : (to, from)
    guard left < shown else {
      var text = name(of: lanes[from])
      text.add(" → ", .uiMuted)
      text.add(name(of: lanes[to]))
      return drawAtEdge(text, isLater, row, on: &canvas)
    }
    let first = column(of: left) + 1
    let last = right < shown ? column(of: right) - 1 : end - 2
    guard last - first >= 2 else { return }
    let line = CellStyle(isLater ? .timeFuture : .uiMuted)
    canvas.hline(
      at: Point(column: first, row: row), columns: last - first + 1, style: line, glyph: "─")
    for lane in (left + 1)..<max(left + 1, min(right, shown))
    where reading.lanes.starts[lane] <= reading.lanes.items.count {
      canvas.put("┼", at: Point(column: column(of: lane), row: row), style: line)
    }
    let head = isForward ? last : first
    canvas.put(isForward ? "►" : "◄", at: Point(column: head, row: row), style: line)
    var text = label(node)
    if right >= shown {
      text.add(isForward ? " → " : " from ", .uiMuted)
      text.add(name(of: lanes[right]))
    }
    // Without room for the line on both sides the text stands between the ends alone.
    let isTight = text.width > last - first - 2
    let start = first + (isForward ? 0 : 1) + (isTight ? 0 : 1)
    canvas.put(
      faded(text, isLater), at: Point(column: start, row: row),
      columns: max(0, (isForward ? last : last + 1) - start - (isTight ? 0 : 1)))
    guard right < shown || !isForward else { return }
    drawArrival(at: to, node, isLater, row, on: &canvas)
  }

  /// What a message did to the one it came to, right of its line.
  private func drawArrival(
    at lane: Int, _ node: Conversation.Node, _ isLater: Bool, _ row: Int, on canvas: inout Canvas
  ) {
    guard lane < shown, case .delivery(_, _, _, let outcome) = node.kind else { return }
    // To the right of an arrow that comes from there is the arrow itself.
    guard canvas[Point(column: column(of: lane) + 1, row: row)].glyph == .space else { return }
    var text = StyledLine()
    if let state = node.state {
      text.add(" → " + PaneText.data(state, limit: 40))
    } else if outcome == .started {
      text.add(" started", .uiMuted)
    }
    let room = (lane + 1 < shown ? step : end - column(of: lane)) - 2
    canvas.put(
      faded(text, isLater), at: Point(column: column(of: lane) + 1, row: row), columns: room)
  }

  private func drawAtEdge(
    _ text: StyledLine, _ isLater: Bool, _ row: Int, on canvas: inout Canvas
  ) {
    let start = max(column(of: 0) + 2, end - 1 - text.width)
    canvas.fill(Rect(column: start - 1, row: row, columns: end - start, rows: 1))
    canvas.put(
      faded(text, isLater), at: Point(column: start, row: row), columns: max(0, end - 1 - start))
  }

  // MARK: - Words

  private func name(of lane: ConversationLanes.Lane) -> StyledLine {
    let letter: DisplayText = lane.kind.letter.isEmpty ? "" : PaneText.data(lane.kind.letter) + " "
    return StyledLine(letter + PaneText.data(lane.name, limit: 40), Self.role(of: lane.kind))
  }

  /// What a message says: of a delivery the event that it brings, of anything else its name.
  private func label(_ node: Conversation.Node) -> StyledLine {
    switch node.kind {
    case .delivery(let position, _, _, let outcome):
      var line = StyledLine()
      if outcome.problem != nil { line.add("✗ ", .statusError) }
      line.add("#\(position.number)", .uiMuted)
      if let type = texts.moment.log.type(at: position) {
        line.add(" " + PaneText.data(type.text, limit: 40), .kindEvent)
      }
      return line
    case .acted(let position, _, _):
      var line = StyledLine("* ", .uiHintKey)
      line.add("#\(position.number)", .uiMuted)
      return line
    case .sagaEnded: return StyledLine(" ended", .statusEnded)
    case .append, .imported:
      var line = texts.title(of: node)
      // The sign of a fact stands for its letter.
      line.pieces.removeFirst()
      return line
    default: return texts.title(of: node)
    }
  }

  private func faded(_ line: StyledLine, _ isLater: Bool) -> StyledLine {
    isLater ? StyledLine(line.pieces.map(\.later)) : line
  }
}
