import EventicleCore
import EventicleWorkbench

/// The words for the nodes of a conversation in the colours of their kinds.
struct FlowTexts {
  let moment: MomentView
  private let words: ConversationWords

  init(_ moment: MomentView) {
    self.moment = moment
    words = ConversationWords(moment)
  }

  /// The colour of a node's kind.
  static func role(of node: Conversation.Node) -> StyleRole {
    switch node.kind {
    case .command: .kindCommand
    case .append, .imported: .kindEvent
    case .delivery(_, let consumer, _, _), .acted(_, let consumer, _): consumer.kind.role
    case .timerArmed, .timerCancelled, .timerFired, .clock: .kindTimer
    case .sagaEnded, .sagaIntervention: .kindSaga
    case .group, .parkedEdited, .parkedDropped, .trimmed, .trouble: .kindExternal
    }
  }

  /// How bad the news of a node is.
  func severity(of node: Conversation.Node) -> Severity? { Severity(node.kind, in: moment.domain) }

  /// The letter and the name: `E #4 ▼PaymentDeclined`.
  func name(of node: Conversation.Node) -> StyledLine {
    let role = Self.role(of: node)
    var line = StyledLine(PaneText.data(node.letter + " "), role)
    switch node.kind {
    case .append(let position, let type), .imported(let position, let type):
      line.add("#\(position.number) ", .uiMuted)
      if let severity = severity(of: node) { line.add(severity.mark, severity.role) }
      line.add(PaneText.data(type.text, limit: 60), role)
    default: line.add(PaneText.data(words.name(of: node), limit: 60), role)
    }
    return line
  }

  /// The name, whom it is about, what became of it, and the sentence of what went wrong.
  func title(of node: Conversation.Node) -> StyledLine {
    var line = name(of: node)
    if let key = words.key(of: node, besidesName: true) {
      line.add(" " + PaneText.data(key, limit: 40))
    }
    line.add(fate(of: node))
    if let state = node.state { line.add(" → " + PaneText.data(state, limit: 40)) }
    if node.isByUser, node.depth > 0 { line.add(" by you", .uiMuted) }
    return line
  }

  /// What became of a node: ` started`, ` ! refused: the sentence`.
  private func fate(of node: Conversation.Node) -> StyledLine {
    let fate = PaneText.data(words.fate(of: node), limit: 60)
    var line = StyledLine()
    guard !fate.isEmpty || node.kind.problem != nil else { return line }
    if let problem = node.kind.problem {
      let severity = severity(of: node) ?? .failed
      line.add(" " + severity.mark + " " + fate, severity.role)
      line.add((fate.isEmpty ? "" : ": ") + PaneText.data(problem), severity.role)
      return line
    }
    switch node.kind {
    case .acted: line.add(" * " + fate, .uiHintKey)
    case .sagaEnded: line.add(" ■ " + fate, .statusEnded)
    case .delivery(_, _, _, .offered), .command(_, _, _, .waiting):
      line.add(" " + fate, .statusPending)
    default: line.add(" " + fate, .uiMuted)
    }
    if let reason = words.reason(of: node) { line.add(": " + PaneText.data(reason), .uiMuted) }
    return line
  }

  /// When it was after the beginning: `+2s`.
  static func time(_ instant: Instant, after start: Instant) -> DisplayText {
    let since = instant - start
    return (since.milliseconds > 0 ? "+" : "") + PaneText.data(since.brief)
  }

  /// What came of it, in few words: the stream of an event, the numbers of what a step did.
  ///
  /// - Parameter end: When a timer was called off by another conversation; `nil` while it was not.
  func outcome(
    of node: Conversation.Node, effects: [Conversation.Node], end: Instant?, isRoomy: Bool
  ) -> StyledLine {
    switch node.kind {
    case .append(let position, _), .imported(let position, _):
      var line = StyledLine()
      if isRoomy, let stream = moment.log.stream(at: position) {
        line.add("▌", PaneText.role(of: stream, moment.domain))
        line.add(PaneText.data(stream.logical.text, limit: 20), .uiMuted)
      }
      guard effects.isEmpty, case .append(_, let type) = node.kind else { return line }
      let waits = isHandled(position, type)
      line.add(
        (line.isEmpty ? "" : "  ") + (waits ? "waiting" : "nobody"),
        waits ? .statusPending : .uiMuted)
      return line
    case .timerArmed(_, let due, _, _):
      if let end {
        return StyledLine("off " + Self.time(end, after: node.instant) + " later", .uiMuted)
      }
      return StyledLine(
        "due " + PaneText.data(TimeText.due(due, from: node.instant)), .uiMuted)
    default: return StyledLine(counts(of: effects, after: node), .uiMuted)
    }
  }

  /// Whether some consumer handles an event.
  private func isHandled(_ position: Position, _ type: EventType) -> Bool {
    guard let stream = moment.log.stream(at: position) else { return false }
    return moment.domain.listeners(to: stream).contains { moment.domain.handles($0, type) }
  }

  /// `2 events`, `1 command · 1 timer`; `ok` for a command that only succeeded.
  private func counts(
    of effects: [Conversation.Node], after node: Conversation.Node
  ) -> DisplayText {
    var (commands, events, timers) = (0, 0, 0)
    for effect in effects {
      switch effect.kind {
      case .command: commands += 1
      case .append, .imported: events += 1
      case .timerArmed: timers += 1
      default: break
      }
    }
    var text = DisplayText.empty
    for (count, word) in [
      (commands, "command"), (events, "event"), (timers, "timer"),
    ] as [(Int, DisplayText)] where count > 0 {
      if !text.isEmpty { text += " · " }
      text += "\(count) " + word + (count == 1 ? "" : "s")
    }
    if text.isEmpty, case .command(_, _, _, .done) = node.kind { return "ok" }
    return text
  }
}
