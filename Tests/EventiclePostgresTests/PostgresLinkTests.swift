import EventicleCore
import EventiclePostgres
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.absence)))
struct PostgresLinkTests {
  @Test func `a session only reads, and has its limits and its name`() throws {
    let database = try Database("link_session")
    let session = try database.reader()
    let rows = try session.rows(
      "SELECT current_setting('default_transaction_read_only'), current_setting('statement_timeout'), "
        + "current_setting('lock_timeout'), current_setting('application_name')")
    #expect(
      rows.map { $0.values.indices.map { column in rows[0][column] } } == [
        ["on", "5s", "1s", "eventicle-attach"]
      ])
    #expect(session.version >= 90_600 && session.process > 0)
  }

  @Test func `a write is refused by the server, and the session goes on`() throws {
    let database = try Database("link_write")
    let before = try database.fingerprint()
    let session = try database.reader()
    for statement in [
      "INSERT INTO datastore VALUES (gen_random_uuid(), 'x', now(), '{}')",
      "DELETE FROM datastore", "CREATE TABLE t ()", "CREATE TEMP TABLE t AS SELECT 1; ",
    ] {
      #expect { try session.rows(statement) } throws: { error in
        let error = error as? PostgresError
        return error?.code == "25006" && error?.kind == .readOnly
      }
    }
    #expect(try session.rows("SELECT 1")[0][0] == "1")
    #expect(try database.fingerprint() == before)
  }

  @Test func `a slow statement is ended by the server`() throws {
    let database = try Database("link_slow")
    let session = try database.reader()
    // The limit of the session is five seconds; it may be made shorter without being taken away.
    _ = try session.rows("SET statement_timeout = '50ms'")
    #expect { try session.rows("SELECT pg_sleep(30)") } throws: { error in
      let error = error as? PostgresError
      return error?.code == "57014" && error?.kind == .slow && error?.isPassing == true
    }
    #expect(try session.rows("SELECT 2")[0][0] == "2")
  }

  @Test func `somebody else's lock is waited for only shortly`() throws {
    let database = try Database("link_locked")
    try database.writer.script("BEGIN; LOCK TABLE datastore IN ACCESS EXCLUSIVE MODE")
    let session = try database.reader()
    #expect { try session.rows("SELECT count(*) FROM datastore") } throws: { error in
      (error as? PostgresError)?.kind == .locked
    }
  }

  @Test func `a wrong password is refused at once, and nobody repeats it`() throws {
    let database = try Database("link_password")
    let link = PostgresLink(PostgresSettings(database.address, password: "wrong-secret"))
    let notices = try Pump.run(link, link.begin(now: PostgresSession.now)) {
      if case .refused = $0 { true } else { false }
    }
    let error = try #require(notices.refusal)
    #expect(error.kind == .password && error.code == "28P01")
    #expect(!"\(error.sentence) \(error.raw)".contains("wrong-secret"))
    #expect(link.deadline == nil && link.descriptors.isEmpty)
  }

  @Test func `an unknown database is refused at once`() throws {
    let server = try PostgresServer.shared()
    let address = try PostgresAddress(
      parsing: "postgres://\(PostgresServer.user)@127.0.0.1:\(server.port)/nowhere")
    #expect { try Database.session(address, for: .reading) } throws: { error in
      "\(error)" == "127.0.0.1 has no database nowhere."
    }
  }

  @Test func `where nobody listens it is tried again, later each time`() throws {
    let address = try PostgresAddress(parsing: "postgres://u@127.0.0.1:1/x")
    let link = PostgresLink(PostgresSettings(address, password: nil))
    var waits: [Interval] = []
    var notices = link.begin(now: PostgresSession.now)
    while waits.count < 3 {
      notices = try Pump.run(link, notices) { if case .lost = $0 { true } else { false } }
      let (error, wait) = try #require(notices.loss)
      #expect(error.kind == .unreachable && error.sentence.contains("No server listens"))
      waits.append(wait)
      notices = []
    }
    #expect(waits[0] < waits[1] && waits[1] < waits[2])
    #expect(waits[0] >= .milliseconds(80) && waits[2] <= .milliseconds(480))
  }

  @Test func `a connection that the server ended is noticed, and made again`() throws {
    let database = try Database("link_ended")
    let link = database.link()
    let notices = try Pump.run(link, link.begin(now: PostgresSession.now)) {
      if case .connected = $0 { true } else { false }
    }
    let process = try #require(notices.process)
    _ = try database.writer.rows("SELECT pg_terminate_backend(\(process))")
    let lost = try Pump.run(link) { if case .lost = $0 { true } else { false } }
    let error = try #require(lost.loss).error
    #expect(error.kind == .lost && error.code == "57P01")
    let again = try Pump.run(link) { if case .connected = $0 { true } else { false } }
    #expect(try #require(again.process) != process)
    let number = link.send(PostgresStatement("SELECT $1::text", ["after"]))
    let rows = try Pump.run(link) { $0 == .done(number) }
    #expect(rows.contains(.row(number, PostgresRow([Array("after".utf8)]))))
    link.close()
  }

  @Test func `a statement that dies with its connection is not forgotten in silence`() throws {
    let database = try Database("link_running")
    let link = database.link()
    let notices = try Pump.run(link, link.begin(now: PostgresSession.now)) {
      if case .connected = $0 { true } else { false }
    }
    let process = try #require(notices.process)
    link.send(PostgresStatement("SELECT pg_sleep(30)"))
    _ = link.advance([], now: PostgresSession.now)
    _ = try database.writer.rows("SELECT pg_terminate_backend(\(process))")
    let lost = try Pump.run(link) { if case .lost = $0 { true } else { false } }
    let error = try #require(lost.loss).error
    #expect(error.code == "57P01" && link.isIdle)
    link.close()
  }

  @Test func `rows come one by one, NULL apart from nothing, whatever their bytes`() throws {
    let database = try Database("link_rows")
    let session = try database.reader()
    let rows = try session.rows(
      "SELECT i, NULL, '', $1::text, repeat('x', 100000) FROM generate_series(1, 300) AS i",
      ["ü'\"\\\u{1}\n"])
    #expect(rows.count == 300 && rows[299][0] == "300" && rows[0][1] == nil && rows[0][2] == "")
    #expect(rows[7][3] == "ü'\"\\\u{1}\n" && rows[7].bytes(4)?.count == 100_000)
    #expect(rows[0][9] == nil)
  }

  @Test func `what the server remarks is kept, and not printed`() throws {
    let database = try Database("link_remarks")
    try database.writer.script("DO $$ BEGIN RAISE NOTICE 'hello %', 1; END $$")
    #expect(database.writer.remarks == ["00000: hello 1"])
  }

  @Test func `an address that does not answer is given up`() throws {
    let silent = try SilentServer()
    let address = try PostgresAddress(parsing: "postgres://u@127.0.0.1:\(silent.port)/x")
    let link = PostgresLink(PostgresSettings(address, password: nil))
    let start = Instant(milliseconds: 1_000)
    #expect(link.begin(now: start) == [])
    #expect(link.deadline == start + PostgresSettings.connectLimit)
    let notices = link.advance([], now: start + PostgresSettings.connectLimit)
    let error = try #require(notices.loss).error
    #expect(error.kind == .unreachable && error.sentence.contains("did not answer within 5s"))
    #expect(link.descriptors.isEmpty)
    link.close()
  }
}

extension [PostgresNotice] {
  /// The first refusal.
  fileprivate var refusal: PostgresError? {
    lazy.compactMap { if case .refused(let error) = $0 { error } else { nil } }.first
  }

  /// The first loss, with the wait before the next attempt.
  fileprivate var loss: (error: PostgresError, wait: Interval)? {
    lazy.compactMap { if case .lost(let error, let wait) = $0 { (error, wait) } else { nil } }.first
  }

  /// The number of the server's process.
  fileprivate var process: Int? {
    lazy.compactMap { if case .connected(_, let process) = $0 { process } else { nil } }.first
  }
}
