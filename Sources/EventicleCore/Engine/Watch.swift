/// Waits for an aggregate to reach a state.
final class Watch {
  let deadline: Instant
  private let root: AggregateRoot
  private let id: DomainID
  private let condition: (JSON?) throws -> Bool
  private let body: (Result<JSON, OperationError>) -> Void
  private var version = Version(-1)
  fileprivate(set) var isCancelled = false

  init(
    _ root: AggregateRoot, _ id: DomainID, deadline: Instant,
    until condition: @escaping (JSON?) throws -> Bool,
    do body: @escaping (Result<JSON, OperationError>) -> Void
  ) {
    self.root = root
    self.id = id
    self.deadline = deadline
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
        body(.failure(OperationError(sentence(of: error))))
        return true
      }
    }
    guard engine.world.clock >= deadline else { return false }
    body(
      .failure(
        OperationError(
          "aggregateObserve timeout occurred {\"type\":\"\(root.type)\",\"id\":\"\(id)\"}")))
    return true
  }
}

extension Eventicle {
  /// Waits until an aggregate is in a state, and says so at once, or when it gets there.
  ///
  /// - Parameters:
  ///   - timeout: How long to wait on the engine's clock.
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
    let watch = Watch(root, id, deadline: world.clock + timeout, until: condition, do: body)
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
