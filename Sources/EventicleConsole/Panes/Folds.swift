import EventicleCore

/// A fold or a trial that a pane needs, requested because drawing never runs a reducer or a handler.
///
/// It names exact versions and moments, so an answer stays valid wherever the time cursor goes.
enum FoldRequest: Hashable, Sendable {
  /// The state of an aggregate at a version.
  case aggregate(AggregateKey, Version)
  /// The changes made by each event in a range of versions.
  case steps(AggregateKey, from: Version, to: Version)
  /// The status of an aggregate at a version.
  case status(AggregateKey, Version)
  /// What the commands about an aggregate would come to at a moment.
  case commands(AggregateKey, Version, at: JournalIndex)
  /// What the armed timers of a saga instance would come to at a moment.
  case timers(SagaKey, at: JournalIndex)
}

/// The result of a fold.
enum FoldAnswer: Hashable, Sendable {
  case aggregate(AggregateFold)
  /// The changes of each version, in order.
  case steps([[Difference]])
  case status(String?)
  /// `nil` when they could not be tried.
  case commands(CommandTrials?)
  /// By the timer's name.
  case timers([String: TimerTrial])
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

  /// What the commands about an aggregate come to at a moment; `nil` until they are tried, and when
  /// they cannot be.
  func commands(_ key: AggregateKey, _ version: Version, at moment: JournalIndex) -> CommandTrials?
  {
    guard case .commands(let trials) = answers[.commands(key, version, at: moment)] else {
      return nil
    }
    return trials
  }

  /// What a timer of a saga instance would come to at a moment; `nil` until it is tried.
  func timer(_ name: String, of key: SagaKey, at moment: JournalIndex) -> TimerTrial? {
    if case .timers(let trials) = answers[.timers(key, at: moment)] { trials[name] } else { nil }
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
