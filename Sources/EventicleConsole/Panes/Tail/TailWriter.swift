import EventicleCore

/// Lays out the rows of the tail.
struct TailWriter {
  private let columns: TailColumns
  private let domain: Domain
  private let matches: TailMatches
  private let sideways: Int

  /// Creates a writer for these columns.
  init(_ state: TailModel, _ domain: Domain, _ columns: TailColumns) {
    self.columns = columns
    self.domain = domain
    matches = TailMatches(state)
    sideways = state.sideways
  }

  /// The column heads.
  var head: StyledLine {
    var line = StyledLine()
    line.add(.spaces(TailColumns.gutter))
    for (name, width) in [
      ("#", columns.position), ("time", columns.time), ("stream", columns.stream),
      ("type", columns.type), ("id", columns.id), ("by", columns.by),
    ] as [(DisplayText, Int)] {
      if name == "stream", columns.isWide { line.add(" ") }
      line.add(name, .uiMuted, columns: width, alignment: name == "#" ? .right : .left)
      line.add(" ")
    }
    line.add("delivered to", .uiMuted, columns: columns.deliveries)
    return line
  }

  /// The line of a row.
  func line(_ row: TailRowFacts, isMarked: Bool) -> StyledLine {
    var line = StyledLine()
    if case .idle(let length) = row.content {
      let text = PaneText.data(length.brief)
      line.add("  ╌╌ ", .timeIdle)
      line.add("\(text) idle ", .timeIdle)
      line.add(
        DisplayText(repeating: "╌", count: max(2, columns.all - text.width - 12)), .timeIdle)
      return line
    }
    line.add(isMarked ? "►" : " ", .timeCursor)
    line.add(row.hasFailed ? "✗" : " ", .statusError)
    let rest = content(row).dropping(columns: sideways)
    line.pieces += rest.pieces
    return line
  }

  private func content(_ row: TailRowFacts) -> StyledLine {
    var line = StyledLine()
    switch row.content {
    case .event(let position, let event, let depth):
      line.add("#\(position.number)", .uiText, columns: columns.position, alignment: .right)
      line.add(" ")
      line.add(time(row.instant), .uiMuted, columns: columns.time)
      line.add(columns.isWide ? " ▌" : "▌", PaneText.role(of: event.stream, domain))
      line.add(
        PaneText.data(event.stream.text, limit: columns.stream), .uiText, columns: columns.stream)
      line.add(" ")
      addType(event.type, depth: depth, to: &line)
      line.add(" ")
      let id = event.domainID?.text ?? ""
      add(matches.pieces(of: id, .id, .uiText, limit: columns.id), columns.id, to: &line)
      addEnd(row, to: &line)
    case .note(let letter, let role, let word, let text, let rest):
      line.add(letter, role, columns: columns.position, alignment: .right)
      line.add(" ")
      line.add(time(row.instant), .uiMuted, columns: columns.time)
      line.add(columns.isWide ? "  " : " ")
      line.add(word, row.hasFailed ? .statusError : role, columns: columns.stream)
      line.add(" ")
      if row.hasFailed {
        line.add(text, role)
        line.add(rest, .statusError)
      } else {
        let room = columns.afterStream - rest.width - 2
        line.add(text, role, columns: max(text.width, min(columns.type, room)))
        line.add(" ")
        line.add(rest, .kindSaga)
      }
    case .idle, .nothing: break
    }
    return line
  }

  private func time(_ instant: Instant) -> DisplayText {
    let civil = CivilTime(instant)
    return DisplayText(sanitising: columns.isWide ? civil.timeText : civil.secondsText)
  }

  private func addType(_ type: EventType, depth: Int, to line: inout StyledLine) {
    let indent = min(depth, max(0, columns.type - 1))
    if indent > 0 {
      line.add(.spaces(indent - 1) + "└", .uiMuted)
    }
    let width = columns.type - indent
    add(matches.pieces(of: type.text, .type, .kindEvent, limit: width), width, to: &line)
  }

  private func addEnd(_ row: TailRowFacts, to line: inout StyledLine) {
    line.add(" ")
    if let by = row.by {
      let text = by.text.width > columns.by ? Self.shortened(by.text) : by.text
      let shown = text.padded(to: columns.by)
      let isNamed = shown.width > 2 && shown.prefix(columns: 2).string.hasSuffix(" ")
      line.add(shown.prefix(columns: isNamed ? 1 : 0), by.style.role)
      line.add(shown.dropping(columns: isNamed ? 1 : 0), .uiMuted)
    }
    guard columns.isWide else { return }
    line.add(" ")
    let long = Self.deliveries(row.deliveries, isLong: true)
    let short = Self.deliveries(row.deliveries, isLong: false)
    line.pieces += (long.width <= columns.deliveries ? long : short).pieces
  }

  /// A saga's name without the suffix that all sagas share.
  private static func shortened(_ text: DisplayText) -> DisplayText {
    text.string.hasSuffix("Saga") ? text.prefix(columns: text.width - 4) : text
  }

  private func add(_ pieces: [StyledPiece], _ width: Int, to line: inout StyledLine) {
    line.pieces += pieces
    let used = pieces.reduce(0) { $0 + $1.text.width }
    if used < width { line.add(.spaces(width - used)) }
  }

  // MARK: - Deliveries

  /// The outcomes of an event's deliveries: `V✓ V· S✓started X✗`.
  static func deliveries(_ rows: [DeliveryRow], isLong: Bool) -> StyledLine {
    var line = StyledLine()
    for row in rows {
      if !line.pieces.isEmpty { line.add(" ") }
      line.add(PaneText.data(row.consumer.kind.letter), row.consumer.kind.role)
      switch row.state {
      case .made(.handled): line.add("✓", .statusOk)
      case .made(.started): line.add(isLong ? "✓started" : "✓", .statusOk)
      case .made(.ignored), .made(.duplicate): line.add("·", .uiMuted)
      case .made(.retrying): line.add("↻", .statusPending)
      case .made(.failed), .made(.skipped), .made(.stopped): line.add("✗", .statusError)
      case .queued, .made(.offered): line.add("…", .statusPending)
      case .ahead: line.add("┄", .timeFuture)
      }
    }
    return line
  }
}
