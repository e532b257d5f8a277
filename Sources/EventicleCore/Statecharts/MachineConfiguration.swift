/// Which states of a machine are active.
public struct MachineConfiguration: Sendable, Hashable, CustomStringConvertible {
  /// The paths of the active states, in document order: `payment`, `payment.waiting`.
  public let states: [String]
  /// The configuration in Eventicle's notation: `"open"`, or `{"payment":"waiting"}`.
  public let value: JSON

  init(_ active: [Int], in chart: Chart) {
    states = active.filter { $0 > 0 }.map { chart.nodes[$0].path }
    value = MachineConfiguration.value(of: 0, Set(active), chart)
  }

  /// Reads the stored notation.
  ///
  /// - Throws: ``Mismatch`` when it names unknown states, or not all of those that must be active
  ///   together.
  init(_ value: JSON, in chart: Chart) throws(Mismatch) {
    var active = [0]
    try MachineConfiguration.read(value, of: 0, into: &active, chart)
    self.init(active, in: chart)
  }

  /// Whether a state is active, by its path from the top, such as `payment.waiting`.
  public func contains(_ path: String) -> Bool { states.contains { isSameText($0, path) } }

  /// The value as text: `open`, or `{"payment":"waiting"}`.
  public var description: String { value.string ?? "\(value)" }

  /// A stored configuration that does not fit the machine.
  struct Mismatch: Error {
    let reason: String
  }

  private static func value(of index: Int, _ active: Set<Int>, _ chart: Chart) -> JSON {
    let inside = chart.nodes[index].children.filter { active.contains($0) }
    if chart.nodes[index].isCompound, let child = inside.first {
      let node = chart.nodes[child]
      return node.children.isEmpty
        ? .string(node.name) : .object(JSONObject([(node.name, value(of: child, active, chart))]))
    }
    return .object(JSONObject(inside.map { (chart.nodes[$0].name, value(of: $0, active, chart)) }))
  }

  private static func read(
    _ value: JSON, of index: Int, into active: inout [Int], _ chart: Chart
  ) throws(Mismatch) {
    let node = chart.nodes[index]
    let title = index == 0 ? "the top" : node.path
    var members = value.object?.count == 0 ? [] : value.object?.keys ?? []
    if let name = value.string { members = [name] }
    let needed: [String]
    switch node.kind {
    case .compound:
      let states = node.children.filter { !chart.nodes[$0].isHistory }
      guard members.count == 1 else {
        throw Mismatch(reason: "it names \(members.count) active states of \(title), not one")
      }
      guard states.contains(where: { isSameText(chart.nodes[$0].name, members[0]) }) else {
        throw Mismatch(reason: "there is no state \(members[0]) in \(title)")
      }
      needed = members
    case .parallel:
      needed = chart.regions(of: index).map { chart.nodes[$0].name }
      guard Set(members) == Set(needed) else {
        throw Mismatch(
          reason: "the regions of \(title) are \(needed.joined(separator: ", ")), but it names "
            + (members.isEmpty ? "none" : members.joined(separator: ", ")))
      }
    case .atomic, .final, .history:
      guard members.isEmpty else {
        throw Mismatch(reason: "there is no state \(members[0]) in \(title)")
      }
      needed = []
    }
    for name in needed {
      guard let child = chart.child(name[...], of: index) else { continue }
      active.append(child)
      try read(value[name], of: child, into: &active, chart)
    }
  }
}
