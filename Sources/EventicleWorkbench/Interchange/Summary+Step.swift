package import EventicleCore

extension Summary {
  /// All that a step did, to be compared with what it does another time: its entries, events, saga
  /// instances, rows and timers.
  ///
  /// - Parameter world: Knows the keys by which people name saga instances.
  package static func step(_ step: StoredStep, in world: World) -> JSON {
    var entries: [JSON] = []
    for entry in step.entries {
      var summary = self.entry(entry, JournalIndex(0), in: world)
      for member in ["journal", "cause", "at", "byUser"] { summary[member] = nil }
      entries.append(summary)
    }
    var events: [JSON] = []
    var (sagas, rows, timers): (JSON, JSON, JSON) = ([:], [:], [:])
    for part in step.parts {
      for stored in part.events {
        let event =
          switch stored {
          case .logged(let event, _, by: _), .kept(let event, _): event
          }
        events.append(
          [
            "type": .string(event.type.text), "stream": .string(event.stream.text),
            "key": event.domainID.map { .string($0.text) } ?? .null, "data": event.data.value,
          ])
      }
      for change in part.changes.others {
        switch change {
        case .saga(let old, let new):
          guard let key = (new ?? old)?.key else { continue }
          sagas[world.title(of: key)] = new?.data ?? .null
        case .record(let key, _, let new): rows["\(key.type)/\(key.id)"] = new?.content ?? .null
        case .timer(let key, _, let new):
          timers[world.title(of: key)] = new.map { .string($0.due.description) } ?? .null
        default: break
        }
      }
    }
    return [
      "entries": .array(entries), "events": .array(events), "sagas": sagas, "rows": rows,
      "timers": timers,
    ]
  }
}
