import Foundation
import TestSupport

@testable import EventicleCore

/// A chart of the conformance suite, whose states have ids of their own and follow SCXML, with the
/// script that says which states must be active.
struct ConformanceChart: CustomStringConvertible {
  let description: String
  let machine: StateMachine
  let script: JSON
  private var ids: [String: String] = [:]

  /// The cases of a file of the suite; `nil` when there is no such file.
  static func cases(in name: String) throws -> [ConformanceChart]? {
    let folders = [Repository.root + "/../shared", "/work/shared"]
    for folder in folders {
      let path = "\(folder)/data/statecharts/\(name)"
      guard let bytes = FileManager.default.contents(atPath: path) else { continue }
      let data = try JSON(parsing: String(decoding: bytes, as: UTF8.self))
      return (data["cases"].array ?? []).map { ConformanceChart($0) }
    }
    return nil
  }

  init(_ data: JSON) {
    description = "\(data["group"].string ?? "") \(data["name"].string ?? "")"
    script = data["script"]
    var paths: [String: String] = [:]
    ConformanceChart.index(data["machine"], "", &paths)
    let kind = ConformanceChart.kind(of: data["machine"], at: "", paths)
    var top = MachineState(
      "M", kind, states: ConformanceChart.states(in: data["machine"], at: "", paths))
    top.doneName = "done"
    machine = StateMachine(
      "M", version: 1, context: .emptyObject, top: top, dialect: .scxml, problems: [],
      warnings: [], migrate: nil)
    for (id, path) in paths { ids[path] = id }
  }

  /// Runs the script and returns the first place where other states are active than must be.
  func firstDifference() throws -> String? {
    guard machine.problems.isEmpty else { return machine.problems.joined(separator: "\n") }
    var now = Instant.standardStart
    var status = try machine.start(at: now).status
    if let difference = difference(status, script["initialConfiguration"], "at the start") {
      return difference
    }
    for (number, event) in (script["events"].array ?? []).enumerated() {
      now = now + .milliseconds(Int64(event["after"].integer ?? 0))
      while let due = status.delaysDue(at: now).first {
        status = try machine.fire(due.id, in: status, at: due.due).status
      }
      let name = event["event"]["name"].string ?? ""
      status = try machine.send(MachineMessage(name), to: status, at: now).status
      let place = "after event \(number + 1), \(name)"
      if let difference = difference(status, event["nextConfiguration"], place) {
        return difference
      }
    }
    return nil
  }

  private func difference(_ status: MachineStatus, _ expected: JSON, _ place: String) -> String? {
    let all = status.configuration.states
    let inner = all.filter { path in !all.contains { $0.hasPrefix(path + ".") } }
    let (found, wanted) = (
      inner.compactMap { ids[$0] }.sorted(), (expected.array ?? []).compactMap(\.string).sorted()
    )
    return found == wanted ? nil : "\(description) \(place): \(found), expected \(wanted)"
  }

  // MARK: - Converting

  private static func name(_ id: String) -> String {
    String(id.map { $0 == "." ? "-" : $0 })
  }

  private static func index(_ state: JSON, _ path: String, _ paths: inout [String: String]) {
    for inner in state["states"].array ?? [] {
      let id = inner["id"].string ?? ""
      let own = path.isEmpty ? name(id) : "\(path).\(name(id))"
      paths[id] = own
      index(inner, own, &paths)
    }
  }

  private static func kind(
    of state: JSON, at path: String, _ paths: [String: String]
  ) -> MachineState.Kind {
    let first = state["states"][0]["id"].string
    switch state["type"].string {
    case "parallel": return .parallel
    case "final": return .final
    case "history":
      let target = state["transitions"][0]["target"][0].string.flatMap { paths[$0] }
      return .history(deep: state["history"] == "deep", standard: target.map { "#\($0)" })
    default:
      guard let first else { return .atomic }
      let initial = (state["initial"].array ?? [.string(first)]).compactMap(\.string)
      let prefix = path.isEmpty ? 0 : path.count + 1
      return .compound(initial: initial.map { String((paths[$0] ?? "?").dropFirst(prefix)) })
    }
  }

  private static func states(
    in state: JSON, at path: String, _ paths: [String: String]
  ) -> [MachineState] {
    (state["states"].array ?? []).map { inner in
      let id = inner["id"].string ?? ""
      let own = path.isEmpty ? name(id) : "\(path).\(name(id))"
      let isHistory = inner["type"] == "history"
      var made = MachineState(
        name(id), kind(of: inner, at: own, paths),
        transitions: isHistory
          ? [] : (inner["transitions"].array ?? []).map { transition($0, paths) },
        states: states(in: inner, at: own, paths), entry: actions(inner["onentry"]),
        exit: actions(inner["onexit"]))
      made.doneName = "done.state.\(id)"
      return made
    }
  }

  private static func transition(_ data: JSON, _ paths: [String: String]) -> MachineTransition {
    // In SCXML a name fits every name that goes on after a dot.
    let descriptors = (data["event"].array ?? []).compactMap(\.string).map { text in
      text == "*" || text.hasSuffix(".*") ? text : "\(text).*"
    }
    return MachineTransition(
      descriptors.isEmpty ? .always : .messages(descriptors),
      targets: (data["target"].array ?? []).compactMap(\.string).map { "#\(paths[$0] ?? "?")" },
      when: nil, reach: data["type"] == "internal" ? .inner : .outer,
      actions: actions(data["actions"]))
  }

  private static func actions(_ data: JSON) -> [MachineAction] {
    (data.array ?? []).compactMap { item in
      if let event = item["raise"]["event"].string { return .post(event) }
      guard let event = item["send"]["event"].string else { return nil }
      if item["send"]["target"] == "#_internal" { return .post(event) }
      let delay = item["send"]["delay"].string.flatMap { Interval(parsing: $0) }
      return .send(event, after: delay)
    }
  }
}
