/// Which states of a machine are active.
public struct MachineConfiguration: Sendable, Hashable, CustomStringConvertible {
  private let active: StateSet
  private let chart: Chart

  init(_ active: StateSet, in chart: Chart) {
    self.active = active
    self.chart = chart
  }

  /// The paths of the active states, in document order: `payment`, `payment.waiting`; O(states).
  public var states: [String] { active.filter { $0 > 0 }.map { chart.nodes[$0].path } }

  /// The configuration in Eventicle's notation: `"open"`, or `{"payment":"waiting"}`; O(states).
  public var value: JSON { value(of: 0) }

  /// The value as text: `open`, or `{"payment":"waiting"}`.
  public var description: String {
    let value = value
    return value.string ?? "\(value)"
  }

  /// Whether a state is active, by its path from the top, such as `payment.waiting`.
  public func contains(_ path: String) -> Bool { chart.place(of: path).map { active[$0] } ?? false }

  /// Whether both have the same active states, of the same machine or of another that has them too.
  public static func == (left: MachineConfiguration, right: MachineConfiguration) -> Bool {
    left.chart === right.chart
      ? left.active == right.active : left.states == right.states && left.value == right.value
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(states) }

  /// The active states by their places in a chart, of which those that it does not have are left
  /// out.
  func active(in chart: Chart) -> StateSet {
    if chart === self.chart { return active }
    return StateSet([0] + states.compactMap { chart.place(of: $0) }, count: chart.nodes.count)
  }

  func belongs(to chart: Chart) -> Bool { chart === self.chart }

  func path(of place: Int) -> String { chart.nodes[place].path }

  private func value(of index: Int) -> JSON {
    let inside = chart.nodes[index].children.filter { active[$0] }
    if chart.nodes[index].isCompound, let child = inside.first {
      let name = chart.nodes[child].name
      return chart.nodes[child].children.isEmpty
        ? .string(name) : .object(JSONObject([(name, value(of: child))]))
    }
    return .object(JSONObject(inside.map { (chart.nodes[$0].name, value(of: $0)) }))
  }
}

extension MachineConfiguration {
  /// A stored configuration that does not fit the machine.
  struct Mismatch: Error {
    let reason: String
  }

  /// Reads the stored notation.
  ///
  /// - Throws: ``Mismatch`` when it names unknown states, or not all of those that must be active
  ///   together.
  init(_ value: JSON, in chart: Chart) throws(Mismatch) {
    var active = StateSet([0], count: chart.nodes.count)
    try MachineConfiguration.read(value, of: 0, into: &active, chart)
    self.init(active, in: chart)
  }

  private static func read(
    _ value: JSON, of index: Int, into active: inout StateSet, _ chart: Chart
  ) throws(Mismatch) {
    let title = index == 0 ? "the top" : chart.nodes[index].path
    var members = value.object?.count == 0 ? [] : value.object?.keys ?? []
    if let name = value.string { members = [name] }
    var inside: [Int] = []
    switch chart.nodes[index].kind {
    case .compound:
      guard members.count == 1 else {
        throw Mismatch(reason: "it names \(members.count) active states of \(title), not one")
      }
      inside = chart.regions(of: index).filter { isSameText(chart.nodes[$0].name, members[0]) }
      guard !inside.isEmpty else {
        throw Mismatch(reason: "there is no state \(members[0]) in \(title)")
      }
    case .parallel:
      inside = chart.regions(of: index)
      let needed = inside.map { chart.nodes[$0].name }
      guard Set(members) == Set(needed) else {
        throw Mismatch(
          reason: "the regions of \(title) are \(needed.joined(separator: ", ")), but it names "
            + (members.isEmpty ? "none" : members.joined(separator: ", ")))
      }
    case .atomic, .final, .history:
      guard members.isEmpty else {
        throw Mismatch(reason: "there is no state \(members[0]) in \(title)")
      }
    }
    for child in inside {
      active[child] = true
      try read(value[chart.nodes[child].name], of: child, into: &active, chart)
    }
  }
}
