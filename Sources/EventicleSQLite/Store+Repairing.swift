public import EventicleCore
internal import Glibc

extension Store {
  /// What a repair found.
  public struct Repair: Sendable, Hashable {
    /// The number of journal entries in the new store.
    public let entries: Int
    /// What is wrong with what follows them in the old one; `nil` when nothing is missing.
    public let damage: String?
    /// The entries that the old store had and the new one has not, as far as can be told.
    public var lost: ClosedRange<Int>?
    /// The file of the whole events behind the history of the new store, one JSON object a line, and
    /// their number; `nil` when there are none.
    public var rest: Rest?

    /// Events that were saved without the steps that they belong to.
    public struct Rest: Sendable, Hashable {
      /// The path of their file.
      public let path: String
      /// How many there are.
      public let events: Int
    }
  }

  /// Makes a new store of the longest beginning of another one that can be trusted.
  ///
  /// Events behind it that are whole go to a file beside the new store, which ends in
  /// `.after.ndjson`. The old store is only read.
  ///
  /// - Throws: ``StoreError`` when nothing of it can be read, or the new one cannot be made.
  public static func repair(
    _ path: String, into newPath: String
  ) throws(StoreError) -> Repair {
    try StoreFile.expect(at: path)
    defer { StoreFile.tidy(path) }
    let restPath = newPath + ".after.ndjson"
    for path in [newPath, restPath] {
      guard try StoreFile.look(at: path) == .nothing else {
        throw StoreError("\(path) is there already; name another file for the repaired store.")
      }
    }
    var opening = SQLiteJournal.Opening(path: path)
    var isDeclaredWrongly = false
    do { try SQLiteJournal.identify(opening, .read) } catch let error as StoreError {
      throw error
    } catch StoreFault.newer(let format, let readable) {
      throw StoreError(StoreFault.newer(format: format, readable: readable))
    } catch { isDeclaredWrongly = true }
    // Under its own name there is never a part of what can be saved. Of a store with damaged
    // declarations a copy is made, whose tables are declared again; the old file stays as it is.
    let (part, copy) = (newPath + "-part", newPath + "-copy")
    for name in [part, copy] {
      guard try StoreFile.look(at: name) == .nothing else {
        throw StoreError("\(name) is there already, where the new store would be made; remove it.")
      }
    }
    for name in [newPath, part, copy] { try StoreFile.expectNothing(beside: name) }
    let new = try open(part)
    defer { StoreFile.remove(part) }
    defer { if isDeclaredWrongly { StoreFile.remove(copy) } }
    let repair: Repair
    do throws(StoreFault) {
      if isDeclaredWrongly {
        try SQLiteJournal.faulting {
          try StoreFile.copy(path, to: copy)
          try SQLiteJournal.declareAgain(copy, as: part)
        }
        opening.path = copy
      }
      repair = try SQLiteJournal.faulting {
        try SQLiteJournal.repair(opening, into: new.file, rest: restPath)
      }
    } catch {
      new.close()
      unlink(restPath)
      switch error {
      case .damaged(let what), .unreadable(let what):
        throw StoreError("Nothing of \(path) can be saved: \(what).")
      default: throw StoreError(error)
      }
    }
    new.close()
    guard !StoreFile.hasLog(part) else {
      unlink(restPath)
      throw StoreError("\(newPath) cannot be completed; see that its disk works and has room.")
    }
    try StoreFile.name(part, as: newPath)
    return repair
  }
}

extension SQLiteJournal {
  fileprivate static func repair(
    _ opening: Opening, into new: any JournalFile, rest: String
  ) throws -> Store.Repair {
    let database = try Database.reading(opening.path, vfs: opening.vfs)
    defer { database.close() }
    // Reads a file whose end is missing, as far as it goes.
    try database.run("PRAGMA writable_schema=ON")
    try database.run(Schema.settings)
    let meta = try StoreMeta(database)
    guard let domain = meta.domain, let start = meta.start else {
      throw StoreFault.damaged("no history has begun in it")
    }
    let world = World(beginningAs: try CoreCodec.decodeAlone(start))
    if let fault = new.begin(world, of: domain) { throw fault }
    var damage: String?
    var lines: ArraySlice<(after: JournalIndex, line: String)> = []
    do {
      let found = try StoreTape.readable(after: meta.store, database)
      (lines, damage) = (found.0[...], found.damage)
    } catch { damage = "\(error)" }
    var count = 0
    let catalogue = try Catalogue.load(of: meta.store, database)
    var reader = try StepRowReader(after: 0, of: meta.store, database, catalogue)
    do {
      while let step = try reader.step() {
        while let next = lines.first, next.after < step.first {
          new.append(line: lines.removeFirst().line)
        }
        new.append(step)
        count += step.entries.count
        if count % 65_536 < step.entries.count, let fault = new.commit() { throw fault }
      }
    } catch let broken as StepRowReader.Damage {
      damage = broken.what
    } catch let error as SQLiteError {
      damage = "SQLite finds that \(error.message)"
    } catch let fault as StoreFault {
      throw fault
    } catch {
      damage = "the step from \(new.last.next) on cannot be read: \(error)"
    }
    for line in lines where line.after <= new.last { new.append(line: line.line) }
    if let fault = new.commit() { throw fault }
    let last = try lastEntry(database)
    if last > new.last.number, damage == nil {
      damage = "the entries from \(new.last.next) on are missing"
    }
    var repair = Store.Repair(entries: new.last.number, damage: damage)
    if last > new.last.number { repair.lost = (new.last.number + 1)...last }
    if damage != nil {
      let events = events(after: new.lastEvent(doneAt: new.last).number, database, catalogue)
      if events.count > 0 {
        try StoreFile.write(events.lines, to: rest)
        repair.rest = Store.Repair.Rest(path: rest, events: events.count)
      }
    }
    return repair
  }

  /// The last entry that was committed, as far as the file says.
  private static func lastEntry(_ database: Database) throws -> Int {
    let noted = try? StoreExtent.Noted(database)?.entry
    let found = try? database.number("SELECT max(entry) FROM journal")
    return max(noted ?? 0, found ?? 0)
  }

  /// The published events after a position that can be read alone, a line of JSON each.
  private static func events(
    after position: Int, _ database: Database, _ catalogue: Catalogue
  ) -> (lines: [UInt8], count: Int) {
    var (lines, count, next) = ([UInt8](), 0, position)
    guard let last = try? database.number("SELECT max(position) FROM event") else { return ([], 0) }
    // One by one, so that a page that cannot be read costs its own events only.
    while next < last {
      next += 1
      let event = try? database.row(
        """
        SELECT e.kind, e.entry, e.created_at, e.cause, e.id, e.subject, e.data, e.extra, \
        e.members, c.id, c.kind FROM event e LEFT JOIN event c ON c.position = e.cause \
        WHERE e.position = ?1
        """, next
      ) { row in
        let columns = try EventColumns(row, from: 0, joined: true)
        return try columns.event(catalogue.kind(columns.kind), catalogue).event
      }
      guard let event = event ?? nil else { continue }
      lines += event.json
      lines.append(0x0A)
      count += 1
    }
    return (lines, count)
  }
}
