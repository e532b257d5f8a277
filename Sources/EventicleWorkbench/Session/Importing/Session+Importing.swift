package import EventicleCore

/// Importing in portions, so that what is imported can be looked at while the rest comes.
extension Session {
  /// Reads and checks a whole file of events, and imports none of them yet.
  ///
  /// - Throws: ``EventFileError`` for the first bad line.
  package func beginImport(
    _ bytes: [UInt8], reaction: ImportReaction = .viewsOnly, from path: String? = nil
  ) throws(EventFileError) -> ImportWork {
    try beginImport(bytes, reaction: reaction, from: path, goesOn: { _ in true })
      ?? ImportWork(
        events: [], bytes: [], reaction: reaction, path: path, start: engine.world.clock,
        tenants: engine.world.tenants.count, first: timeline.last)
  }

  /// Reads and checks a whole file of events, as long as it is told to go on.
  ///
  /// - Parameter goesOn: Called now and then with the number of bytes read; returns `false` to end.
  /// - Returns: `nil` when it was ended.
  package func beginImport(
    _ bytes: [UInt8], reaction: ImportReaction = .viewsOnly, from path: String? = nil,
    goesOn: (Int) -> Bool
  ) throws(EventFileError) -> ImportWork? {
    let log = engine.world.log
    let read = try EventFile.read(
      bytes, isKnown: { log.position(of: $0.id, in: $0.workspace) != nil }, goesOn: goesOn)
    guard let events = read else { return nil }
    return ImportWork(
      events: events, bytes: bytes, reaction: reaction, path: path, before: self,
      start: engine.world.clock, tenants: engine.world.tenants.count, first: timeline.last)
  }

  /// Imports the next events of a file; ``showImported()`` shows them.
  ///
  /// - Parameter limit: The most events to import; all that are left by default.
  /// - Returns: Whether any are left.
  /// - Throws: ``EventFileError`` for an event that cannot be taken; the session is then what it was
  ///   before the import.
  package mutating func continueImport(
    _ work: inout ImportWork, events limit: Int = .max
  ) throws(EventFileError) -> Bool {
    let end = work.done + min(limit, work.count - work.done)
    let first = timeline.count
    while work.done < end {
      let step = perform(.take(work.events[work.done], reaction: work.reaction))
      if let problem = step.problem {
        guard !step.entries.isEmpty else {
          if let before = work.before { self = before }
          throw EventFileError(
            line: EventFile.line(ofEvent: work.done, in: work.bytes), column: nil,
            reason: problem.hasSuffix(".") ? String(problem.dropLast()) : problem)
        }
        work.parked += 1
      }
      work.done += 1
    }
    if let fault = keep(nil, from: first) {
      throw EventFileError(line: 1, column: nil, reason: fault.description)
    }
    return !work.isComplete
  }

  /// Shows what is imported so far: a moment, because an event is imported in one step.
  package mutating func showImported() { arrive() }

  /// Ends an import: lets what reacts to it happen, and notes it in ``lastImport`` and on the tape.
  ///
  /// - Throws: ``EventFileError`` when the store does not take what reacts.
  package mutating func endImport(_ work: ImportWork) throws(EventFileError) {
    let first = timeline.count
    if work.reaction == .everybody { drive() }
    if let fault = keep(nil, from: first) {
      throw EventFileError(line: 1, column: nil, reason: fault.description)
    }
    arrive()
    lastImport = ImportReport(
      count: work.done, parked: work.parked,
      tenants: Array(engine.world.tenants.dropFirst(work.tenants)), start: work.start,
      end: engine.world.clock)
    if let path = work.path, work.done > 0 {
      used.tape.append("import \(Quoting.word(path))", work.first...timeline.last)
    }
  }
}
