import EventicleCore

extension Session {
  /// `rebuild sagas`: makes the sagas of the fork in use from its events as facts.
  mutating func rebuildSagas(at span: Span, line: String) throws(LanguageError) -> Reply {
    guard !used.branch.isMain else {
      throw span.error(
        "Sagas are made from the facts in a fork, so that main stays as it is: fork NAME, then "
          + "rebuild sagas.")
    }
    guard !domain.sagas.isEmpty else {
      throw span.error("The domain \(domain.name) declares no saga.")
    }
    let (before, watch, count) = (used, watch, head.log.count)
    let result = used.branch.rebuildingSagas { facts in
      watch.goesOn(WorkProgress("taking the facts", done: facts, of: count))
    }
    guard let result else {
      return Reply(problem: Reply.Problem("Ended by you; nothing is changed."))
    }
    try replaceHistory(
      with: result.branch, from: TimeCursor(entry: JournalIndex(0)), before, line, span)
    return reply(result.report)
  }

  private func reply(_ report: SagaRebuildReport) -> Reply {
    let instances = domain.sagas.reduce(0) { $0 + head.sagas.count(of: $1.name) }
    func title(_ position: Position) -> String {
      let id = head.log.event(at: position)?.domainID.map { " \($0.text)" } ?? ""
      return "\(position) \(head.log.type(at: position)?.text ?? "")\(id)"
    }
    var parts = [
      "\(instances) \(instances == 1 ? "instance" : "instances") from \(report.facts) facts, "
        + "\(report.sent) commands"
    ]
    if report.missing.isEmpty, report.unexplained.isEmpty {
      parts.append("the facts are what the sagas would have done")
    }
    if let first = report.unexplained.first {
      let rest = report.unexplained.count - 1
      parts.append(
        "! no saga explains \(title(first.event))" + (rest > 0 ? " and \(rest) more" : "")
          + (first.sent == nil ? "" : ": \(reason(first))"))
    }
    if let first = report.missing.first {
      let rest = report.missing.count - 1
      parts.append(
        "! the facts do not show \(first.sent.command) of \(head.title(of: first.sent.key))"
          + (rest > 0 ? " and \(rest) more" : ""))
    }
    var reply = Reply()
    reply.message = parts.joined(separator: " · ")
    reply.shorter = [parts[0]]
    reply.output = [
      "facts": .int(report.facts), "instances": .int(instances), "commands": .int(report.sent),
      "missing": .array(
        report.missing.map { missing in
          [
            "saga": .string(missing.sent.key.saga),
            "key": missing.sent.correlation.map { .string($0) } ?? .null,
            "journal": .int(missing.sent.entry.number), "command": .string(missing.sent.command),
            "data": missing.sent.data.value,
            "events": .array(missing.facts.map { .string($0.type.text) }),
          ]
        }),
      "unexplained": .array(report.unexplained.map { unexplained($0) }),
    ]
    return reply
  }

  /// A fact that no saga explains, and why that may be.
  private func unexplained(
    _ fact: (event: Position, earlier: Position?, sent: SagaRebuildReport.Sent?)
  ) -> JSON {
    let event = head.log.event(at: fact.event)
    return [
      "event": .int(fact.event.number), "type": .string(event?.type.text ?? ""),
      "key": event?.domainID.map { .string($0.text) } ?? .null,
      "at": .string(event?.createdAt.description ?? ""),
      "earlier": fact.earlier.map { .int($0.number) } ?? .null,
      "saga": fact.sent.map { .string($0.key.saga) } ?? .null,
      "command": fact.sent.map { .string($0.command) } ?? .null,
      "because": .string(reason(fact)),
    ]
  }

  private func reason(
    _ fact: (event: Position, earlier: Position?, sent: SagaRebuildReport.Sent?)
  ) -> String {
    guard let earlier = fact.earlier, let sent = fact.sent else {
      return "no saga sent a command that leads to it"
    }
    let who = [sent.key.saga, sent.correlation].compactMap { $0 }.joined(separator: " ")
    return
      "\(who) sent \(sent.command) once, which \(earlier) shows; nothing checks whether it was "
      + "done already"
  }
}
