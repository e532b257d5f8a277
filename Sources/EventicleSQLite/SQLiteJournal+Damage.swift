internal import EventicleCore

/// What is whole of a file, and what of it cannot be trusted.
extension SQLiteJournal {
  /// How many entries are compared with their hashes while nobody works, in one go, and how long that
  /// may take, in milliseconds.
  private static let mostAtRest = (entries: 16_384, milliseconds: 20)

  // MARK: - Looking

  /// Compares steps that the derived tables have with their hashes: the last ones when the store is
  /// opened, and all of them once something is known to be wrong.
  func compareOlderSteps() throws {
    let isSuspect = reason.map(\.endsTrust) ?? false
    guard isSuspect || uncompared == nil else { return }
    let first = isSuspect ? 0 : max(0, deriver.entry - opening.comparedEntries)
    let low =
      try database.row(
        "SELECT entry FROM journal WHERE entry <= ?1 AND hash IS NOT NULL ORDER BY entry DESC LIMIT 1",
        first
      ) { $0.int(0) } ?? 0
    var reader = try StepRowReader(
      after: low, upTo: deriver.entry, of: meta.store, database, rows.catalogue)
    while reader.next <= deriver.entry, try reader.pass() {}
    uncompared = 0..<low
  }

  /// Compares some more steps with their hashes, if there are any left.
  func compareNextSteps() throws {
    guard let rest = uncompared, !rest.isEmpty else { return }
    let start = opening.clock()
    let end = min(rest.upperBound, rest.lowerBound + Self.mostAtRest.entries)
    var reader = try StepRowReader(
      after: rest.lowerBound, upTo: end, of: meta.store, database, rows.catalogue)
    while reader.next <= end, opening.clock() - start < Self.mostAtRest.milliseconds {
      guard try reader.pass() else { break }
    }
    uncompared = min(reader.next - 1, rest.upperBound)..<rest.upperBound
  }

  /// What a fault means: damage that was met somewhere is that of the history from some step on, or,
  /// when the history is whole, that of the tables made from it.
  static func diagnosed(_ fault: StoreFault, _ opening: Opening) -> StoreFault {
    guard case .damaged(let what) = fault else { return fault }
    do {
      // A connection that has met a damaged page fails in other things too.
      let database = try Database.reading(opening.path, vfs: opening.vfs)
      defer { database.close() }
      try database.run("PRAGMA writable_schema=ON; \(Schema.settings) BEGIN")
      if let damage = try damage(in: database) { return .broken(damage) }
      return opening.ignoresDerived ? fault : .derivedDamaged(what)
    } catch { return fault }
  }

  /// What is wrong with the history in a file; `nil` when it is whole.
  private static func damage(in database: Database) throws -> StoreDamage? {
    let meta = try StoreMeta(database)
    var catalogue = Catalogue(of: meta.store)
    var damage = catalogue.read(database)
    if let damage, !isDamage(damage) { throw damage }
    func looking(_ body: () throws -> Void) throws {
      do { try body() } catch  where isDamage(error) { damage = damage ?? error }
    }
    var rows = StepRows(of: meta.store, catalogue)
    try looking {
      let isReadable = damage == nil
      var reader = try StepRowReader(after: 0, of: meta.store, database, catalogue)
      while try isReadable ? reader.pass() : reader.step() != nil { rows = reader.rows }
    }
    var (tape, hash): (StoreTape.Lines, Int) = ([], meta.store)
    var openings = StoreOpenings(of: meta.store)
    try looking { try StoreTape.read(&tape, &hash, database) }
    try looking { openings = try StoreOpenings.load(of: meta.store, database) }
    if damage == nil {
      let extent = StoreExtent(rows, lines: tape.count, tape: hash, openings)
      try looking {
        let noted = try StoreExtent.Noted(database)
        guard let missing = extent.difference(from: noted, of: meta.store) else { return }
        throw StepRowReader.Damage(what: missing)
      }
    }
    return damage.map { StoreDamage($0, after: rows, database) }
  }

  /// Whether what is before an error can be trusted.
  static func isDamage(_ error: any Error) -> Bool {
    guard let error = error as? SQLiteError else { return !(error is StoreFault) }
    if case .damaged = error.fault { return true }
    return false
  }

  // MARK: - Meeting it

  /// Goes on with what is whole, if that is wanted.
  func fail(_ damage: StoreDamage) throws(StoreFault) {
    // Who wrote before it was found has lost the right to; what is whole is still shown.
    guard writer == nil, opening.isTolerant || !isReader else { throw .broken(damage) }
    (broken, reason, hasNews) = (damage, .broken(damage), false)
  }

  /// What somebody notes after each commit cannot be missing now.
  func checkNote(_ note: WriterLock.Note?) throws {
    guard broken == nil, let note, note.store == meta.store, note.entry > last.number else {
      writer?.note(last, of: meta.store)
      return
    }
    try fail(
      StoreDamage(
        whole: last, events: rows.events, untrusted: 0,
        reason: "entries up to j\(note.entry) are missing, which were there once (was the file "
          + "beside it whose name ends in -wal removed?)"))
  }

  /// Looks something up in the derived tables, of which damaged pages say nothing about the history.
  static func finding<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as SQLiteError {
      guard case .damaged(let what) = error.fault else { throw error }
      throw StoreFault.derivedDamaged(what)
    }
  }

  /// A number that a derived table has, which anybody may have changed.
  ///
  /// - Throws: ``StoreFault/derivedDamaged(_:)`` when the history has no such number.
  static func expect(
    _ number: Int, in range: ClosedRange<Int>, of table: DerivedTables.Table
  ) throws(StoreFault) -> Int {
    guard range.contains(number) else {
      throw .derivedDamaged("the table \(table.name) has \(number) where no such number can be")
    }
    return number
  }

  /// The same, of numbers that fit a list.
  static func expect(
    _ numbers: [Int], in range: ClosedRange<Int>, of table: DerivedTables.Table
  ) throws(StoreFault) -> [Int32] {
    var list: [Int32] = []
    list.reserveCapacity(numbers.count)
    for number in numbers { list.append(Int32(try expect(number, in: range, of: table))) }
    return list
  }

  /// The numbers that anything can have.
  static let numbers = Int(Int32.min)...Int(Int32.max)
}

extension StoreFault {
  /// Whether nothing may be written any more, and what was read is to be read again.
  var endsTrust: Bool {
    switch self {
    case .unsure, .unread, .damaged, .broken, .derivedDamaged: true
    default: false
    }
  }
}

extension StoreDamage {
  /// Describes what was met after rows that are whole.
  init(_ error: any Error, after rows: StepRows, _ database: Database) {
    let reason =
      switch error {
      case let damage as StepRowReader.Damage: damage.what
      case let error as SQLiteError: "SQLite finds that \(error.message)"
      default: "\(error)"
      }
    let untrusted = try? database.row(
      "SELECT count(*) FROM journal WHERE entry > ?1", rows.last.number
    ) { $0.int(0) }
    self.init(whole: rows.last, events: rows.events, untrusted: untrusted ?? nil, reason: reason)
  }
}
