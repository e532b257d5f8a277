/// Everything that one step of the engine changed; applied and reverted as a whole.
package struct StepChanges: Sendable {
  /// The number of events appended to the log.
  package let appended: Int
  /// The number of events added to histories without being published.
  package let kept: Int
  /// The number of draws from the random source.
  package let draws: Int
  /// All other differences, in the order in which they were made.
  package let others: [Change]

  /// A step that changed nothing.
  package static let none = StepChanges(appended: 0, kept: 0, draws: 0, others: [])

  /// Whether nothing changed.
  package var isEmpty: Bool { appended == 0 && kept == 0 && draws == 0 && others.isEmpty }

  /// The number of differences: the cost of applying or reverting them.
  package var count: Int { appended + kept + others.count }

  init(appended: Int, kept: Int, draws: Int, others: [Change]) {
    self.appended = appended
    self.kept = kept
    self.draws = draws
    self.others = others
  }

  /// Sums up what a transaction changed, reusing its list when nothing is left out.
  init(taking changes: inout [Change], draws: Int) {
    var (appended, kept) = (0, 0)
    for change in changes {
      switch change {
      case .appended: appended += 1
      case .kept: kept += 1
      default: break
      }
    }
    self.appended = appended
    self.kept = kept
    self.draws = draws
    guard appended + kept > 0 else {
      others = changes
      if !changes.isEmpty { changes = [] }
      return
    }
    guard appended + kept < changes.count else {
      others = []
      return
    }
    var rest: [Change] = []
    rest.reserveCapacity(changes.count - appended - kept)
    for change in changes {
      switch change {
      case .appended, .kept: continue
      default: rest.append(change)
      }
    }
    others = rest
  }
}
