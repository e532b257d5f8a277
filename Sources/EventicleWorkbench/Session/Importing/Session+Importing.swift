package import EventicleCore

/// Importing in portions, so that what is imported can be looked at while the rest comes.
extension Session {
  /// Begins the import of a file whose bytes are then given to the work.
  ///
  /// - Parameter path: The path of the file, for the tape.
  package func beginImport(
    reaction: ImportReaction = .viewsOnly, from path: String? = nil
  ) -> ImportWork {
    ImportWork(self, reaction: reaction, path: path)
  }

  /// Imports the next events that are there as a whole; ``showImported()`` shows them.
  ///
  /// - Parameter limit: The most events to import; all that are there by default.
  /// - Returns: Whether more may be there; `false` when more bytes are needed.
  /// - Throws: ``EventFileError`` for the first bad line, or an event that cannot be taken; the
  ///   session is then what it was before the import.
  package mutating func continueImport(
    _ work: inout ImportWork, events limit: Int = .max
  ) throws(EventFileError) -> Bool {
    do throws(EventFileError) {
      var rest = limit
      while rest > 0 {
        let events = try work.next(rest)
        guard !events.isEmpty else { break }
        for (event, line) in events { try take(event, on: line, &work) }
        rest -= events.count
      }
      // It is made permanent at the end, because a later line may take everything back.
      if let fault = used.keeper?.store.fault {
        throw EventFileError(line: work.lines.line, column: nil, reason: fault.description)
      }
      return rest == 0
    } catch {
      takeBack(work)
      throw error
    }
  }

  private mutating func take(
    _ event: Event, on line: Int, _ work: inout ImportWork
  ) throws(EventFileError) {
    try passTime(to: event, on: line, &work)
    let count = engine.world.log.count
    let step = perform(.take(event, reaction: work.reaction))
    // Every event that is taken grows the log; only one that is not is looked for again.
    if engine.world.log.count == count { try refuseKnown(event, on: line, work) }
    if let problem = step.problem {
      guard !step.isEmpty else {
        throw EventFileError(
          line: line, column: nil,
          reason: problem.hasSuffix(".") ? String(problem.dropLast()) : problem)
      }
      work.parked += 1
    }
    work.done += 1
  }

  /// Lets what falls due up to the time of an event happen before it, unless deliveries are held.
  private mutating func passTime(
    to event: Event, on line: Int, _ work: inout ImportWork
  ) throws(EventFileError) {
    guard event.createdAt > engine.world.clock, !isHeld,
      engine.nextDue(upTo: event.createdAt) != nil
    else { return }
    let before = engine.world.log.count
    let driver = drive(firingUpTo: event.createdAt)
    work.addOthers(before..<engine.world.log.count)
    switch driver.outcome {
    case .idle, .held, .stopped, .budgetSpent, .interrupted: break
    case .endless, .crowded:
      let problem = problem(of: driver) ?? ""
      throw EventFileError(
        line: line, column: nil,
        reason: "what falls due before this event comes to no end: "
          + (problem.hasSuffix(".") ? String(problem.dropLast()) : problem))
    }
  }

  /// Refuses an event whose id is in the log already.
  private func refuseKnown(
    _ event: Event, on line: Int, _ work: ImportWork
  ) throws(EventFileError) {
    guard let position = engine.world.log.position(of: event.id, in: event.workspace) else {
      return
    }
    let index = work.index(ofEventAt: position.number)
    throw index.map { EventFile.repeated(event, on: line, earlier: work.line(ofEvent: $0)) }
      ?? EventFile.isThere(event, on: line)
  }

  /// Takes back everything that an import has done.
  package mutating func takeBack(_ work: ImportWork) {
    _ = used.keeper?.store.reload()
    self = work.before
  }

  /// Shows what is imported so far: a moment, because an event is imported in one step.
  package mutating func showImported() { arrive() }

  /// Ends an import: lets what reacts to it happen, makes it permanent, and notes it in
  /// ``lastImport`` and on the tape.
  ///
  /// - Throws: ``EventFileError`` when the store does not take it.
  package mutating func endImport(_ work: ImportWork) throws(EventFileError) {
    if work.reaction == .everybody { drive() }
    let line = work.done == 0 ? nil : work.path.map { "import \(Quoting.word($0))" }
    if let fault = keep(line, from: work.before.timeline.count) {
      throw EventFileError(line: 1, column: nil, reason: fault.description)
    }
    arrive()
    lastImport = ImportReport(
      count: work.done, parked: work.parked,
      tenants: Array(engine.world.tenants.dropFirst(work.before.engine.world.tenants.count)),
      start: work.before.engine.world.clock, end: engine.world.clock)
    if let line {
      let before = work.before
      used.note(line, after: before.timeline.last, passing: before.used.passedBehind)
    }
  }
}
