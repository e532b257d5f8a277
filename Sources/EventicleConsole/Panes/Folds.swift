import EventicleCore

/// A fold that a pane needs, requested because drawing never runs a reducer.
///
/// It names exact versions, so an answer stays valid wherever the time cursor goes.
enum FoldRequest: Hashable, Sendable {
  /// The state of an aggregate at a version.
  case aggregate(AggregateKey, Version)
  /// The changes made by each event in a range of versions.
  case steps(AggregateKey, from: Version, to: Version)
  /// The status of an aggregate at a version.
  case status(AggregateKey, Version)
}

/// The result of a fold.
enum FoldAnswer: Hashable, Sendable {
  case aggregate(AggregateFold)
  /// The changes of each version, in order.
  case steps([[Difference]])
  case status(String?)
}

/// An aggregate folded up to a version, with its recent changes of status.
struct AggregateFold: Hashable, Sendable {
  /// A status and the version from which it applies.
  struct Status: Hashable, Sendable {
    let version: Version
    let word: String
  }

  /// The state at the version.
  let state: JSON
  /// The state one event earlier.
  let before: JSON
  /// The changes of status within the last versions, oldest first.
  let statuses: [Status]

  /// The number of last versions that `statuses` covers.
  static let lastVersions = 20

  /// The changes of the last event.
  var changes: [Difference] { differences(from: before, to: state) }
}

/// The answers received so far.
struct Folds: Sendable {
  private var answers: [FoldRequest: FoldAnswer] = [:]
  private var asked: Set<FoldRequest> = []

  /// The number of answers above which those not requested again are dropped.
  static let most = 512

  /// The aggregate at a version; `nil` until it is folded.
  func aggregate(_ key: AggregateKey, _ version: Version) -> AggregateFold? {
    if case .aggregate(let fold) = answers[.aggregate(key, version)] { fold } else { nil }
  }

  /// The changes of some versions; `nil` until they are folded.
  func steps(_ key: AggregateKey, from first: Version, to last: Version) -> [[Difference]]? {
    if case .steps(let steps) = answers[.steps(key, from: first, to: last)] { steps } else { nil }
  }

  /// The status of an aggregate; `nil` until it is folded, and when it has none.
  func status(_ key: AggregateKey, _ version: Version) -> String? {
    if case .status(let word) = answers[.status(key, version)] { word } else { nil }
  }

  /// Records requests.
  ///
  /// - Returns: The requests that are neither answered nor pending, each once.
  mutating func ask(_ requests: [FoldRequest]) -> [FoldRequest] {
    if answers.count > Folds.most {
      let wanted = Set(requests)
      answers = answers.filter { wanted.contains($0.key) }
    }
    return requests.filter { answers[$0] == nil && asked.insert($0).inserted }
  }

  /// Stores answers.
  mutating func take(_ new: [FoldRequest: FoldAnswer]) {
    for (request, answer) in new where asked.remove(request) != nil { answers[request] = answer }
  }

  /// Drops all answers, for when the record is replaced by another one.
  mutating func clear() {
    answers = [:]
    asked = []
  }
}
