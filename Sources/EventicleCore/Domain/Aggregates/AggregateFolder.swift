/// Folds the events of aggregates into the states that tools show and commands decide on.
///
/// It stands in place of reducers where calling one per event would cost too much, as with a
/// program in another process. It must be a function of the events: the same events give the same
/// states, because states are kept and compared.
public protocol AggregateFolder: Sendable {
  /// Folds the events of one aggregate and returns its states after some of them.
  ///
  /// - Parameters:
  ///   - events: The events from the first one on, oldest first, as handlers see them.
  ///   - versions: After how many of the events a state is asked for: ascending, each from 1 to the
  ///     number of events.
  /// - Returns: One state for each version, in order.
  /// - Throws: Why the events cannot be folded; nothing is decided on such an aggregate.
  func fold(_ events: [Event], of key: AggregateKey, at versions: [Version]) throws -> [JSON]
}

/// Folds with the reducers of a declaration, one event after the other.
struct ReducerFolder: AggregateFolder {
  let root: AggregateRoot
  /// Whether errors of reducers are ignored, as tools do.
  var ignoresErrors = false

  func fold(_ events: [Event], of key: AggregateKey, at versions: [Version]) throws -> [JSON] {
    var table = ReducerTable(root)
    var state = JSON.emptyObject
    var states: [JSON] = []
    states.reserveCapacity(versions.count)
    for (index, event) in events.enumerated() {
      table.apply(event, to: &state)
      while states.count < versions.count, versions[states.count].number <= index + 1 {
        states.append(state)
      }
    }
    if !ignoresErrors, let failure = table.failure { throw failure }
    return states
  }
}

/// A folder answered another number of states than it was asked for.
struct FolderAnswerError: Error, CustomStringConvertible {
  let key: AggregateKey
  let asked: Int
  let answered: Int

  var description: String {
    "The folder of \(key) was asked for \(asked) \(asked == 1 ? "state" : "states") and answered "
      + "\(answered); it must answer one for each version."
  }
}
