internal import EventicleCore

/// A row of `journal`: what an entry says, and what its step or part has at its ends.
struct EntryRow {
  var entry: Int
  var instant: Int
  var cause: Int?
  var origin: Int?
  var says: EntryColumns
  /// The numbers of its consumer, saga and name.
  var consumer: Int?
  var saga: Int?
  var name: Int?
  /// The number of its step, at the step's first entry.
  var step: Int?
  /// The count of entries in its part, at the part's first.
  var length: Int?
  /// The input, at the step's first entry.
  var input: [UInt8]?
  /// The changes of its part, at the part's first entry.
  var changes: [UInt8]?
  /// The counts of published and of kept events after its part, at the part's last entry.
  var events: Int?
  var kept: Int?

  init(
    _ entry: Int, _ head: JournalEntry, _ says: EntryColumns, _ catalogue: inout Catalogue
  ) {
    self.entry = entry
    self.says = says
    instant = Int(head.instant.milliseconds)
    cause = head.cause?.number
    origin = head.origin.map { Int($0.rawValue) }
    consumer = says.consumer.map { catalogue.number(of: $0) }
    saga = says.saga.map { catalogue.pieces.number(of: $0) }
    name = says.name.map { catalogue.pieces.number(of: $0) }
  }

  static let insertion: StaticString = """
    INSERT INTO journal VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
    ?16, ?17, ?18, ?19, ?20, ?21)
    """

  /// Binds all columns but the hash.
  func bind(_ statement: Statement) {
    statement.bind(1, entry)
    statement.bind(2, Int(says.tag))
    statement.bind(3, instant)
    statement.bind(4, cause)
    statement.bind(5, origin)
    statement.bind(6, says.position)
    statement.bind(7, consumer)
    statement.bind(8, saga)
    statement.bind(9, says.instance)
    statement.bind(10, name)
    statement.bind(11, says.data)
    statement.bind(12, says.outcome.map { Int($0) })
    statement.bind(13, says.reason)
    statement.bind(14, says.detail)
    statement.bind(15, step)
    statement.bind(16, length)
    statement.bind(17, input)
    statement.bind(18, changes)
    statement.bind(19, events)
    statement.bind(20, kept)
  }

  func add(to hash: inout StepHash) {
    hash.add(entry)
    hash.add(Int(says.tag))
    hash.add(instant)
    hash.add(cause)
    hash.add(origin)
    hash.add(says.position)
    hash.add(consumer)
    hash.add(saga)
    hash.add(says.instance)
    hash.add(name)
    hash.add(says.data)
    hash.add(says.outcome.map { Int($0) })
    hash.add(says.reason)
    hash.add(says.detail)
    hash.add(step)
    hash.add(length)
    hash.add(input)
    hash.add(changes)
    hash.add(events)
    hash.add(kept)
  }

  /// Reads all columns but the hash.
  init(_ row: Statement, _ catalogue: Catalogue) throws {
    try self.init(saying: row, catalogue)
    step = row.optionalInt(14)
    length = row.optionalInt(15)
    input = row.bytes(16)
    changes = row.bytes(17)
    events = row.optionalInt(18)
    kept = row.optionalInt(19)
  }

  /// Reads what an entry says: the first fourteen columns.
  init(saying row: Statement, _ catalogue: Catalogue) throws {
    entry = row.int(0)
    guard let tag = UInt8(exactly: row.int(1)) else {
      throw StepCodecError("An entry has the kind \(row.int(1)).")
    }
    says = EntryColumns(tag: tag)
    instant = row.int(2)
    cause = row.optionalInt(3)
    origin = row.optionalInt(4)
    says.position = row.optionalInt(5)
    consumer = row.optionalInt(6)
    says.consumer = try consumer.map { number throws(StepCodecError) in
      try catalogue.consumer(number)
    }
    saga = row.optionalInt(7)
    says.saga = try saga.map { number throws(StepCodecError) in try catalogue.name(number) }
    says.instance = row.text(8)
    name = row.optionalInt(9)
    says.name = try name.map { number throws(StepCodecError) in try catalogue.name(number) }
    says.data = try row.bytes(10).map { try JSONBytes(checking: $0) }
    says.outcome = row.optionalInt(11).map { UInt8(truncatingIfNeeded: $0) }
    says.reason = row.text(12)
    says.detail = row.bytes(13)
  }
}
