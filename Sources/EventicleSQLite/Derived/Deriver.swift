internal import EventicleCore

/// Makes the rows of the derived tables from steps, one after the other.
final class Deriver {
  /// Where rows are put.
  enum Target {
    /// In the file.
    case file
    /// In temporary tables, because the file may only be read.
    case memory
  }

  let database: Database
  private let target: Target
  private var inserts: [DerivedTables.Table: Statement] = [:]
  /// How far the tables reach.
  private(set) var entry: Int
  private(set) var events: Int
  private(set) var kept: Int
  // The last numbers given out.
  private var aggregates: Int
  private var problems: Int
  private var owners: Int
  private var lastRecord: Int
  private var lastInstance: Int
  /// Numbers and lengths of histories that were extended last.
  private var histories: [AggregateKey: (number: Int, count: Int)] = [:]
  private var placesByType: [EventType: Int] = [:]
  private var ownerNumbers: [SagaKey: Int] = [:]

  /// The most aggregates and owners whose numbers are remembered.
  private static let mostKnown = 65_536

  init(_ database: Database, _ target: Target) throws(SQLiteError) {
    self.database = database
    self.target = target
    let mark = try database.statement(
      "SELECT entry, events, kept FROM mark ORDER BY entry DESC LIMIT 1")
    defer { mark.reset() }
    let isThere = try mark.next()
    (entry, events, kept) = isThere ? (mark.int(0), mark.int(1), mark.int(2)) : (0, 0, 0)
    func last(_ sql: StaticString) throws(SQLiteError) -> Int { try database.number(sql) }
    aggregates = try last("SELECT number FROM aggregate ORDER BY number DESC LIMIT 1")
    problems = try last("SELECT number + 1 FROM problem ORDER BY number DESC LIMIT 1")
    owners = try last("SELECT number FROM owner ORDER BY number DESC LIMIT 1")
    lastRecord = try last("SELECT number FROM record ORDER BY number DESC LIMIT 1")
    lastInstance = try last("SELECT number FROM instance ORDER BY number DESC LIMIT 1")
  }

  deinit { for statement in inserts.values { statement.finish() } }

  // MARK: - Steps

  /// Adds the rows of the next step.
  ///
  /// - Parameter streams: The number of an event's stream, by the number of its kind.
  func add(_ step: StoredStep, streams: (_ kind: Int) -> Int) throws(SQLiteError) {
    for part in step.parts {
      let start = entry &+ 1
      for event in part.events { try add(event, streams) }
      for head in part.entries {
        entry &+= 1
        try add(head, at: entry)
      }
      try add(part.changes.others, at: start)
    }
  }

  /// Says that the tables reach up to the last step.
  func finish() throws(SQLiteError) {
    try insert(
      DerivedTables.mark, [.int(entry), .int(events), .int(kept), .int(DerivedTables.version)])
    if histories.count > Self.mostKnown { histories = [:] }
    if ownerNumbers.count > Self.mostKnown { ownerNumbers = [:] }
  }

  /// A value of a row.
  enum Value {
    case int(Int)
    case text(String)
  }

  /// Adds a row, or replaces the one with the same key.
  func insert(_ table: DerivedTables.Table, _ values: [Value]) throws(SQLiteError) {
    let statement = try self.statement(table)
    for (index, value) in values.enumerated() {
      switch value {
      case .int(let number): statement.bind(Int32(index + 1), number)
      case .text(let text): statement.bind(Int32(index + 1), text)
      }
    }
    try statement.run()
  }

  private func statement(_ table: DerivedTables.Table) throws(SQLiteError) -> Statement {
    if let known = inserts[table] { return known }
    let name = target == .file ? "main.\(table.name)" : "temp.new_\(table.name)"
    let places = (1...table.count).map { "?\($0)" }.joined(separator: ", ")
    let made = try Statement("INSERT OR REPLACE INTO \(name) VALUES(\(places))", database)
    inserts[table] = made
    return made
  }

  // MARK: - Events

  private func add(
    _ event: StoredEvent, _ streams: (_ kind: Int) -> Int
  ) throws(SQLiteError) {
    switch event {
    case .logged(let event, let key, by: _):
      events &+= 1
      try insert(DerivedTables.eventID, [.int(event.id.word), .int(events)])
      let (kind, place, cause) = try row(events)
      try insert(DerivedTables.streamEvent, [.int(streams(kind)), .int(place), .int(events)])
      if let cause { try insert(DerivedTables.eventEffect, [.int(cause), .int(events)]) }
      if let key { try append(events, to: key) }
    case .kept(_, let key):
      kept &+= 1
      try append(-kept, to: key)
    }
  }

  private func row(
    _ position: Int
  ) throws(SQLiteError) -> (kind: Int, place: Int, cause: Int?) {
    let row = try database.statement("SELECT kind, place, cause FROM event WHERE position = ?1")
    defer { row.reset() }
    row.bind(1, position)
    guard try row.next() else { return (0, 0, nil) }
    return (row.int(0), row.int(1), row.optionalInt(2))
  }

  private func append(_ event: Int, to key: AggregateKey) throws(SQLiteError) {
    var (number, count) = try history(of: key)
    if number == 0 {
      aggregates &+= 1
      number = aggregates
      let type = EventType(key.storedType)
      let place: Int
      if let known = placesByType[type] {
        place = known
      } else {
        place = try self.count(ofAggregates: type.text)
      }
      placesByType[type] = place &+ 1
      try insert(
        DerivedTables.aggregate,
        [.int(number), .text(type.text), .text(key.id.text), .int(place), .int(event)])
    }
    count &+= 1
    histories[key] = (number, count)
    try insert(DerivedTables.history, [.int(number), .int(count), .int(event)])
  }

  private func count(ofAggregates type: String) throws(SQLiteError) -> Int {
    let row = try database.statement(
      "SELECT place + 1 FROM aggregate WHERE type = ?1 ORDER BY place DESC LIMIT 1")
    defer { row.reset() }
    row.bind(1, type)
    return try row.next() ? row.int(0) : 0
  }

  private func history(of key: AggregateKey) throws(SQLiteError) -> (number: Int, count: Int) {
    if let known = histories[key] { return known }
    guard let number = try DerivedTables.number(of: key, database) else { return (0, 0) }
    return (number, try DerivedTables.count(ofHistory: number, database))
  }

  // MARK: - Entries

  private func add(_ head: JournalEntry, at entry: Int) throws(SQLiteError) {
    if let cause = head.cause, cause < head.stepStart, cause.number > 0 {
      try insert(DerivedTables.entryEffect, [.int(cause.number), .int(entry)])
    }
    if head.kind.problem != nil {
      try insert(DerivedTables.problem, [.int(problems), .int(entry)])
      problems &+= 1
    }
    switch head.kind {
    case .delivery(let position, let consumer, let instance, let outcome):
      try insert(DerivedTables.delivery, [.int(position.number), .int(entry)])
      if let instance { try note(entry, of: SagaKey(consumer.name, instance), outcome) }
    case .timerArmed(let key, _, _, _), .timerCancelled(let key):
      try note(entry, of: key.owner, nil)
    case .timerFired(let key, _, let outcome): try note(entry, of: key.owner, outcome)
    case .sagaEnded(let key, _): try note(entry, of: key, nil)
    default: break
    }
  }

  private func note(
    _ entry: Int, of key: SagaKey, _ outcome: StepOutcome?
  ) throws(SQLiteError) {
    let owner = try number(of: key)
    let last = try database.statement(
      "SELECT steps, failed FROM owner_entry WHERE owner = ?1 ORDER BY entry DESC LIMIT 1")
    last.bind(1, owner)
    var (steps, failed) = try last.next() ? (last.int(0), last.int(1)) : (0, 0)
    last.reset()
    if let outcome {
      steps &+= 1
      if outcome.problem != nil { failed &+= 1 }
    }
    try insert(DerivedTables.ownerEntry, [.int(owner), .int(entry), .int(steps), .int(failed)])
  }

  /// The number of an owner, which is new if the owner is.
  func number(of key: SagaKey) throws(SQLiteError) -> Int {
    if let known = ownerNumbers[key] { return known }
    var number = try DerivedTables.number(of: key, database) ?? 0
    if number == 0 {
      owners &+= 1
      number = owners
      try insert(
        DerivedTables.owner, [.int(number), .text(key.saga), .text(key.instanceID)])
    }
    ownerNumbers[key] = number
    return number
  }

  // MARK: - Numbers

  /// Whether the last numbers, which come from tables that anybody may have changed, can be right.
  var hasPossibleNumbers: Bool {
    let possible = 0...Int(Int32.max)
    return [entry, events, kept, aggregates, problems, owners, lastRecord, lastInstance]
      .allSatisfy { possible.contains($0) }
  }

  /// Whether a record's number has not been met before.
  func isNewRecord(_ number: Int) throws(SQLiteError) -> Bool {
    guard number <= lastRecord else {
      lastRecord = number
      return true
    }
    return try !isThere("SELECT 1 FROM record WHERE number = ?1", number)
  }

  /// Whether a saga instance's number has not been met before.
  func isNewInstance(_ number: Int) throws(SQLiteError) -> Bool {
    guard number <= lastInstance else {
      lastInstance = number
      return true
    }
    return try !isThere("SELECT 1 FROM instance WHERE number = ?1", number)
  }

  func isThere(_ sql: StaticString, _ number: Int) throws(SQLiteError) -> Bool {
    let row = try database.statement(sql)
    defer { row.reset() }
    row.bind(1, number)
    return try row.next()
  }
}

extension DerivedTables {
  /// The number of an aggregate; `nil` when it has no event.
  static func number(of key: AggregateKey, _ database: Database) throws(SQLiteError) -> Int? {
    let row = try database.statement("SELECT number FROM aggregate WHERE type = ?1 AND id = ?2")
    defer { row.reset() }
    row.bind(1, key.storedType)
    row.bind(2, key.id.text)
    return try row.next() ? row.int(0) : nil
  }

  /// The number of events of an aggregate.
  static func count(ofHistory number: Int, _ database: Database) throws(SQLiteError) -> Int {
    let row = try database.statement(
      "SELECT version FROM history WHERE aggregate = ?1 ORDER BY version DESC LIMIT 1")
    defer { row.reset() }
    row.bind(1, number)
    return try row.next() ? row.int(0) : 0
  }

  /// The number of an owner; `nil` when nothing was ever its own.
  static func number(of key: SagaKey, _ database: Database) throws(SQLiteError) -> Int? {
    let row = try database.statement("SELECT number FROM owner WHERE saga = ?1 AND instance = ?2")
    defer { row.reset() }
    row.bind(1, key.saga)
    row.bind(2, key.instanceID)
    return try row.next() ? row.int(0) : nil
  }
}

extension EventID {
  /// The number by which an index has the id: the first half of a UUID, or a hash of another text.
  var word: Int {
    if let (high, _) = words { return Int(Int64(bitPattern: high)) }
    var hash = StepHash(after: 0)
    hash.add(text)
    return hash.stored
  }
}
