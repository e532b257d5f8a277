import EventicleCore

extension Session {
  /// `probe "TEXT" on SELECTOR`: a line for each place of all history that fits.
  func probe(_ probe: Probe) -> Reply {
    guard let hits = hits(ofAll: probe.place) else {
      return Reply(problem: Reply.Problem("Ended by you; nothing is shown."))
    }
    var lines: [JSON] = []
    var texts: [String] = []
    for hit in hits.prefix(Limits.probeLines) {
      guard let entry = timeline.entry(hit) else { continue }
      let values = values(at: hit, entry)
      let text = probe.parts.map { part in
        switch part {
        case .text(let text): text
        case .value(let path):
          values.lazy.compactMap { $0.value(at: path) }.first.map { StepReader.word($0) } ?? "–"
        }
      }.joined()
      let moment = timeline.name(of: timeline.moment(of: hit))
      lines.append(
        [
          "journal": .int(hit.number), "moment": .string("\(moment)"),
          "at": .string(entry.instant.description), "text": .string(text),
        ])
      texts.append("\(moment)  \(StepReader.time(entry.instant))  \(text)")
    }
    var reply = Reply()
    reply.output = .array(lines)
    let rest = hits.count - lines.count
    reply.message =
      "\(hits.count) \(hits.count == 1 ? "line" : "lines")"
      + (rest > 0 ? ", the first \(lines.count) of them are shown" : "")
    reply.requests = [.page(title: "probe on \(probe.place)", texts.joined(separator: "\n"))]
    return reply
  }

  /// The places of all history that a stop fits; `nil` when a person ended it.
  private func hits(ofAll stop: Stop) -> [JournalIndex]? {
    var session = self
    session.stops.count(upTo: timeline.count)
    return session.hits(of: stop)?.map { JournalIndex(Int($0)) }
  }

  /// What a place is about, the nearest first: the saga after its step, the event, the command.
  private func values(at index: JournalIndex, _ entry: JournalEntry) -> [JSON] {
    var found: [JSON] = []
    func add(saga key: SagaKey) {
      for change in timeline.changes(of: entry.stepStart).others.reversed() {
        guard case .saga(let old, let new) = change, (new ?? old)?.key == key else { continue }
        if let data = (new ?? old)?.data { found.append(data) }
        return
      }
    }
    switch entry.kind {
    case .delivery(_, let consumer, let instance?, _): add(saga: SagaKey(consumer.name, instance))
    case .timerFired(let key, _, _): add(saga: key.owner)
    case .command(_, let data, _, _): found.append(data.value)
    default: break
    }
    if let position = entry.kind.eventPosition, let event = timeline.head.log.event(at: position) {
      found.append(event.data.value)
      found.append([
        "type": .string(event.type.text), "id": event.domainID.map { .string($0.text) } ?? .null,
        "stream": .string(event.stream.text), "event": .int(position.number),
      ])
    }
    found.append(["problem": entry.kind.problem.map { .string($0) } ?? .null])
    return found
  }
}

extension JournalEntry.Kind {
  fileprivate var eventPosition: Position? {
    switch self {
    case .append(let position, _), .imported(let position, _), .delivery(let position, _, _, _),
      .acted(let position, _, _):
      position
    default: nil
    }
  }
}
