import EventicleCore

/// Hears of every transaction of a run's engine.
///
/// An engine works on one thread, and a run has one engine at a time.
final class ObserverLog: @unchecked Sendable {
  private var started = 0
  private var kept = 0
  private var takenBack = 0
  /// The entries that it was told were kept since it was asked last.
  private var entries = 0

  /// The options of an engine that tells it everything.
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

  /// An engine is gone, and what it told with it.
  func forget() { (started, kept, takenBack, entries) = (0, 0, 0, 0) }

  /// That it heard of a step as it was kept.
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
