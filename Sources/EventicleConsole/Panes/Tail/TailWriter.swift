import EventicleCore

/// Lays out the rows of the tail.
struct TailWriter {
  private let columns: TailColumns
  private let domain: Domain
  private let matches: TailMatches
  private let sideways: Int
  private let time: TailForm.Time
  /// The rows that the selected one comes from and leads to.
  private let links: TailLinks

  /// Creates a writer for these columns.
  init(_ state: TailModel, _ moment: MomentView, _ columns: TailColumns, _ links: TailLinks) {
    self.columns = columns
    self.links = links
    domain = moment.domain
    matches = TailMatches(state)
    sideways = state.sideways
    time = state.form.time
  }

  /// The column heads.
  var head: StyledLine {
    var line = StyledLine(.spaces(1))
    line.add("#", .uiMuted, columns: columns.position, alignment: .right)
    line.add(" ")
    if columns.time > 0 { line.add(time.head, .uiMuted, columns: columns.time + 1) }
    let stream: DisplayText = columns.showsStreams ? "stream" : ""
    line.add(.spaces(columns.showsStreams ? 2 : 1))
    line.add(stream, .uiMuted, columns: columns.stream + 1)
    if columns.place > 0 { line.add("place", .uiMuted, columns: columns.place + 1) }
    line.add(" ")
    line.add("event", .uiMuted, columns: columns.type)
    for (name, width) in [
      ("id", columns.id), ("because", columns.because), ("reacted", columns.reacted),
    ] as [(DisplayText, Int)] where width > 0 {
      line.add(" ")
      line.add(name, .uiMuted, columns: width)
    }
    return line
  }

  /// The line of a row.
  ///
  /// - Parameters:
  ///   - above: The row above it, whose time need not be said again.
  ///   - isHere: Whether it is the selected row.
  func line(_ row: TailRowFacts, below above: TailRowFacts?, isHere: Bool) -> StyledLine {
    var line = edge(row, isHere: isHere)
    let content: StyledLine =
      switch row.content {
      case .idle(let length): idle(length)
      case .folded(let gap, let moment): folded(gap, moment)
      case .sentence(let severity, let text): sentence(severity, text)
      case .remark(let text):
        StyledLine(.spaces(columns.position + 1) + "── " + text + " ──", .statusWarn)
      default: self.content(row, below: above)
      }
    line.pieces += content.dropping(columns: sideways).pieces
    return line
  }

  private func edge(_ row: TailRowFacts, isHere: Bool) -> StyledLine {
    if isHere { return StyledLine("►", .timeCursor) }
    if case .folded = row.content { return StyledLine("▸", .uiMuted) }
    if case .event(let position, _) = row.content {
      if links.causes.contains(position) { return StyledLine("↑", .timeCursor) }
      if links.effects.contains(position) { return StyledLine("↓", .timeCursor) }
    }
    if row.isStop { return StyledLine("●", .statusError) }
    return row.isLater ? StyledLine("┊", .timeFuture) : StyledLine(" ")
  }

  private func idle(_ length: Interval) -> StyledLine {
    StyledLine(
      .spaces(columns.position + 1) + "╌╌╌╌ " + PaneText.data(length.brief)
        + " nothing happens ╌╌╌╌", .timeIdle)
  }

  /// `24 events`, and with the moment among them `─ #7, folded ─`.
  private func folded(_ gap: TailHits.Gap, _ moment: DisplayText?) -> StyledLine {
    let (number, word): (Int32, DisplayText) =
      gap.events > 0 ? (gap.events, "event") : (gap.rows, "row")
    let count = DisplayText(number) + " " + word + (number == 1 ? "" : "s")
    guard let moment else {
      return StyledLine(.spaces(columns.position + 1) + count, .uiMuted)
    }
    var line = StyledLine("─ " + moment + ", folded ─", .timeCursor)
    line.add("  " + count, .uiMuted)
    return line
  }

  private func sentence(_ severity: Severity, _ text: DisplayText) -> StyledLine {
    let place = columns.position + 1 + (columns.time > 0 ? columns.time + 1 : 0) + 2
    let text = severity.mark + " " + text
    let room = columns.all - 1
    return StyledLine(
      .spaces(max(1, min(place + 4, room - text.width))) + text.truncated(to: room),
      severity.role)
  }

  private func content(_ row: TailRowFacts, below above: TailRowFacts?) -> StyledLine {
    var line = StyledLine()
    switch row.content {
    case .event(let position, let event):
      line.add("\(position.number)", .uiText, columns: columns.position, alignment: .right)
      line.add(" ")
      addTime(row, above, to: &line)
      let word = PaneText.data(event.stream.text, limit: 40)
      let role = PaneText.role(of: event.stream, domain)
      addStream(word, role, row, place: event, to: &line)
      var type = matches.pieces(of: event.type.text, .type, .kindEvent, limit: columns.type)
      var id = matches.pieces(
        of: event.domainID?.text ?? "", .id, .uiText, limit: columns.id)
      mark(&type, &id, row)
      add(type, columns.type, to: &line)
      if columns.id > 0 {
        line.add(" ")
        add(id, columns.id, to: &line)
      }
    case .note(let letter, let role, let word, let name, let id):
      line.add(letter, role, columns: columns.position, alignment: .right)
      line.add(" ")
      addTime(row, above, to: &line)
      addStream(word, nil, row, to: &line)
      add(
        [StyledPiece(name, role, overlay: row.isHit == true ? .uiMatch : nil)], columns.type,
        to: &line)
      if columns.id > 0 {
        line.add(" ")
        line.add(id, .uiText, columns: columns.id)
      }
    case .idle, .sentence, .folded, .remark, .nothing: return line
    }
    addEnd(row, to: &line)
    return line
  }

  /// Underlines a hit somewhere, also when what was found is not among what is shown, and nothing
  /// else.
  private func mark(
    _ type: inout [StyledPiece], _ id: inout [StyledPiece], _ row: TailRowFacts
  ) {
    guard row.isHit == true else {
      type = type.map { StyledPiece($0.text, $0.style.role) }
      id = id.map { StyledPiece($0.text, $0.style.role) }
      return
    }
    guard !(type + id).contains(where: { $0.style.overlay == .uiMatch }) else { return }
    type = type.map { StyledPiece($0.text, $0.style.role, overlay: .uiMatch) }
  }

  private func addTime(
    _ row: TailRowFacts, _ above: TailRowFacts?, to line: inout StyledLine
  ) {
    guard columns.time > 0 else { return }
    guard time == .ofDay else {
      let text = row.since.map { PaneText.data(($0.milliseconds < 0 ? "" : "+") + $0.brief) }
      line.add((text ?? .empty).truncated(to: columns.time), .uiText, columns: columns.time)
      line.add(" ")
      return
    }
    let text = Self.time(row.instant)
    let isKnown = above.map { $0.isEvent && Self.time($0.instant) == text } ?? false
    line.add(isKnown ? .empty : text, .uiText, columns: columns.time)
    line.add(" ")
  }

  private static func time(_ instant: Instant) -> DisplayText {
    DisplayText(sanitising: CivilTime(instant).timeText).prefix(columns: 8)
  }

  /// The bracket of the step, the stream and the mark.
  private func addStream(
    _ word: DisplayText, _ block: StyleRole?, _ row: TailRowFacts, place event: Event? = nil,
    to line: inout StyledLine
  ) {
    let bracket: DisplayText =
      switch row.bracket {
      case .first: "┌"
      case .inner: "├"
      case .last: "└"
      case nil: " "
      }
    line.add(bracket, .uiMuted)
    if columns.showsStreams {
      if let block { line.add("▌", block) } else { line.add(" ") }
      line.add(word, .uiText, columns: columns.stream)
    } else {
      line.add(word.prefix(columns: columns.stream), block ?? .uiMuted, columns: columns.stream)
    }
    line.add(" ")
    if columns.place > 0 {
      let place = event.map { TailPlace.text($0) } ?? .empty
      line.add(place.truncated(to: columns.place), .uiMuted, columns: columns.place)
      line.add(" ")
    }
    if let severity = row.severity {
      line.add(severity.mark, severity.role)
    } else {
      line.add(" ")
    }
  }

  private func addEnd(_ row: TailRowFacts, to line: inout StyledLine) {
    for (long, short, isLong, width) in [
      (row.because.long, row.because.short, columns.namesCauses, columns.because),
      (row.reacted.long, row.reacted.short, columns.namesReactions, columns.reacted),
    ] where width > 0 {
      line.add(" ")
      let text = isLong && long.width <= width ? long : short
      add(text.pieces, width, to: &line)
    }
  }

  private func add(_ pieces: [StyledPiece], _ width: Int, to line: inout StyledLine) {
    var rest = width
    for piece in pieces where rest > 0 {
      let text = piece.text.width > rest ? piece.text.truncated(to: rest) : piece.text
      line.pieces.append(StyledPiece(text, style: piece.style))
      rest -= text.width
    }
    if rest > 0 { line.add(.spaces(rest)) }
  }
}

extension TailRowFacts {
  /// Whether the row has a time of its own.
  fileprivate var isEvent: Bool {
    switch content {
    case .event, .note: true
    case .sentence, .idle, .folded, .remark, .nothing: false
    }
  }
}
