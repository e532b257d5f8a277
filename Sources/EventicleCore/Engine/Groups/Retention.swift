/// What retention removes from a stream, and which group prevents removing more.
public struct Retention: Sendable, Hashable, CustomStringConvertible {
  /// Whose older events are no longer handed out; the log keeps them.
  public let stream: StreamName
  /// The last event that is no longer handed out; 0 when all are.
  public let through: StreamPosition
  /// The number of events that are still handed out.
  public let count: Int
  /// The slowest group that has not been offered events which were to be removed; `nil` when all of
  /// them can be.
  public let heldBy: GroupName?
  /// The first event that this group has not been offered, in the whole log.
  public let unread: Position?

  /// A sentence with what is kept and which group prevents removing more.
  public var description: String {
    let events = count == 1 ? "1 event of \(stream) is" : "\(count) events of \(stream) are"
    guard let heldBy, let unread else { return "\(events) handed out" }
    return
      "\(events) handed out; \(heldBy) has not been offered \(unread) yet, so that no more went"
  }

  /// The stream, the counts and the group that prevents removing more, as JSON.
  var json: JSON {
    var json: JSON = [
      "stream": .string(stream.text), "through": .int(through.number), "handedOut": .int(count),
      "heldBy": heldBy.map { .string($0.text) } ?? .null,
      "unread": unread.map { .int($0.number) } ?? .null,
    ]
    if stream.isTenants { json["workspace"] = .string(stream.workspace.text) }
    return json
  }
}

extension Engine {
  /// Computes what trimming would remove to keep the newest events of a stream.
  ///
  /// Events that an existing group has not been offered are kept, whether it is paused, slow or
  /// closed, because it may continue. A deleted group keeps nothing.
  ///
  /// - Complexity: O(groups · log n), and for a slow group the events that it does not handle.
  package func retention(of stream: StreamName, newest length: Int, evenUnread: Bool) -> Retention {
    let old = world.trimmed(stream)
    let total = world.log.count(of: stream)
    var through = StreamPosition(max(old.number, total - max(length, 0)))
    var slowest: (group: GroupName, position: Position)?
    for group in evenUnread || through == old ? [] : world.groupNames {
      guard let unread = firstUnread(by: group, in: stream, after: old, upTo: through) else {
        continue
      }
      through = StreamPosition(unread.number - 1)
      slowest = world.log.position(of: stream, at: unread).map { (group, $0) }
    }
    return Retention(
      stream: stream, through: through, count: total - through.number, heldBy: slowest?.group,
      unread: slowest?.position)
  }

  /// The first event of a stream, within a range, that a group has not been offered.
  private func firstUnread(
    by group: GroupName, in stream: StreamName, after start: StreamPosition,
    upTo end: StreamPosition
  ) -> StreamPosition? {
    guard let state = world.group(group) else { return nil }
    let consumer = registry.number(of: group).flatMap { registry.consumer($0) }
    // For a group without a consumer only its streams are known.
    guard let choice = consumer?.choice ?? state.streams.map({ registry.choice(of: $0) }),
      choice.means(stream)
    else { return nil }
    var place = max(world.log.place(in: stream, after: state.position), start.next)
    while place <= end, let found = world.log.position(of: stream, at: place) {
      if consumer?.types == nil
        || world.log.type(at: found).map({ consumer?.handles($0) ?? true }) ?? false
      {
        return place
      }
      place = place.next
    }
    return nil
  }

  /// Stops handing out the oldest events of a stream.
  ///
  /// - Parameters:
  ///   - length: The number of newest events to keep.
  ///   - evenUnread: Whether to remove events that a group has not been offered.
  mutating func trim(
    _ stream: StreamName, keeping length: Int, evenUnread: Bool
  ) -> Step {
    if let problem = problem(of: stream) { return Step(failing: problem) }
    let old = world.trimmed(stream)
    let plan = retention(of: stream, newest: length, evenUnread: evenUnread)
    guard plan.through > old else { return Step(response: plan.json) }
    return step(by: .person) { transaction in
      transaction.note(.trimmed(stream, through: plan.through), parent: nil)
      transaction.make(.trimmed(stream, old: old, new: plan.through))
      return plan.json
    }
  }
}
