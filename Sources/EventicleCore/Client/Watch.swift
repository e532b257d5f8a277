/// Waits for an aggregate to reach a state.
final class Watch {
  let deadline: Instant
  private let timeout: Interval
  private let root: AggregateRoot
  private let id: DomainID
  private let condition: (JSON?) throws -> Bool
  private let body: (Result<JSON, OperationError>) -> Void
  private var version = Version(-1)
  fileprivate(set) var isCancelled = false

  init(
    _ root: AggregateRoot, _ id: DomainID, from start: Instant, timeout: Interval,
    until condition: @escaping (JSON?) throws -> Bool,
    do body: @escaping (Result<JSON, OperationError>) -> Void
  ) {
    self.timeout = max(timeout, .milliseconds(0))
    deadline = start + self.timeout
    self.root = root
    self.id = id
    self.condition = condition
    self.body = body
  }

  /// Whether the wait is over: the state was reached, or it is too late.
  ///
  /// Tells who waits.
  func isOver(in engine: Engine) -> Bool {
    if isCancelled { return true }
    let known = engine.world.histories.version(of: AggregateKey(root.type, id))
    if known != version {
      version = known
      let state = root.state(of: id, in: engine.world) { [registry = engine.registry] event in
        // An event that cannot be read changes nothing that could be waited for.
        (try? registry.opened(event)) ?? nil
      }?.state
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

  /// What was waited for in vain, and what to do about it.
  private func lateness(_ known: Version) -> String {
    let found = known.number == 0 ? "has no events" : "is at version \(known)"
    return "\(root.type)/\(id) was to reach a state within the timeout of \(timeout), but at "
      + "\(deadline) it \(found) and has not; wait longer, or look for the event that is missing."
  }
}

extension Eventicle {
  /// Waits until an aggregate is in a state, and says so at once, or when it gets there.
  ///
  /// - Parameters:
  ///   - timeout: How long to wait on the engine's clock; a negative one counts as none.
  ///   - condition: Whether a state is the one waited for; `nil` while there is no aggregate. What
  ///     it throws ends the wait.
  ///   - body: Called once: with the state, or with the error of a timeout or of the
  ///     condition.
  /// - Returns: The wait, which can be called off.
  @discardableResult
  public func watch(
    _ root: AggregateRoot, _ id: DomainID, timeout: Interval,
    until condition: @escaping (JSON?) throws -> Bool,
    do body: @escaping (Result<JSON, OperationError>) -> Void
  ) -> WatchHandle {
    let watch = Watch(root, id, from: world.clock, timeout: timeout, until: condition, do: body)
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
