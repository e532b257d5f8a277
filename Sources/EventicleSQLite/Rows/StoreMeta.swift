internal import EventicleCore

/// The few facts about a store as a whole, in the table `meta`.
struct StoreMeta {
  /// The store's own number, from which all hashes begin.
  var store: Int
  /// The name of the domain, once the history has begun.
  var domain: String?
  /// The bytes of the world before the first step, once the history has begun.
  var start: [UInt8]?
  /// How many command lines there were, at least: those that were there when tables were last made.
  private(set) var lines = 0

  /// Reads them.
  ///
  /// - Throws: ``StepCodecError`` when they are not the ones that were written.
  init(_ database: Database) throws {
    store = 0
    let rows = try database.statement(
      "SELECT name, value, hash FROM meta ORDER BY name = 'store' DESC")
    defer { rows.reset() }
    var names: Set<String> = []
    while try rows.next() {
      let name = rows.text(0) ?? ""
      if name == "store" { store = rows.int(1) }
      guard rows.int(2) == StoreMeta.hash(store, name, rows.bytes(1) ?? []) else {
        throw StepCodecError("what the file says of its \(name) is changed")
      }
      names.insert(name)
      switch name {
      case "domain": domain = rows.text(1)
      case "start": start = rows.bytes(1)
      case "lines": lines = rows.int(1)
      default: break
      }
    }
    guard names.contains("store"), (domain == nil) == (start == nil) else {
      throw StepCodecError("what the file says of itself is incomplete")
    }
  }

  /// Writes a store's own number.
  static func begin(_ store: Int, _ database: Database) throws(SQLiteError) {
    let insert = try database.statement("INSERT INTO meta VALUES(?1, ?2, ?3)")
    insert.bind(1, "store")
    insert.bind(2, store)
    insert.bind(3, hash(store, "store", Array("\(store)".utf8)))
    try insert.run()
  }

  /// Writes what a history begins with.
  mutating func begin(
    _ domain: String, _ start: [UInt8], _ database: Database
  ) throws(SQLiteError) {
    let insert = try database.statement("INSERT INTO meta VALUES(?1, ?2, ?3)")
    insert.bind(1, "domain")
    insert.bind(2, domain)
    insert.bind(3, StoreMeta.hash(store, "domain", Array(domain.utf8)))
    try insert.run()
    insert.bind(1, "start")
    insert.bind(2, start)
    insert.bind(3, StoreMeta.hash(store, "start", start))
    try insert.run()
    (self.domain, self.start) = (domain, start)
  }

  /// Writes how many command lines there are, so that the last ones cannot be missing unnoticed.
  mutating func note(lines count: Int, _ database: Database) throws(SQLiteError) {
    guard count != lines else { return }
    let insert = try database.statement("INSERT OR REPLACE INTO meta VALUES(?1, ?2, ?3)")
    insert.bind(1, "lines")
    insert.bind(2, count)
    insert.bind(3, StoreMeta.hash(store, "lines", Array("\(count)".utf8)))
    try insert.run()
    lines = count
  }

  private static func hash(_ store: Int, _ name: String, _ value: [UInt8]) -> Int {
    var hash = StepHash(after: store)
    hash.add(name)
    hash.add(value)
    return hash.stored
  }
}
