package import EventicleCore

/// State as of an entry: the tables say where it last changed, and the changes there what to.
extension SQLiteJournal {
  /// Answers a question about an entry, for which the derived tables reach as far.
  private func ask<Answer>(
    _ none: Answer, asOf entry: JournalIndex, _ question: () throws -> Answer
  ) -> Answer {
    lock {
      attempt {
        try derive(upTo: min(entry, rows.last))
        return try question()
      } ?? none
    }
  }

  /// The changes of the part of a step that begins at an entry.
  private func changes(at entry: Int) throws -> [Change] {
    if let held = changes[entry] { return held }
    let bytes = try database.row("SELECT changes FROM journal WHERE entry = ?1", entry) {
      $0.bytes(0)
    }
    guard let bytes = bytes ?? nil else {
      throw StepRowReader.Damage(what: "the changes of j\(entry) are missing")
    }
    let found = try rows.catalogue.pieces.changes(bytes).others
    changes.hold(found, entry)
    return found
  }

  /// The numbers of the rows that a statement finds in a table.
  static func numbers(
    _ rows: Statement, _ table: DerivedTables.Table
  ) throws -> [Int32] {
    var found: [Int] = []
    while try rows.next() { found.append(rows.int(0)) }
    return try expect(found, in: numbers, of: table)
  }

  /// The fault of a table that names one thing and leads to another.
  private static func confused(_ table: DerivedTables.Table) -> StoreFault {
    .derivedDamaged("the table \(table.name) leads to another than the one that it names")
  }

  // MARK: - Records

  package func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
    ask(nil, asOf: entry) {
      let row = try database.statement(
        """
        SELECT number FROM record WHERE workspace = ?1 AND type = ?2 AND id = ?3 \
        AND born <= ?4 ORDER BY number DESC LIMIT 1
        """)
      row.bind(1, key.workspace.text)
      row.bind(2, key.type)
      row.bind(3, key.id)
      row.bind(4, entry.number)
      let number = try row.next() ? row.int(0) : nil
      row.reset()
      guard let found = try number.flatMap({ try read(record: $0, asOf: entry) }) else {
        return nil
      }
      guard found.key == key else { throw Self.confused(DerivedTables.record) }
      return found
    }
  }

  package func record(number: Int, asOf entry: JournalIndex) -> Record? {
    ask(nil, asOf: entry) { try read(record: number, asOf: entry) }
  }

  private func read(record number: Int, asOf entry: JournalIndex) throws -> Record? {
    let change = try database.row(
      """
      SELECT entry, gone FROM record_change WHERE record = ?1 AND entry <= ?2 \
      ORDER BY entry DESC LIMIT 1
      """, number, entry.number
    ) { $0.int(1) == 0 ? $0.int(0) : nil }
    guard let place = change ?? nil else { return nil }
    for case .record(_, _, let new?) in try changes(at: place).reversed()
    where new.sequence == number {
      return new
    }
    throw StepRowReader.Damage(what: "j\(place) does not say what record \(number) became")
  }

  package func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
    lock {
      if problem == nil, let held = orders.numbers(in: table, asOf: entry) { return held }
      return ask([], asOf: entry) {
        let found = try order(of: table, asOf: entry)
        orders.hold(found, in: table, asOf: entry)
        return found
      }
    }
  }

  // MARK: - Saga instances

  package func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? {
    ask(nil, asOf: entry) {
      guard let owner = try DerivedTables.number(of: key, database) else { return nil }
      for number in try database.numbers(
        """
        SELECT number FROM instance WHERE owner = ?1 AND born <= ?2 ORDER BY number DESC LIMIT 1
        """, owner, entry.number)
      {
        let found = try read(instance: number, asOf: entry)
        guard found == nil || found?.key == key else { throw Self.confused(DerivedTables.instance) }
        return found
      }
      return nil
    }
  }

  package func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? {
    ask(nil, asOf: entry) { try read(instance: number, asOf: entry) }
  }

  private func read(instance number: Int, asOf entry: JournalIndex) throws -> SagaInstance? {
    let change = try database.row(
      """
      SELECT entry, gone FROM instance_change WHERE instance = ?1 AND entry <= ?2 \
      ORDER BY entry DESC LIMIT 1
      """, number, entry.number
    ) { $0.int(1) == 0 ? $0.int(0) : nil }
    guard let place = change ?? nil else { return nil }
    for case .saga(_, let new?) in try changes(at: place).reversed()
    where new.sequence == number {
      return new
    }
    throw StepRowReader.Damage(what: "j\(place) does not say what instance \(number) became")
  }

  package func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] {
    ask([], asOf: entry) {
      let found = try database.statement(
        """
        SELECT number FROM instance i WHERE saga = ?1 AND born <= ?2 AND \
        (SELECT gone FROM instance_change c WHERE c.instance = i.number AND c.entry <= ?2 \
        ORDER BY c.entry DESC LIMIT 1) = 0 ORDER BY number
        """)
      defer { found.reset() }
      found.bind(1, saga)
      found.bind(2, entry.number)
      return try Self.numbers(found, DerivedTables.instance)
    }
  }

  package func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] {
    ask([], asOf: entry) {
      let word = SagaMatch.word(saga, property, value, workspace)
      let numbers = try database.numbers(
        "SELECT DISTINCT instance FROM instance_match WHERE word = ?1 ORDER BY instance", word)
      return try numbers.compactMap { try read(instance: $0, asOf: entry) }.filter {
        SagaMatch.holds($0, saga, property, value, workspace)
      }
    }
  }

  // MARK: - Timers

  package func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? {
    ask(nil, asOf: entry) {
      guard let owner = try DerivedTables.number(of: key.owner, database) else { return nil }
      let row = try database.statement(
        """
        SELECT number FROM timer WHERE owner = ?1 AND name = ?2 AND armed <= ?3 \
        ORDER BY number DESC LIMIT 1
        """)
      row.bind(1, owner)
      row.bind(2, key.name)
      row.bind(3, entry.number)
      let number = try row.next() ? row.int(0) : nil
      row.reset()
      guard let number else { return nil }
      let isGone = try database.row(
        "SELECT 1 FROM timer_gone WHERE timer = ?1 AND entry <= ?2", number, entry.number
      ) { _ in true }
      guard isGone == nil, let (found, timer) = try read(timer: number) else { return nil }
      guard found == key else { throw Self.confused(DerivedTables.timer) }
      return timer
    }
  }

  package func timer(number: Int) -> Timer? {
    lock {
      attempt {
        if let (_, known) = try read(timer: number) { return known }
        try derive()
        return try read(timer: number)?.timer
      } ?? nil
    }
  }

  private func read(timer number: Int) throws -> (key: TimerKey, timer: Timer)? {
    let armed = try database.row("SELECT armed FROM timer WHERE number = ?1", number) { $0.int(0) }
    guard let armed else { return nil }
    for case .timer(let key, _, let new?) in try changes(at: armed).reversed()
    where new.sequence == number {
      return (key, new)
    }
    throw StepRowReader.Damage(what: "j\(armed) does not say what timer \(number) is")
  }

  // MARK: - Deliveries

  package func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool {
    ask(false, asOf: entry) {
      try database.row(
        "SELECT 1 FROM processed WHERE consumer = ?1 AND position = ?2 AND entry <= ?3",
        Int(consumer), position.number, entry.number
      ) { _ in true } ?? false
    }
  }
}
