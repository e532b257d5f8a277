package import EventicleCore

extension Conversation {
  /// The conversation as `flow` prints it: `{root, nodes, more}`, and what lies above if anything
  /// does.
  package func json(_ moment: MomentView) -> JSON {
    let words = ConversationWords(moment)
    var json: JSON = [
      "root": .int(nodes.first?.index.number ?? 0),
      "nodes": .array(nodes.map { self.json(of: $0, words, moment) }), "more": .int(more),
    ]
    if above > 0 {
      json["above"] = .int(above)
      json["top"] = .int(top.number)
    }
    if let missingCause { json["missingCause"] = .string(missingCause) }
    return json
  }

  private func json(
    of node: Node, _ words: ConversationWords, _ moment: MomentView
  ) -> JSON {
    var json: JSON = [
      "journal": .int(node.index.number), "kind": .string(node.letter),
      "title": .string(words.title(of: node)),
    ]
    if let position = node.position {
      json["event"] = .int(position.number)
      json["type"] = moment.log.type(at: position).map { .string($0.text) } ?? .null
      json["stream"] = moment.log.stream(at: position).map { .string($0.text) } ?? .null
    }
    switch node.kind {
    case .command(let type, _, _, _): json["command"] = .string(type)
    case .delivery(_, let consumer, _, _), .acted(_, let consumer, _):
      json["consumer"] = .string(consumer.name)
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      json["timer"] = .string(key.name)
    default: break
    }
    if let key = words.key(of: node) { json["key"] = .string(key) }
    json["cause"] = node.cause.map { .int($0.number) } ?? .null
    json["depth"] = .int(node.depth)
    json["at"] = .string(node.instant.description)
    json["after"] = .int(Int((node.instant - start).milliseconds))
    json["outcome"] = Summary.outcome(of: node.kind).map { .string($0) } ?? .null
    if case .timerArmed(_, let due, _, _) = node.kind { json["due"] = .string(due.description) }
    if let problem = node.kind.problem { json["problem"] = .string(problem) }
    json["isLater"] = .bool(node.isLater(than: moment))
    return json
  }
}
