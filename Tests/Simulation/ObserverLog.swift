import EventicleCore

/// Observes every transaction of a run's engine.
///
/// Unchecked sendability is safe because an engine works on one thread and a run has one engine at
/// a time.
final class ObserverLog: @unchecked Sendable {
  private var started = 0
  private var kept = 0
  private var takenBack = 0
  /// The number of entries reported as kept since the last check.
  private var entries = 0

  /// Engine options that install this observer.
  var options: EngineOptions {
    EngineOptions(observers: [
      TransactionObserver(
        onStart: { [self] _ in started += 1 },
        onCommit: { [self] in
          kept += 1
          entries += $0.count
        },
        onRollback: { [self] _ in takenBack += 1 })
    ])
  }

  /// Drops what was reported by an engine that was lost.
  func forget() { (started, kept, takenBack, entries) = (0, 0, 0, 0) }

  /// Checks that a step was reported as kept.
  func check(_ step: Step) throws {
    guard started == kept + takenBack else {
      throw Violation(
        .observersHear, "Of \(started) transactions \(kept) were kept and \(takenBack) taken back.")
    }
    let told = step.parts.filter { part in
      if case .command(_, _, _, .reported)? = part.first?.kind { return true }
      return part.first?.kind.problem == nil
    }
    let expected = told.reduce(0) { $0 + $1.count }
    guard entries == expected else {
      throw Violation(
        .observersHear, "Observers heard of \(entries) entries that were kept, not \(expected).")
    }
    entries = 0
  }
}
