package import EventicleCore

/// Reading the file from the beginning.
extension SQLiteJournal {
  package func reload() -> StoreFault? {
    lock {
      do throws(StoreFault) {
        try SQLiteJournal.faulting {
          if let reason, reason.endsTrust { try reopen() }
          if database.isInTransaction { try database.run("ROLLBACK") }
          try load()
        }
        problem = nil
        return nil
      } catch {
        problem = error
        return error
      }
    }
  }

  /// After damage, or a write whose outcome is not known, nothing is written any more; what is there
  /// is read.
  private func reopen() throws {
    database.keepLogOnClose()
    database.close()
    if case .derivedDamaged = reason { opening.ignoresDerived = true }
    database = try Database.reading(opening.path, vfs: opening.vfs)
    writer = nil
    try SQLiteJournal.prepare(database, opening, isWriting: false)
  }

  /// Reads what is needed to go on: small tables, and the steps that the derived ones lack.
  func load() throws(StoreFault) {
    try SQLiteJournal.faulting {
      try inOneRead {
        meta = try StoreMeta(database)
        if let start = meta.start { begun = World(beginningAs: try CoreCodec.decodeAlone(start)) }
        (isNoted, broken, seenByNews, committed) = (false, nil, -1, nil)
        (pages, changes) = (Recent(most: opening.pages), Recent(most: opening.changes))
        (steps, answers, worlds) = (Recent(most: opening.steps), HeldAnswers(), WorldWindow())
        (orders, places) = (HeldOrders(), HeldPlaces())
        var catalogue = Catalogue(of: meta.store)
        var damage = catalogue.read(database)
        if let damage, !Self.isDamage(damage) { throw damage }
        rows = StepRows(of: meta.store, catalogue)
        try rest(onTablesOf: database)
        func looking(_ body: () throws -> Void) throws {
          do { try body() } catch  where Self.isDamage(error) { damage = damage ?? error }
        }
        if damage == nil { try looking { try compareOlderSteps() } }
        try looking {
          do { try readTail(after: damage == nil ? deriver.entry : 0) } catch {
            // It may as well be the step before that is damaged, of which only the end was read.
            if Self.isDamage(error), rows.last.number <= deriver.entry { try? readTail(after: 0) }
            throw error
          }
        }
        (tape, tapeHash) = ([], meta.store)
        try looking { try StoreTape.read(&tape, &tapeHash, database) }
        try looking { openings = try StoreOpenings.load(of: meta.store, database) }
        if damage == nil,
          let missing = try extent.difference(from: StoreExtent.Noted(database), of: meta.store)
        {
          damage = StepRowReader.Damage(what: missing)
        }
        if let damage { try fail(StoreDamage(damage, after: rows, database)) }
      }
    }
  }

  /// Begins with the derived tables as they are in the file.
  func rest(onTablesOf database: Database) throws {
    if writer == nil {
      for table in DerivedTables.all { try database.run("DELETE FROM temp.new_\(table.name)") }
    }
    tail = Tail()
    deriver = try SQLiteJournal.deriver(database, writer == nil ? .memory : .file)
    fileMark = deriver.entry
  }

  /// Reads the steps after an entry, at which a step ends.
  private func readTail(after entry: Int) throws {
    var reader = try StepRowReader(after: entry, of: meta.store, database, rows.catalogue)
    rows = reader.rows
    if entry == deriver.entry, (rows.events, rows.kept) != (deriver.events, deriver.kept) {
      throw StoreFault.derivedDamaged("how far they reach is changed")
    }
    while let step = try reader.step() {
      try take(step, after: rows.events)
      rows = reader.rows
    }
  }

  /// Reads those of the known steps again that the derived tables lack.
  func reloadTail() throws {
    guard deriver.entry < rows.last.number else { return }
    var reader = try StepRowReader(
      after: deriver.entry, of: meta.store, database, rows.catalogue)
    var events = reader.rows.events
    while reader.next <= rows.last.number, let step = try reader.step() {
      try take(step, after: events)
      events = reader.rows.events
    }
  }

  /// Adds a step to those that the derived tables lack, unless they have it.
  func take(_ step: StoredStep, after events: Int) throws {
    guard step.first.number > deriver.entry else { return }
    tail.append(step)
    var position = events
    for case .logged(let event, _, by: _) in step.parts.flatMap(\.events) {
      position += 1
      let known: Int = try SQLiteJournal.finding { try count(of: event.stream, rows.catalogue) }
      tail.note(event, at: position, place: known + 1)
    }
  }
}
