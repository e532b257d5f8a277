internal import EventicleCore

/// The few facts about a store as a whole, in the table `meta`.
struct StoreMeta {
  /// The store's own number, from which all hashes begin.
  var store: Int
  /// The name of the domain, once the history has begun.
  var domain: String?
  /// The bytes of the world before the first step, once the history has begun.
  var start: [UInt8]?
  /// The layout of the tables that are made from steps; see ``DerivedTables/version``.
  var derived = 0

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
      case "derived": derived = rows.int(1)
      default: break
      }
    }
    guard names.contains("store"), (domain == nil) == (start == nil) else {
      throw StepCodecError("what the file says of itself is incomplete")
    }
  }

  /// Writes a store's own number.
  static func begin(_ store: Int, _ database: Database) throws(SQLiteError) {
    try set("store", store, store, database)
    try set("derived", DerivedTables.version, store, database)
  }

  /// Writes that the tables made from steps have this program's layout.
  static func noteDerived(of store: Int, _ database: Database) throws(SQLiteError) {
    try set("derived", DerivedTables.version, store, database)
  }

  private static func set(
    _ name: String, _ value: Int, _ store: Int, _ database: Database
  ) throws(SQLiteError) {
    let insert = try database.statement("INSERT OR REPLACE INTO meta VALUES(?1, ?2, ?3)")
    insert.bind(1, name)
    insert.bind(2, value)
    insert.bind(3, hash(store, name, Array("\(value)".utf8)))
    try insert.run()
  }

  /// Makes another domain the one whose history it is.
  mutating func adopt(_ domain: String, _ database: Database) throws(SQLiteError) {
    let insert = try database.statement("INSERT OR REPLACE INTO meta VALUES(?1, ?2, ?3)")
    insert.bind(1, "domain")
    insert.bind(2, domain)
    insert.bind(3, StoreMeta.hash(store, "domain", Array(domain.utf8)))
    try insert.run()
    self.domain = domain
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

  private static func hash(_ store: Int, _ name: String, _ value: [UInt8]) -> Int {
    var hash = StepHash(after: store)
    hash.add(name)
    hash.add(value)
    return hash.stored
  }
}
