/// Waits for an aggregate to reach a state.
package final class Watch {
  let deadline: Instant
  private let timeout: Interval
  private let root: AggregateRoot
  private let key: AggregateKey
  private let condition: (JSON?) throws -> Bool
  private let body: (Result<JSON, OperationError>) -> Void
  private var version = Version(-1)
  fileprivate(set) var isCancelled = false

  init(
    _ root: AggregateRoot, _ id: DomainID, in workspace: Workspace, from start: Instant,
    timeout: Interval, until condition: @escaping (JSON?) throws -> Bool,
    do body: @escaping (Result<JSON, OperationError>) -> Void
  ) {
    self.timeout = max(timeout, .milliseconds(0))
    deadline = start + self.timeout
    self.root = root
    key = AggregateKey(root.type, id, in: workspace)
    self.condition = condition
    self.body = body
  }

  /// Whether the wait is over: the state was reached, or it is too late.
  ///
  /// Tells who waits.
  func isOver(in engine: Engine) -> Bool {
    if isCancelled { return true }
    let known = engine.world.histories.version(of: key)
    if known != version {
      version = known
      let state = root.watchedState(of: key, in: engine.world, engine.registry)
      do {
        if try condition(state) {
          body(.success(state ?? .null))
          return true
        }
      } catch {
        body(.failure(OperationError(error)))
        return true
      }
    }
    guard engine.world.clock >= deadline else { return false }
    body(.failure(OperationError(lateness(known))))
    return true
  }

  private func lateness(_ known: Version) -> String {
    Watch.lateness(of: key, at: known, deadline: deadline, timeout: timeout)
  }

  /// What was waited for in vain, and what to do about it.
  package static func lateness(
    of key: AggregateKey, at known: Version, deadline: Instant, timeout: Interval
  ) -> String {
    let found = known.number == 0 ? "has no events" : "is at version \(known)"
    return "\(key) was to reach a state within the timeout of \(timeout), but at "
      + "\(deadline) it \(found) and has not; wait longer, or look for the event that is missing."
  }
}

extension AggregateRoot {
  /// The state that a wait looks at; an event that cannot be read changes nothing in it.
  fileprivate func watchedState(
    of key: AggregateKey, in world: World, _ registry: Registry
  ) -> JSON? {
    state(of: key.id, in: world, workspace: key.workspace) { event in
      (try? registry.opened(event)) ?? nil
    }?.state
  }
}

extension StreamReaders {
  /// The state and the version of an aggregate as a wait looks at it; O(events).
  package func state(
    of root: AggregateRoot, _ key: AggregateKey, in world: World
  ) -> (state: JSON?, version: Version) {
    (root.watchedState(of: key, in: world, registry), world.histories.version(of: key))
  }
}

extension Eventicle {
  /// Waits until an aggregate is in a state, and says so at once, or when it gets there.
  ///
  /// - Parameters:
  ///   - workspace: Whose aggregate it is.
  ///   - timeout: How long to wait on the engine's clock; a negative one counts as none.
  ///   - condition: Whether a state is the one waited for; `nil` while there is no aggregate. What
  ///     it throws ends the wait.
  ///   - body: Called once: with the state, or with the error of a timeout or of the
  ///     condition.
  /// - Returns: The wait, which can be called off.
  @discardableResult
  public func watch(
    _ root: AggregateRoot, _ id: DomainID, in workspace: Workspace = .system, timeout: Interval,
    until condition: @escaping (JSON?) throws -> Bool,
    do body: @escaping (Result<JSON, OperationError>) -> Void
  ) -> WatchHandle {
    let watch = Watch(
      root, id, in: workspace, from: world.clock, timeout: timeout, until: condition, do: body)
    add(watch)
    return WatchHandle(watch: watch)
  }
}

/// A wait that can be called off.
public struct WatchHandle {
  let watch: Watch

  /// Ends the wait; who waits is told nothing.
  public func cancel() { watch.isCancelled = true }
}
