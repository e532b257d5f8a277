extension Store {
  /// Performs all inputs that the store has again, in an engine of a domain, and compares each step
  /// with the recorded one, byte for byte, until one is different.
  ///
  /// Handlers run; nothing that they do leaves the engine, and the store is only read. The recorded
  /// outcome of a step is taken where the input cannot be performed again: see
  /// ``Verification/skipped`` and ``Verification/foreign``.
  ///
  /// - Parameter goesOn: Asked before each step with its first entry; `false` ends it early.
  /// - Throws: ``DomainError`` when a declaration of the domain cannot work; ``StoreError`` when the
  ///   store cannot be read, or has no history of the domain.
  /// - Complexity: That of the recorded work itself.
  public func rerun(
    _ domain: Domain, goesOn: (JournalIndex) -> Bool = { _ in true }
  ) throws -> Verification {
    guard let known = file.domain, isSameText(known, domain.name) else {
      throw StoreError(
        "The store has the history of \(file.domain.map { "the domain \($0)" } ?? "no domain"), "
          + "not of \(domain.name); its inputs can be performed again in its own domain.")
    }
    var rerun = try StoreRerun(of: file, domain)
    file.forEachStep(after: JournalIndex(0), upTo: file.last) { step in
      goesOn(step.first) && rerun.take(step)
    }
    if let fault = file.fault { throw StoreError(fault) }
    return rerun.result
  }
}

/// Performs the recorded inputs of a store one after the other.
private struct StoreRerun {
  let file: any JournalFile
  let domain: Domain
  /// The engine before the next step; its domain may declare other consumers than the step's.
  private var engine: Engine
  /// Whether the steps are made with the consumers that the domain declares.
  private var isSameDomain: Bool
  private var again: StoredSteps
  /// How many events the store has and the engine has let go.
  private var released = 0
  var result = Verification()

  /// How many events gather in memory before they are let go.
  private static let mostEvents = 65_536

  init(of file: any JournalFile, _ domain: Domain) throws(DomainError) {
    (self.file, self.domain) = (file, domain)
    (engine, isSameDomain) = try StoreRerun.engine(domain, file.start, JournalIndex(1))
    again = StoredSteps(after: file.start)
  }

  /// An engine on a world, and whether the world has exactly the consumers that the domain declares.
  private static func engine(
    _ domain: Domain, _ world: World, _ next: JournalIndex
  ) throws(DomainError) -> (Engine, Bool) {
    var isSame = true
    let engine = try Engine(resuming: world, domain, nextEntry: next) { _ in isSame = false }
    guard isSame else {
      var other = engine
      // The recorded step that opens and closes groups comes later, or never.
      other.go(on: world, after: JournalIndex(next.number - 1))
      return (other, false)
    }
    return (engine, true)
  }

  /// Performs the input of a step, or takes its recorded outcome; whether there is more to do.
  mutating func take(_ recorded: StoredStep) -> Bool {
    guard isSameDomain, recorded.input.action.isRepeatable else { return pass(over: recorded) }
    guard !engine.actsOutsideElsewhere(recorded.input.action) else {
      result.skipped.append(recorded.first)
      return pass(over: recorded, isCounted: true)
    }
    guard result.compare(recorded, &engine, &again) else { return false }
    release()
    return file.fault == nil
  }

  /// - Parameter isCounted: Whether the step is counted already.
  private mutating func pass(over recorded: StoredStep, isCounted: Bool = false) -> Bool {
    let next = JournalIndex(recorded.first.number + recorded.entries.count)
    _ = engine.world.replay(completing: recorded)
    engine.nextEntry = next
    if recorded.input.action.isRepeatable {
      if !isCounted { result.foreign += 1 }
    } else {
      result.skipped.append(recorded.first)
      // Consumers may have come or gone with it; the declarations were checked at the beginning.
      if let (fresh, isSame) = try? StoreRerun.engine(domain, engine.world, next) {
        (engine, isSameDomain) = (fresh, isSame)
      }
    }
    again = StoredSteps(after: engine.world)
    release()
    return file.fault == nil
  }

  /// Lets go of events that the store has as well, once there are many.
  private mutating func release() {
    guard engine.world.log.count - released >= StoreRerun.mostEvents else { return }
    released = engine.world.log.count
    engine.releaseLog(to: file)
  }
}
