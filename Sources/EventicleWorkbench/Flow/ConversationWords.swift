package import EventicleCore

/// The words for a node of a conversation, the same on a screen, in JSON and in a diagram.
package struct ConversationWords: Sendable {
  private let moment: MomentView

  /// Creates the words for the record around a moment.
  package init(_ moment: MomentView) { self.moment = moment }

  /// What it was, without the letter of its kind: `PlaceOrder`, `#4 PaymentDeclined`,
  /// `PaymentSaga order-1`, `retry`.
  package func name(of node: Conversation.Node) -> String {
    switch node.kind {
    case .command(let type, _, _, _): type
    case .append(let position, let type), .imported(let position, let type): "\(position) \(type)"
    case .delivery(_, let consumer, let instance, _):
      instance.map { saga(SagaKey(consumer.name, $0)) } ?? consumer.name
    case .acted(_, let consumer, _): consumer.name
    case .timerArmed(let key, _, let schedule, _): "\(key.name) \(schedule.brief)"
    case .timerCancelled(let key), .timerFired(let key, _, _): key.name
    case .sagaEnded(let key, _), .sagaIntervention(let key, _, _): saga(key)
    case .clock: "clock"
    case .group(let group, _): group.text
    case .parkedEdited(let number), .parkedDropped(let number): "parked \(number)"
    case .trimmed(let stream, _): stream.text
    case .trouble: "trouble"
    }
  }

  /// What became of it, where the name does not say: `started`, `armed`, `refused`; empty for what
  /// went as one expects.
  package func fate(of node: Conversation.Node) -> String {
    switch node.kind {
    case .command(_, _, _, let outcome): fate(of: outcome)
    case .append: ""
    case .imported: "imported"
    case .delivery(_, _, _, let outcome): fate(of: outcome)
    case .acted(_, _, let act): Self.word(for: act)
    case .timerArmed(_, _, _, let again): again ? "armed again" : "armed"
    case .timerCancelled: "off"
    case .timerFired(_, _, let outcome): outcome.problem == nil ? "fired" : "failed"
    case .sagaEnded(_, let kept): kept ? "ended" : "ended and removed"
    case .sagaIntervention(_, let intervention, _):
      intervention == .corrected ? "corrected by hand" : "ended by hand"
    case .clock(_, let to): "to \(StepReader.time(to))"
    case .group(_, let action): Self.word(for: action)
    case .parkedEdited: "edited"
    case .parkedDropped: "given up"
    case .trimmed: "trimmed"
    case .trouble: ""
    }
  }

  /// Why something went otherwise, as a sentence; `nil` when nothing did.
  package func reason(of node: Conversation.Node) -> String? {
    switch node.kind {
    case .delivery(_, _, _, .ignored(let reason)): reason
    case .command(_, _, _, .waiting(let reason, _)): reason
    case .sagaIntervention(_, _, let reason): reason
    default: node.kind.problem
    }
  }

  /// The name with what became of it: `PaymentSaga order-1 started`, `timeout 5m armed`.
  package func title(of node: Conversation.Node) -> String {
    [name(of: node), key(of: node, besidesName: true) ?? "", fate(of: node)]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The id or the key that it is about: of an event its aggregate's id, of a saga or a timer that
  /// by which events find the instance.
  ///
  /// - Parameter besidesName: Whether only what its name does not have counts.
  package func key(of node: Conversation.Node, besidesName: Bool = false) -> String? {
    switch node.kind {
    case .append(let position, _), .imported(let position, _):
      return moment.log.domainID(at: position)?.text
    case .delivery(_, let consumer, let instance?, _):
      return besidesName ? nil : correlation(of: SagaKey(consumer.name, instance))
    case .sagaEnded(let key, _), .sagaIntervention(let key, _, _):
      return besidesName ? nil : correlation(of: key)
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      return besidesName ? nil : correlation(of: key.owner)
    default: return nil
    }
  }

  /// `PaymentSaga order-1`, by the value that events find the instance with.
  package func saga(_ key: SagaKey) -> String { "\(key.saga) \(correlation(of: key))" }

  private func correlation(of key: SagaKey) -> String {
    moment.timeline.head.sagas.instance(key)?.correlation ?? key.instanceID
  }

  // MARK: - Outcomes

  private func fate(of outcome: CommandOutcome) -> String {
    switch outcome {
    case .done: ""
    case .reported: "done, but reported"
    case .rejected: "refused"
    case .failed: "failed"
    case .waiting(_, let until): "waits for a lock until \(StepReader.time(until))"
    }
  }

  private func fate(of outcome: StepOutcome) -> String {
    switch outcome {
    case .handled: ""
    case .started: "started"
    case .ignored: "ignored"
    case .duplicate: "handled before"
    case .offered(let attempt, _): "at work, attempt \(attempt)"
    case .failed: "failed, parked"
    case .retrying(_, let attempt, _): "failed, attempt \(attempt)"
    case .skipped: "failed, skipped"
    case .stopped: "failed, stopped"
    }
  }

  private static func word(for act: DeliveryAct) -> String {
    switch act {
    case .deliver: "delivered by you"
    case .delay(let until): "delayed by you until \(StepReader.time(until))"
    case .drop: "dropped by you"
    case .duplicate: "doubled by you"
    case .crash: "acknowledgement lost by you"
    }
  }

  private static func word(for action: GroupAction) -> String {
    switch action {
    case .subscribed(let position): "subscribed after \(position)"
    case .paused: "paused"
    case .resumed: "resumed"
    case .moved(let position): "moved to after \(position)"
    case .rebuilt(let rows): "rebuilt, \(rows) rows replaced"
    case .migrated(let instances): "taken over, \(instances) instances"
    case .closed: "closed"
    case .deleted: "deleted"
    }
  }
}
