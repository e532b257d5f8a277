package import EventicleCore

/// What is to be known of a database before somebody reads from it: whether it can be read, what is
/// there, and what is wrong with it.
package struct DatastoreCheck: Sendable {
  /// Where the database is.
  package let address: PostgresAddress
  /// The server's version, such as 150018.
  package let version: Int
  /// Whether the connection is encrypted.
  package let isEncrypted: Bool
  /// The table; `nil` when it cannot be read.
  package private(set) var table: DatastoreTable?
  /// Why the table cannot be read.
  package private(set) var problem: PostgresError?
  /// The indexes that reading needs.
  package private(set) var indexes: [DatastoreIndex] = []
  /// The types of rows with how many there are of each, by name.
  package private(set) var types: [(name: String, rows: Int)] = []
  /// Roughly how many rows there are, when counting took too long.
  package private(set) var estimate: Int?
  /// What is odd, as sentences.
  package private(set) var findings: [String] = []
  /// What took too long to be told.
  package private(set) var untold: [String] = []

  /// How many findings of one kind are told one by one.
  package static let told = 20
  /// How many instances and timers are looked at.
  package static let states = 10_000
  /// After how long a timer that did not fire is overdue.
  package static let overdue = Interval.seconds(5)

  /// Looks at a table.
  ///
  /// - Throws: ``PostgresError`` when the connection is lost; what the server refuses is part of the
  ///   result.
  package init(
    _ session: PostgresSession, _ address: PostgresAddress, table name: String
  ) throws(PostgresError) {
    self.address = address
    version = session.version
    isEncrypted = session.isEncrypted
    let wanted = DatastoreTable(name)
    let columns: [String]
    do throws(PostgresError) {
      columns = try session.rows(wanted.columns).compactMap { $0[0] }
    } catch {
      guard error.kind != .lost else { throw error }
      problem = error
      return
    }
    let missing = DatastoreTable.neededColumns.filter { !columns.contains($0) }
    guard missing.isEmpty else {
      problem = wanted.problem(missing: missing, of: columns, at: address)
      return
    }
    let table = DatastoreTable(name, hasWorkspaces: columns.contains("workspace_id"))
    do throws(PostgresError) {
      // Whether the role may read it at all; nothing of it is looked at otherwise.
      _ = try session.rows("SELECT 1 FROM \(table.quoted) LIMIT 1")
    } catch {
      guard error.kind != .lost else { throw error }
      problem = error
      return
    }
    self.table = table
    try part("indexes", session) { session throws(PostgresError) in
      DatastoreIndex.needs(try session.rows(DatastoreIndex.all(table)))
    } take: {
      $0.indexes = $1
    }
    try count(table, session)
    try part("aggregates with several rows", session) { session throws(PostgresError) in
      try session.rows(table.severalRows(atMost: DatastoreCheck.told + 1))
    } take: {
      $0.takeSeveralRows($1)
    }
    try part("overwritten histories", session) { session throws(PostgresError) in
      try session.rows(table.noHistories(atMost: DatastoreCheck.told + 1))
    } take: {
      $0.takeNoHistories($1)
    }
    try part("instances and timers", session) { session throws(PostgresError) in
      try DatastoreCheck.states(table, session)
    } take: {
      $0.takeStates($1)
    }
  }

  /// Does a part of the check; one that takes too long is said instead.
  private mutating func part<Value>(
    _ name: String, _ session: PostgresSession,
    _ body: (PostgresSession) throws(PostgresError) -> Value,
    take: (inout DatastoreCheck, Value) -> Void
  ) throws(PostgresError) {
    let value: Value
    do throws(PostgresError) { value = try body(session) } catch {
      guard error.kind != .lost else { throw error }
      untold.append("\(name): \(error.sentence)")
      return
    }
    take(&self, value)
  }

  private mutating func count(
    _ table: DatastoreTable, _ session: PostgresSession
  ) throws(PostgresError) {
    do throws(PostgresError) {
      types = try session.rows(
        "SELECT type::text, count(*) FROM \(table.quoted) GROUP BY type ORDER BY type LIMIT 1000"
      ).map { ($0[0] ?? "", $0[1].flatMap { Int($0) } ?? 0) }
    } catch {
      guard error.kind == .slow else {
        guard error.kind != .lost else { throw error }
        untold.append("rows by type: \(error.sentence)")
        return
      }
      untold.append("rows by type: counting them takes longer than it may.")
      let rows = try session.rows(
        "SELECT reltuples::bigint FROM pg_catalog.pg_class WHERE oid = to_regclass($1)",
        [table.quoted])
      estimate = rows.first?[0].flatMap { Int($0) }
    }
  }

  private mutating func takeSeveralRows(_ rows: [PostgresRow]) {
    let found = rows.map { row -> String in
      let (type, id) = (row[0] ?? "", row[2] ?? "")
      let ids = (row[3] ?? "").split(separator: " ").map(String.init)
      let kind = StoredRows.Kind(type)
      let key = AggregateKey(
        { if case .aggregate(let name) = kind { name } else { type } }(), DomainID(id),
        in: row[1].map { Workspace($0) } ?? .system)
      return StoredRows.Survey.Finding.severalRows(
        key, read: ids.first ?? "", others: Array(ids.dropFirst())
      ).description
    }
    tell(found, "aggregates with several rows")
  }

  private mutating func takeNoHistories(_ rows: [PostgresRow]) {
    let found = rows.map { row in
      "\(row[1] ?? "") \(row[0] ?? ""): "
        + StoredRows.Oddity.noHistory(found: DatastoreCheck.kind(row[2])).description
    }
    tell(found, "overwritten histories")
  }

  /// What the server calls a kind of value, in a sentence.
  private static func kind(_ name: String?) -> String {
    switch name {
    case nil: "not there"
    case "null"?: "null"
    case "object"?: "an object"
    case let name?: "a \(name)"
    }
  }

  private mutating func takeStates(_ states: States) {
    tell(states.survey.findings.map(\.description), "odd instances and timers")
    let late = states.timers.filter { timer in
      timer.due.map { $0 + DatastoreCheck.overdue < states.now } ?? false
    }
    tell(
      late.map { timer in
        "The timer \(timer.key) was due \(timer.due.map { states.now - $0 } ?? .seconds(0)) ago and has "
          + "not fired: nobody runs its saga, or its process ended."
      }, "overdue timers")
    if states.isCut {
      untold.append(
        "instances and timers: only the first \(DatastoreCheck.states) of them were looked at.")
    }
  }

  /// Adds findings of one kind; of many only the first are told.
  private mutating func tell(_ found: [String], _ kind: String) {
    findings += found.prefix(DatastoreCheck.told)
    if found.count > DatastoreCheck.told {
      findings.append("There are more \(kind) than are told here.")
    }
  }

  // MARK: - Instances and timers

  struct States {
    var survey = StoredRows.Survey()
    var timers: [StoredRows.TimerRow] = []
    var isCut = false
    var now = Instant(milliseconds: 0)
  }

  private static func states(
    _ table: DatastoreTable, _ session: PostgresSession
  ) throws(PostgresError) -> States {
    var states = States()
    var (last, count): (String?, Int) = (nil, 0)
    while true {
      let page = try session.rows(
        table.rows(ofTypes: DatastoreFeed.stateTypes, after: last))
      for stored in page.compactMap({ DatastoreRow($0) }) {
        let reading = stored.reading
        states.survey.add(stored.row, reading)
        if case .timer(let timer) = reading { states.timers.append(timer) }
      }
      count += page.count
      guard page.count == DatastoreTable.pageRows, let id = page.last?[0] else { break }
      guard count < DatastoreCheck.states else {
        states.isCut = true
        break
      }
      last = id
    }
    let now = try session.rows("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
    states.now = Instant(milliseconds: now.first?[0].flatMap { Int64($0) } ?? 0)
    return states
  }
}

extension PostgresSession {
  /// The rows of a statement.
  package func rows(_ statement: PostgresStatement) throws(PostgresError) -> [PostgresRow] {
    try rows(statement.text, statement.values)
  }
}

extension DatastoreTable {
  /// Aggregates whose history has several rows: type, workspace, id and the rows' ids.
  func severalRows(atMost limit: Int) -> PostgresStatement {
    let workspace = hasWorkspaces ? "workspace_id::text" : "NULL::text"
    return PostgresStatement(
      "SELECT type::text, \(workspace), content->>'domainId', "
        + "string_agg(id::text, ' ' ORDER BY id) FROM \(quoted) "
        + "WHERE type LIKE 'aggregate-events-%' AND content->>'domainId' IS NOT NULL "
        + "GROUP BY 1, 2, 3 HAVING count(*) > 1 ORDER BY 1, 2, 3 LIMIT \(limit)")
  }

  /// Rows of aggregates whose history is none: id, type and what stands there instead.
  func noHistories(atMost limit: Int) -> PostgresStatement {
    PostgresStatement(
      "SELECT id::text, type::text, jsonb_typeof(content->'history') FROM \(quoted) "
        + "WHERE type LIKE 'aggregate-events-%' "
        + "AND jsonb_typeof(content->'history') IS DISTINCT FROM 'array' ORDER BY id LIMIT \(limit)"
    )
  }
}
