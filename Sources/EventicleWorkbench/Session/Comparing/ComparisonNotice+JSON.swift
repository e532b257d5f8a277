package import EventicleCore

extension ComparisonNotice {
  /// The comparison as `compare` prints it.
  package var json: JSON {
    var found: JSON = [
      "a": Self.json(left), "b": Self.json(right), "same": .bool(isSame),
      "common": .string("\(common)"),
    ]
    found["firstDivergence"] =
      firstDivergence.map { row in
        [
          "after": .string("\(common)"), "a": row.left.map { Self.json($0) } ?? .null,
          "b": row.right.map { Self.json($0) } ?? .null,
        ]
      } ?? .null
    found["events"] = events
    for (name, kind) in Self.members {
      found[name] = .array(things.filter { $0.kind == kind && !$0.isSame }.map { json($0) })
    }
    if hiddenRows > 0 { found["moreRows"] = .int(hiddenRows) }
    if hiddenThings > 0 { found["moreThings"] = .int(hiddenThings) }
    return found
  }

  private static let members: [(String, Kind)] = [
    ("sagas", .saga), ("aggregates", .aggregate), ("views", .view), ("timers", .timer),
    ("mails", .mail),
  ]

  private var events: JSON {
    func only(_ side: (Row) -> Item?) -> JSON {
      .array(
        rows.filter { $0.relation == .different }.compactMap(side)
          .filter { $0.event != nil && !$0.isElsewhere }
          .map { Self.json($0) })
    }
    let changed = rows.filter { $0.relation == .changed }.map { row -> JSON in
      [
        "a": .int(row.left?.event?.number ?? 0), "b": .int(row.right?.event?.number ?? 0),
        "paths": Self.json(row.changes),
      ]
    }
    return [
      "onlyA": only { $0.left }, "onlyB": only { $0.right }, "changed": .array(changed),
      "counts": ["onlyA": .int(onlyLeft), "onlyB": .int(onlyRight), "changed": .int(self.changed)],
    ]
  }

  private static func json(_ side: Side) -> JSON {
    [
      side.isBranch ? "branch" : "store": .string(side.name),
      "moment": .string("\(side.moment)"),
    ]
  }

  private static func json(_ item: Item) -> JSON {
    [
      "journal": .int(item.entry.number),
      "event": item.event.map { .int($0.number) } ?? .null,
      "text": .string(
        [item.sign, item.text, item.reason].filter { !$0.isEmpty }.joined(separator: " ")),
    ]
  }

  private static func json(_ changes: [Change]) -> JSON {
    .array(
      changes.map { change in
        [
          "path": .string(change.path), "a": change.left ?? .null, "b": change.right ?? .null,
        ]
      })
  }

  private func json(_ thing: Thing) -> JSON {
    let paths = Self.json(thing.changes)
    let (type, id): (JSON, JSON) = (.string(thing.type), .string(thing.id))
    switch thing.kind {
    case .aggregate: return ["type": type, "id": id, "paths": paths]
    case .saga: return ["saga": type, "key": id, "paths": paths]
    case .view: return ["view": type, "key": id, "paths": paths]
    case .timer: return ["saga": type, "timer": id, "paths": paths]
    case .mail: return ["adapter": type, "key": id, "paths": paths]
    }
  }

  /// What it comes to, for the message line.
  package var sentence: String {
    let names = "\(Self.title(left)) and \(Self.title(right))"
    if isSame { return "\(names) are the same" }
    var parts = ["\(names) part after \(common)"]
    func count(_ number: Int, _ what: String) {
      if number > 0 { parts.append("\(number) \(number == 1 ? "event" : "events") \(what)") }
    }
    count(onlyLeft, "only in \(left.name == right.name ? Self.title(left) : left.name)")
    count(onlyRight, "only in \(left.name == right.name ? Self.title(right) : right.name)")
    count(changed, "changed")
    let differing = things.filter { !$0.isSame }
    if let first = differing.first {
      let what = first.id.isEmpty ? first.type : "\(first.type) \(first.id)"
      parts.append("\(what) \(first.left) ≠ \(first.right)")
      if differing.count > 1 { parts.append("\(differing.count - 1) more differ") }
    } else if hiddenThings == 0 {
      parts.append("both end the same")
    }
    return parts.joined(separator: " · ")
  }

  private static func title(_ side: Side) -> String { "\(side.name) \(side.moment)" }
}
