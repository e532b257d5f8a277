@testable import EventicleCore

/// A chart with what XState itself did with it: after each input the active states, the names of the
/// actions in the order in which they were done, and the number in its context.
struct XStateTrace: CustomStringConvertible {
  private let data: JSON
  let machine: StateMachine

  var description: String { "version \(data["version"]), seed \(data["seed"])" }

  /// Reads one record.
  ///
  /// - Parameter chart: Changes the chart first, to see that a wrong one is found out.
  init(_ data: JSON, changing chart: (inout JSON) -> Void = { _ in }) {
    self.data = data
    var source = data["chart"]
    chart(&source)
    let isFour = data["version"] == 4
    var actions: [String: MachineAction] = ["count": .count]
    for name in XStateTrace.names(in: source) { actions[name] = .raise(EventType(name)) }
    var guards: [String: MachineGuard.Test] = [:]
    for (name, test) in XStateTrace.tests {
      guards[name] = { test($0.context["n"].integer ?? 0) }
    }
    machine = StateMachine(
      "M", xstate: source, spelling: isFour ? .version4 : .version5, guards: guards,
      actions: actions)
  }

  private static let tests: [String: @Sendable (Int) -> Bool] = [
    "even": { $0 % 2 == 0 }, "odd": { $0 % 2 == 1 }, "few": { $0 < 3 },
    "rare0": { $0 % 5 == 0 && $0 < 40 }, "rare1": { $0 % 5 == 1 && $0 < 40 },
    "rare2": { $0 % 5 == 2 && $0 < 40 }, "rare3": { $0 % 5 == 3 && $0 < 40 },
    "rare4": { $0 % 5 == 4 && $0 < 40 },
  ]

  /// The names of actions that are only written down.
  private static func names(in value: JSON) -> Set<String> {
    switch value {
    case .string(let text):
      let isWritten = text.first.map { "+-it".contains($0) } ?? false
      return isWritten && text.count < 8 ? [text] : []
    case .array(let items):
      return items.reduce(into: Set<String>()) { $0.formUnion(names(in: $1)) }
    case .object(let object):
      return object.members.reduce(into: Set<String>()) { $0.formUnion(names(in: $1.value)) }
    default: return []
    }
  }

  /// The first place where it goes another way than XState did; `nil` when there is none.
  func firstDifference() throws -> String? {
    guard machine.problems.isEmpty else { return machine.problems.joined(separator: "\n") }
    var now = Instant.standardStart
    let start = try machine.start(at: now)
    var status = start.status
    if let difference = difference(data["start"], status, start.events, "at the start") {
      return difference
    }
    for (number, step) in (data["steps"].array ?? []).enumerated() {
      var events: [NewEvent] = []
      if let time = step["advance"].integer {
        now = now + .milliseconds(Int64(time))
        while let due = status.delaysDue(at: now).first {
          let fired = try machine.fire(due.id, in: status, at: due.due)
          events += fired.events
          status = fired.status
        }
      } else {
        let message = MachineMessage(step["send"].string ?? "")
        let sent = try machine.send(message, to: status, at: now)
        events = sent.events
        status = sent.status
      }
      let place = "after step \(number + 1), \(step["send"].string ?? "time")"
      if let difference = difference(step, status, events, place) { return difference }
    }
    return nil
  }

  /// The names without two things that are left open.
  ///
  /// XState 5 leaves out what a region does at its beginning when only another one is a target. And
  /// what transitions of several regions do is in the order in which XState happens to hold the
  /// regions, where here it is that of the chart.
  private static func line(_ names: [String]) -> String {
    var groups: [[String]] = []
    for name in names where !name.hasPrefix("i") {
      if name.hasPrefix("t"), groups.last?.first?.hasPrefix("t") == true {
        groups[groups.count - 1].append(name)
      } else {
        groups.append([name])
      }
    }
    return groups.map { $0.sorted().joined(separator: " ") }.joined(separator: " ")
  }

  private func difference(
    _ expected: JSON, _ status: MachineStatus, _ events: [NewEvent], _ place: String
  ) -> String? {
    let said = XStateTrace.line(events.map(\.type.text))
    let wanted = XStateTrace.line((expected["trace"].array ?? []).compactMap(\.string))
    if said != wanted { return "\(self) \(place): did \(said), but XState \(wanted)" }
    if status.configuration.value != expected["value"] {
      return "\(self) \(place): in \(status.configuration), but XState in \(expected["value"])"
    }
    if status.context["n"] != expected["n"] {
      return "\(self) \(place): counts \(status.context["n"]), but XState \(expected["n"])"
    }
    if .bool(machine.isOver(status)) != expected["done"] {
      return "\(self) \(place): XState says done: \(expected["done"])"
    }
    return nil
  }
}
