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
      let text = probe.template.filled(from: values(of: entry))
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
}
