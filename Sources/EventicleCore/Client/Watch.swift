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

  /// Whether the wait is over because the state was reached or the timeout has passed.
  ///
  /// Calls the watcher when it is.
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

  /// The error for a timeout: what was waited for, and what to do about it.
  package static func lateness(
    of key: AggregateKey, at known: Version, deadline: Instant, timeout: Interval
  ) -> String {
    let found = known.number == 0 ? "has no events" : "is at version \(known)"
    return "\(key) was to reach a state within the timeout of \(timeout), but at "
      + "\(deadline) it \(found) and has not; wait longer, or look for the event that is missing."
  }
}

extension AggregateRoot {
  /// The state that a watch checks; an event that cannot be read leaves it unchanged.
  fileprivate func watchedState(
    of key: AggregateKey, in world: World, _ registry: Registry
  ) -> JSON? {
    state(of: key.id, in: world, workspace: key.workspace) { event in
      (try? registry.opened(event)) ?? nil
    }?.state
  }
}

extension StreamReaders {
  /// The state and version of an aggregate that a watch checks; O(events).
  package func state(
    of root: AggregateRoot, _ key: AggregateKey, in world: World
  ) -> (state: JSON?, version: Version) {
    (root.watchedState(of: key, in: world, registry), world.histories.version(of: key))
  }
}

extension Eventicle {
  /// Waits until an aggregate is in a state, and calls back at once or when it gets there.
  ///
  /// - Parameters:
  ///   - workspace: The workspace of the aggregate.
  ///   - timeout: How long to wait on the engine's clock; a negative interval means no wait.
  ///   - condition: Whether a state is the expected one; it gets `nil` while there is no aggregate.
  ///     An error it throws ends the wait.
  ///   - body: Called once: with the state, or with the error of the timeout or the condition.
  /// - Returns: A handle that can cancel the wait.
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

/// Cancels a wait that ``Eventicle/watch(_:_:timeout:until:do:)`` started.
public struct WatchHandle {
  let watch: Watch

  /// Ends the wait without calling back.
  public func cancel() { watch.isCancelled = true }
}
