extension StoredStep {
  /// A sentence that says what the first difference from the same input's step now is.
  func difference(from new: StoredStep) -> String {
    let (was, now) = (entries, new.entries)
    for (was, now) in zip(was, now) where was.kind != now.kind {
      return "Recorded was \(was.kind), but now it is \(now.kind)."
    }
    guard was.count == now.count else {
      let (isLonger, count) = (was.count > now.count, min(was.count, now.count))
      let next = isLonger ? was[count].kind : now[count].kind
      return "Recorded were \(was.count) entries, but now there are \(now.count): "
        + (isLonger ? "\(next) is missing." : "\(next) is new.")
    }
    let (events, others) = (lines(\.eventLines), new.lines(\.eventLines))
    if let sentence = StoredStep.difference(events, others, "events") { return sentence }
    let (changes, newer) = (lines(\.changeLines), new.lines(\.changeLines))
    if let sentence = StoredStep.difference(changes, newer, "changes") { return sentence }
    return "The entries are the same, but what they changed is not."
  }

  private func lines(_ ofPart: (Part) -> [String]) -> [String] { parts.flatMap(ofPart) }

  private static func difference(_ was: [String], _ now: [String], _ what: String) -> String? {
    for (was, now) in zip(was, now) where !isSameText(was, now) {
      return "Recorded was \(was), but now it is \(now)."
    }
    guard was.count != now.count else { return nil }
    let next = was.count > now.count ? was[now.count] : now[was.count]
    return "Recorded were \(was.count) \(what), but now there are \(now.count): "
      + (was.count > now.count ? "\(next) is missing." : "\(next) is new.")
  }
}

extension StoredStep.Part {
  /// A line for each event.
  fileprivate var eventLines: [String] {
    events.map { stored in
      switch stored {
      case .logged(let event, _, by: _): "\(event.type) \(event.id) \(event.data)"
      case .kept(let event, _): "kept \(event.type) \(event.id) \(event.data)"
      }
    }
  }

  /// A line for each change, without what it replaced, which is not stored.
  fileprivate var changeLines: [String] {
    changes.others.map { change in
      switch change {
      case .record(let key, _, let new):
        "the row \(key) \(new.map { "with \($0.content)" } ?? "removed")"
      case .saga(let old, let new):
        "the instance \((new ?? old).map { "\($0.key)" } ?? "") "
          + (new.map { "with \($0.data)" } ?? "removed")
      case .timer(let key, _, let new):
        "the timer \(key) \(new.map { "due \($0.due)" } ?? "gone")"
      case .group(let group, _, let new): "the group \(group) at \(new.map { "\($0)" } ?? "none")"
      case .parked(let number, _, let new): "parked \(number) \(new == nil ? "gone" : "there")"
      case .trimmed(let stream, _, let new): "\(stream) trimmed to \(new)"
      case .clock(_, let new): "the clock at \(new)"
      case .counter(let name, _, let new): "the counter \(name) at \(new)"
      case .requeued(_, let new): "\(new.count) deliveries waiting"
      default: "\(change)"
      }
    }
  }
}
