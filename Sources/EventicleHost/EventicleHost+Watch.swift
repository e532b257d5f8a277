public import EventicleCore
internal import Synchronization

extension EventicleHost {
  /// Waits until an aggregate is in a state.
  ///
  /// - Parameters:
  ///   - workspace: The workspace of the aggregate.
  ///   - timeout: How long to wait on the host's clock; a negative interval means no wait.
  ///   - condition: Whether a state is the expected one; it gets `nil` while there is no aggregate.
  ///     An error it throws ends the wait. It sees the states after each batch of work, not those
  ///     within.
  /// - Returns: The expected state.
  /// - Throws: ``EventicleCore/OperationError`` when the timeout passes or the host is closed, what
  ///   the condition throws, and `CancellationError`.
  /// - Complexity: O(events of the aggregate) for each new version.
  public func watch(
    _ root: AggregateRoot, _ id: DomainID, in workspace: Workspace = .system, timeout: Interval,
    until condition: @Sendable (JSON?) throws -> Bool
  ) async throws -> JSON {
    let key = AggregateKey(root.type, id, in: workspace)
    let timeout = max(timeout, .milliseconds(0))
    let deadline = executor.clock.now + timeout
    let lateness = Lateness()
    let alarm = executor.clock.alarm { [executor] in
      lateness.isLate.withLock { $0 = true }
      executor.wake()
    }
    alarm.set(deadline)
    defer { alarm.set(nil) }
    var seen = Version(-1)
    while true {
      let known = seen
      let state = await executor.publisher.state { state in
        state.world.histories.version(of: key) != known || state.connection == .closed
          || lateness.isLate.withLock { $0 }
      }
      guard let state else { throw CancellationError() }
      let found = readers.state(of: root, key, in: state.world)
      if found.version != seen {
        seen = found.version
        if try condition(found.state) { return found.state ?? .null }
      } else if state.connection == .closed {
        throw OperationError.notConnected
      } else if lateness.isLate.withLock({ $0 }) {
        throw OperationError(
          Watch.lateness(of: key, at: seen, deadline: deadline, timeout: timeout))
      }
    }
  }
}

/// Whether the timeout of a wait has passed, shared with its alarm.
private final class Lateness: Sendable {
  let isLate = Mutex(false)
}
