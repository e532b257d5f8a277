import EventicleCore

extension Session {
  /// Does what follows from what was done, and what falls due up to an instant; by default what is
  /// overdue.
  ///
  /// While the engine is held, only timers up to a given instant fire. When it ends before
  /// everything is done, the engine is held.
  ///
  /// - Parameter showing: Whether the moments on the way are shown; not to someone who looks
  ///   elsewhere.
  @discardableResult
  mutating func drive(
    firingUpTo end: Instant? = nil, showing: Bool = true,
    until stop: (Step) -> JournalIndex? = { _ in nil }
  ) -> Driver {
    let due = end ?? (isHeld ? nil : engine.world.clock)
    var driver = Driver(firingUpTo: due, isHeld: isHeld)
    drive(&driver, showing: showing, until: stop) { $0.progress(of: $1, upTo: end) }
    switch driver.outcome {
    case .endless, .interrupted: isHeld = isHeld || engine.hasWork
    case .idle, .held, .stopped, .budgetSpent, .crowded: break
    }
    return driver
  }

  /// Does what a driver says until it comes back, a stop is hit, or a person ends it.
  mutating func drive(
    _ driver: inout Driver, showing: Bool = true,
    until stop: (Step) -> JournalIndex? = { _ in nil },
    _ progress: (Session, Driver) -> WorkProgress
  ) {
    // What was done before this may be a hit.
    guard !stopsAfterStep() else { return driver.stop(at: timeline.last) }
    while let input = driver.next(used.branch.engine) {
      // The rest would fail one after the other.
      guard engine.program?.trouble == nil else { return driver.interrupt() }
      guard !stopsBefore(input) else { return driver.stop(at: timeline.last) }
      let step = perform(input)
      driver.took(step)
      if showing { showMoment() }
      if let entry = stop(step) {
        driver.stop(at: entry)
      } else if stopsAfterStep() {
        driver.stop(at: timeline.last)
      } else if !goesOn(progress(self, driver)) {
        driver.interrupt()
      }
    }
  }

  /// Shows the moment after the last step while the work goes on, if that is due.
  mutating func showMoment() {
    guard watch.isDue() else { return }
    timeline.arrive(at: engine.world)
    watch.show(notice(of: momentAtHead))
  }

  private func progress(of driver: Driver, upTo end: Instant?) -> WorkProgress {
    end == nil || driver.fired == 0
      ? WorkProgress("delivering", done: driver.steps)
      : WorkProgress("firing what falls due, at \(engine.world.clock)", done: driver.steps)
  }

  /// What a person must know about the end of a drive; `nil` when everything was done.
  func problem(of driver: Driver) -> String? {
    let held =
      "The engine is held, \(engine.world.queue.count) wait; look at the queue, then release."
    switch driver.outcome {
    case .idle, .held, .stopped, .budgetSpent: return nil
    case .interrupted where engine.program?.trouble != nil:
      return engine.program?.trouble.map { "\($0) \(held)" }
    case .interrupted:
      let ended = "Ended by you after \(driver.steps) \(driver.steps == 1 ? "step" : "steps")"
      return isHeld
        ? "\(ended). \(held)" : "\(ended), \(driver.steps == 1 ? "which is" : "which are") kept."
    case .endless(let deliveries):
      return "\(deliveries) deliveries followed from this and more wait: it looks like a loop. "
        + held
    case .crowded:
      return driver.outcome.error(at: engine.world.clock).map { "\($0)" }
    }
  }
}
