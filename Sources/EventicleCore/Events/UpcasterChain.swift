/// Upcasts old events to their newest shape when they are read; what is stored stays unchanged.
///
/// The version of an event is the member ``versionMember`` of its data, or else the one declared
/// for its type, or else 1. A step writes the new version to that member, so that an event already
/// upcast is left alone the next time.
public struct UpcasterChain: Sendable {
  /// The member of the data that holds the version.
  public static let versionMember = "schemaVersion"

  /// A chain without steps, which leaves every event unchanged.
  public static let empty = UpcasterChain()

  private let steps: [EventType: [Int: EventUpcaster]]
  private let declared: [EventType: Int]

  private init() { (steps, declared) = ([:], [:]) }

  /// Combines steps into a chain.
  ///
  /// - Parameters:
  ///   - upcasters: The steps, in any order.
  ///   - versions: The versions of events that do not state theirs, by type; others count as 1.
  /// - Throws: ``UpcasterError`` when two steps take the same version, a step goes back, steps form
  ///   a cycle, or a version between two steps has none.
  public init(
    _ upcasters: [EventUpcaster], versions: [EventType: Int] = [:]
  ) throws(UpcasterError) {
    var steps: [EventType: [Int: EventUpcaster]] = [:]
    for step in upcasters {
      if step.newType == step.type, step.newVersion <= step.version {
        throw UpcasterError(
          reason: "The upcaster of \(step.source) leads to version \(step.newVersion); "
            + "it must lead to a later one.")
      }
      guard steps[step.type, default: [:]].updateValue(step, forKey: step.version) == nil else {
        throw UpcasterError(
          reason: "There are two upcasters of \(step.source); leave one of them out.")
      }
    }
    self.steps = steps
    declared = versions
    for step in upcasters {
      try checkEnd(of: step)
      try checkStart(of: step, among: upcasters)
    }
  }

  /// The steps, by the type and the version that they take.
  var all: [EventUpcaster] {
    steps.values.flatMap(\.values).sorted { ($0.type, $0.version) < ($1.type, $1.version) }
  }

  /// Whether the chain has no steps and leaves every event unchanged.
  public var isEmpty: Bool { steps.isEmpty }

  /// Types of event together with the types that steps turn into them.
  func origins(of types: Set<EventType>) -> Set<EventType> {
    var found = types
    var isGrowing = !steps.isEmpty
    while isGrowing {
      isGrowing = false
      for step in steps.values.lazy.flatMap(\.values) {
        guard let newType = step.newType, found.contains(newType) else { continue }
        if found.insert(step.type).inserted { isGrowing = true }
      }
    }
    return found
  }

  /// Whether a type has any steps; O(1), the whole cost for other types.
  public func concerns(_ type: EventType) -> Bool { steps[type] != nil }

  /// The newest shape of an event, or `nil` when a step drops it.
  ///
  /// An event without a step keeps its exact bytes. Data is parsed only when the type has steps.
  ///
  /// - Throws: ``UpcasterError`` that names the event when a step throws.
  public func upcast(_ event: Event) throws(UpcasterError) -> Event? {
    guard let versions = steps[event.type] else { return event }
    var data = event.data.value
    guard var step = versions[version(of: event.type, data)] else { return event }
    var newest = event
    while true {
      guard let newType = step.newType else { return nil }
      do {
        try step.change(&data)
      } catch {
        throw UpcasterError(
          reason: "The upcaster of \(step.source) failed at event \(event.id): \(error)")
      }
      if data.object != nil { data[UpcasterChain.versionMember] = .int(step.newVersion) }
      newest.type = newType
      guard let next = steps[newType]?[step.newVersion] else { break }
      step = next
    }
    newest.data = JSONBytes(data)
    return newest
  }

  private func version(of type: EventType, _ data: JSON) -> Int {
    data.object?[UpcasterChain.versionMember]?.integer ?? declared[type] ?? 1
  }

  /// Whether the result of a step is the newest shape or continues without a gap or a cycle.
  private func checkEnd(of first: EventUpcaster) throws(UpcasterError) {
    var path = [first.source]
    var step = first
    while let type = step.newType {
      path.append(step.target)
      guard let next = steps[type]?[step.newVersion] else {
        let later = steps[type]?.keys.filter { $0 > step.newVersion }.min()
        guard let later else { return }
        throw UpcasterError(
          reason: "The upcaster of \(step.source) leads to \(step.target), but the next step is "
            + "from version \(later); add one from version \(step.newVersion).")
      }
      guard !path.dropLast().contains(step.target) else {
        throw UpcasterError(
          reason: "Upcasters go round in a circle: \(path.joined(separator: ", then ")).")
      }
      step = next
    }
  }

  /// Whether events of the first version can enter the chain.
  private func checkStart(
    of step: EventUpcaster, among all: [EventUpcaster]
  ) throws(UpcasterError) {
    let lowest = steps[step.type]?.keys.min() ?? step.version
    let start = declared[step.type] ?? 1
    guard lowest == step.version, lowest > start,
      !all.contains(where: { $0.newType == step.type && $0.newVersion == lowest })
    else { return }
    throw UpcasterError(
      reason: "The first upcaster of \(step.type) is from version \(lowest), but its events begin "
        + "with version \(start); add a step from there, or declare the version of events that "
        + "do not tell theirs.")
  }
}
