package import EventicleCore

/// Importing in portions, so that what is imported can be looked at while the rest comes.
extension Session {
  /// Begins the import of a file whose bytes are then given to the work.
  package func beginImport(_ options: ImportOptions) -> ImportWork { ImportWork(self, options) }

  /// Begins the import of a file of events.
  ///
  /// - Parameter path: The path of the file, for the tape.
  package func beginImport(
    reaction: ImportReaction = .viewsOnly, from path: String? = nil
  ) -> ImportWork {
    var options = ImportOptions()
    options.reaction = reaction
    options.line = path.map { "import \(Quoting.word($0))" }
    return beginImport(options)
  }

  /// Imports the next events that are there as a whole; ``showImported()`` shows them.
  ///
  /// - Parameter limit: The most events to import; all that are there by default.
  /// - Returns: Whether more may be there; `false` when more bytes are needed.
  /// - Throws: ``EventFileError`` for the first bad line, or an event that cannot be taken; the
  ///   session is then what it was before the import, or when it was last kept.
  package mutating func continueImport(
    _ work: inout ImportWork, events limit: Int = .max
  ) throws(EventFileError) -> Bool {
    if let refusal {
      throw EventFileError(
        line: 1, column: nil, reason: String(refusal.description.dropLast()))
    }
    do throws(EventFileError) {
      var rest = limit
      while rest > 0 {
        let lines = try work.next(rest)
        guard !lines.isEmpty else { break }
        for line in lines { try take(line, &work) }
        rest -= lines.count
      }
      // It is made permanent at the end, because a later line may take everything back.
      if let fault = used.keeper?.store.fault {
        throw EventFileError(line: work.lines.line, column: nil, reason: fault.description)
      }
      return rest == 0
    } catch {
      takeBack(work)
      var error = error
      error.taken = work.kept
      throw error
    }
  }

  private mutating func take(
    _ line: ImportWork.Line, _ work: inout ImportWork
  ) throws(EventFileError) {
    try passTime(to: line.event, on: line.number, &work)
    do throws(EventFileError) {
      try take(line.event, on: line.number, &work)
    } catch {
      // An event that is refused has changed nothing.
      guard work.options.skipsBadLines else { throw error }
      work.skip(error, line.text)
    }
  }

  private mutating func take(
    _ event: Event, on line: Int, _ work: inout ImportWork
  ) throws(EventFileError) {
    let count = engine.world.log.count
    let step = perform(.take(event, reaction: work.options.reaction))
    // Every event that is taken grows the log; only one that is not is looked for again.
    if engine.world.log.count == count,
      try isKnown(event, on: line, work, comparesData: step.problem != nil)
    {
      work.known += 1
      return
    }
    if let problem = step.problem {
      guard !step.isEmpty else {
        throw EventFileError(
          line: line, column: nil,
          reason: problem.hasSuffix(".") ? String(problem.dropLast()) : problem)
      }
      work.parked += 1
    }
    work.note(line)
  }

  /// Lets what falls due up to the time of an event happen before it, unless deliveries are held.
  private mutating func passTime(
    to event: Event, on line: Int, _ work: inout ImportWork
  ) throws(EventFileError) {
    guard event.createdAt > engine.world.clock, !isHeld,
      engine.nextDue(upTo: event.createdAt) != nil,
      engine.world.log.position(of: event.id, in: event.workspace) == nil
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

  /// Whether the very event is in the log already.
  ///
  /// - Throws: ``EventFileError`` for another event with its id.
  private func isKnown(
    _ event: Event, on line: Int, _ work: ImportWork, comparesData: Bool
  ) throws(EventFileError) -> Bool {
    guard let position = engine.world.log.position(of: event.id, in: event.workspace),
      let known = engine.world.log.event(at: position)
    else { return false }
    let difference = EventFile.difference(known, event, comparesData: comparesData)
    guard comparesData || !difference.isEmpty else { return true }
    let index = work.index(ofEventAt: position.number)
    throw index.map {
      EventFile.repeated(event, on: line, earlier: work.line(ofEvent: $0), difference)
    } ?? EventFile.isThere(event, on: line, difference)
  }

  /// Makes permanent what is imported so far, if a store keeps the session; an error later on does
  /// not take it back.
  ///
  /// - Throws: ``EventFileError`` when the store does not take it.
  package mutating func keepImported(_ work: inout ImportWork) throws(EventFileError) {
    guard used.keeper != nil else { return }
    if let fault = keep(nil, from: work.before.timeline.count) {
      throw EventFileError(
        line: work.lines.line, column: nil, reason: fault.description, taken: work.kept)
    }
    work.before = self
    work.kept = work.done
  }

  /// Takes back everything that an import has done and that is not kept.
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
    if work.options.reaction == .everybody { drive() }
    let line = work.done == 0 ? nil : work.options.line
    if let fault = keep(line, from: work.before.timeline.count) {
      throw EventFileError(line: 1, column: nil, reason: fault.description, taken: work.kept)
    }
    arrive()
    countHits()
    lastImport = ImportReport(
      count: work.done, known: work.known, skipped: work.badCount, reasons: work.firstBad,
      parked: work.parked, tenants: Array(engine.world.tenants.dropFirst(work.start.tenants)),
      start: work.start.clock, end: engine.world.clock)
    if let line { used.note(line, after: work.start.entry, passing: work.start.passed) }
  }
}
