import EventicleCore
import EventiclePostgres
import RecordedBytes
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.absence)))
struct DatastoreCheckTests {
  private static func check(_ database: Database, table: String = "datastore") throws
    -> DatastoreCheck
  {
    let session = try database.reader()
    defer { session.close() }
    return try DatastoreCheck(session, database.address, table: table)
  }

  /// Runs the program, and returns its status and all that it printed.
  private static func run(_ database: Database, _ words: String) throws -> (Int32, String) {
    let folder = try TemporaryFolder()
    let result = try Shell.run(
      "\(try ProgramUnderTest.path()) backend \(words)", in: folder.path,
      ["SHOP_PW": PostgresServer.password, "PATH": "/usr/bin:/bin", "HOME": folder.path])
    return (result.status, result.output)
  }

  @Test func `a table in order has no findings`() throws {
    let database = try Database("check_clean")
    _ = try database.writer.rows(
      "CREATE INDEX sagas ON datastore (type, (content->>'saga'))")
    try database.insert(RecordedRows.rows("aggregate without checkpoint", stage: 0))
    let before = try database.fingerprint()
    let (status, output) = try Self.run(
      database, "check '\(database.address)' --password-env SHOP_PW")
    #expect(status == 0, "\(output)")
    #expect(
      output.contains("nothing odd was found") && output.contains("1  aggregate-events-plain"))
    #expect(try database.fingerprint() == before)
  }

  @Test func `what is lacking and odd is told, with what helps`() throws {
    let database = try Database("check_odd")
    try database.insert(
      RecordedRows.rows("two rows for one domainId, four more pairs in one table", stage: 0))
    try database.insert(
      RecordedRows.rows("checkpoint member named history (overwrites the history)", stage: 0))
    try database.insert(
      RecordedRows.rows("saga kept while its timers are set: activeTimers is stale", stage: 0))
    try database.insert(RecordedRows.rows("timers set by hand through the scheduler", stage: 0))
    try database.insert(
      "00000000-0000-4000-8000-000000000009", "domain-crypto-key", #"{"key":"never shown"}"#)
    let check = try Self.check(database)
    #expect(check.indexes.map { $0.found != nil } == [true, true, true, false])
    #expect(check.findings.filter { $0.contains("has 2 rows") }.count == 4)
    for part in [
      "but it is a string: a member", "overwrites the history", "will never fire",
      "not there yet or any more",
    ] {
      #expect(check.findings.contains { $0.contains(part) }, "\(part)")
    }
    let text = check.lines.joined(separator: "\n")
    #expect(text.contains("CREATE INDEX CONCURRENTLY ON \"datastore\" (type, (content->>'saga'));"))
    #expect(text.contains("domain-crypto-key  (keys; never read)") && !text.contains("never shown"))
    #expect(!check.isClean && check.untold.isEmpty)
  }

  @Test func `the program's JSON is one object, and its status says that something is odd`() throws
  {
    let database = try Database("check_json")
    let (status, output) = try Self.run(
      database, "check --json '\(database.address)' --password-env SHOP_PW")
    #expect(status == 1)
    let json = try JSON(parsing: output.trimmingNewline)
    #expect(json["reachable"] == true && json["table"]["name"] == "datastore")
    #expect(json["indexes"].array?.count == 4 && json["indexes"][3]["found"].isNull)
  }

  @Test func `timers that are long due are told`() throws {
    let database = try Database("check_late")
    try database.insert(
      "00000000-0000-4000-8000-000000000001", "lock-manager-timer",
      #"{"id":"00000000-0000-4000-8000-000000000001","component":"S","timerId":"i","name":"t","config":{"isCron":false,"timeout":5},"data":{"instanceId":"i"},"nextExecutionTime":1795868844952}"#
    )
    // Due in a year that has passed for this one, and far away for that one.
    _ = try database.writer.rows(
      "UPDATE datastore SET content = jsonb_set(content, '{nextExecutionTime}', "
        + "to_jsonb((extract(epoch FROM now()) * 1000)::bigint - 60000))")
    #expect(try Self.check(database).findings.contains { $0.contains("has not fired") })
    _ = try database.writer.rows(
      "UPDATE datastore SET content = jsonb_set(content, '{nextExecutionTime}', "
        + "to_jsonb((extract(epoch FROM now()) * 1000)::bigint + 60000))")
    #expect(try !Self.check(database).findings.contains { $0.contains("has not fired") })
  }

  @Test func `what hides in a row does not reach the terminal`() throws {
    let database = try Database("check_hidden")
    _ = try database.writer.rows(
      "INSERT INTO datastore VALUES (gen_random_uuid(), E'aggregate-events-\\x1b[2J', now(), "
        + "'{\"domainId\":\"\\u202e\"}')")
    let (status, output) = try Self.run(
      database, "check '\(database.address)' --password-env SHOP_PW")
    #expect(status == 1 && output.contains("\\u{1b}[2J"))
    #expect(!output.utf8.contains(0x1B))
  }

  @Test func `what keeps it from reading is a sentence and a status`() throws {
    let database = try Database("check_refused")
    let password = "--password-env SHOP_PW"
    let cases: [(words: String, status: Int32, part: String)] = [
      ("check postgres://ann:secret@127.0.0.1/x", 2, PostgresAddress.passwordSentence),
      ("check nonsense", 2, "There is no context"),
      ("check '\(database.address)' --password-env NOT_SET", 3, "$NOT_SET"),
      ("check '\(database.address)'", 3, "wants a password"),
      ("check postgres://u@127.0.0.1:1/x", 3, "No server listens"),
      ("check '\(database.address)' \(password) --table nothing", 1, "has no table nothing"),
      ("check '\(database.address)x' \(password)", 3, "has no database"),
    ]
    for (words, status, part) in cases {
      let (found, output) = try Self.run(database, words)
      #expect(found == status, "\(words): \(output)")
      #expect(output.contains(part) && !output.contains("secret"), "\(words): \(output)")
    }
  }

  @Test func `a role that may not read is told so`() throws {
    let database = try Database("check_role")
    try database.writer.script("CREATE ROLE looker LOGIN PASSWORD 'pw'; ")
    defer { try? database.writer.script("DROP ROLE looker") }
    let text = "\(database.address)".replacing("\(PostgresServer.user)@", with: "looker@")
    let session = try PostgresSession(
      PostgresSettings(try PostgresAddress(parsing: text), password: "pw"))
    defer { session.close() }
    let check = try DatastoreCheck(session, database.address, table: "datastore")
    #expect(check.problem?.kind == .forbidden && !check.isClean)
    #expect(check.lines.last?.contains("GRANT SELECT") == true)
  }
}

extension String {
  /// The text without the newline at its end.
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
