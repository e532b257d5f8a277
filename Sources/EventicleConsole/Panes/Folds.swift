import EventicleCore

/// Something that panes need to have folded, because no drawing runs a reducer.
///
/// It names the versions, so that an answer stays right wherever the time cursor goes.
enum FoldRequest: Hashable, Sendable {
  /// An aggregate at a version.
  case aggregate(AggregateKey, Version)
  /// What each event of some versions changed.
  case steps(AggregateKey, from: Version, to: Version)
  /// The word of an aggregate's status at a version.
  case status(AggregateKey, Version)
}

/// What came of folding.
enum FoldAnswer: Hashable, Sendable {
  case aggregate(AggregateFold)
  /// The changes of each version, in order.
  case steps([[Difference]])
  case status(String?)
}

/// An aggregate folded up to a version, with what is told about the way there.
struct AggregateFold: Hashable, Sendable {
  /// The word of its status from a version on.
  struct Status: Hashable, Sendable {
    let version: Version
    let word: String
  }

  /// The state at the version.
  let state: JSON
  /// The state one event earlier.
  let before: JSON
  /// How the status changed, oldest first, within the last versions.
  let statuses: [Status]

  /// Of how many of the last versions the statuses are told.
  static let lastVersions = 20

  /// What the last event changed.
  var changes: [Difference] { differences(from: before, to: state) }
}

/// What has been folded so far.
struct Folds: Sendable {
  private var answers: [FoldRequest: FoldAnswer] = [:]
  private var asked: Set<FoldRequest> = []

  /// How many answers are kept when others are wanted.
  static let most = 512

  /// The aggregate at a version; `nil` until it is folded.
  func aggregate(_ key: AggregateKey, _ version: Version) -> AggregateFold? {
    if case .aggregate(let fold) = answers[.aggregate(key, version)] { fold } else { nil }
  }

  /// The changes of some versions; `nil` until they are folded.
  func steps(_ key: AggregateKey, from first: Version, to last: Version) -> [[Difference]]? {
    if case .steps(let steps) = answers[.steps(key, from: first, to: last)] { steps } else { nil }
  }

  /// The word of an aggregate's status; `nil` until it is folded, and where there is none.
  func status(_ key: AggregateKey, _ version: Version) -> String? {
    if case .status(let word) = answers[.status(key, version)] { word } else { nil }
  }

  /// Notes that something is asked for.
  ///
  /// - Returns: What of it is neither known nor asked for yet, each once.
  mutating func ask(_ requests: [FoldRequest]) -> [FoldRequest] {
    if answers.count > Folds.most {
      let wanted = Set(requests)
      answers = answers.filter { wanted.contains($0.key) }
    }
    return requests.filter { answers[$0] == nil && asked.insert($0).inserted }
  }

  /// Takes in answers.
  mutating func take(_ new: [FoldRequest: FoldAnswer]) {
    for (request, answer) in new where asked.remove(request) != nil { answers[request] = answer }
  }

  /// Forgets everything, as when the record itself is another one.
  mutating func clear() {
    answers = [:]
    asked = []
  }
}
