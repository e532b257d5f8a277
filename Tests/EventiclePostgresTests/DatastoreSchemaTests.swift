import EventiclePostgres
import Foundation
import RecordedBytes
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.absence)))
struct DatastoreSchemaTests {
  private static func run(
    _ words: String, contexts: String? = nil
  ) throws -> (status: Int32, output: String) {
    let folder = try TemporaryFolder()
    if let contexts {
      try FileManager.default.createDirectory(
        atPath: folder.file(".config/eventicle"), withIntermediateDirectories: true)
      try folder.write(contexts, to: ".config/eventicle/contexts.yaml")
    }
    return try Shell.run(
      "\(try ProgramUnderTest.path()) backend prepare \(words)", in: folder.path,
      ["SHOP_PW": PostgresServer.password, "PATH": "/usr/bin:/bin", "HOME": folder.path])
  }

  private static func tables(_ database: Database) throws -> [String?] {
    try database.writer.rows(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'eventicle' ORDER BY 1"
    ).map { $0[0] }
  }

  @Test func `printing needs no server and changes nothing`() throws {
    let (status, output) = try Self.run("--print --domain shop postgres://127.0.0.1:1/x")
    #expect(status == 0)
    #expect(output.contains("CREATE SCHEMA IF NOT EXISTS eventicle;") && output.contains("COMMIT;"))
    #expect(output.contains("content->>'saga' = 'PaymentSaga'"))
  }

  @Test func `a context names a store and its table`() throws {
    let contexts =
      "prod:\n  store: postgres://127.0.0.1:1/x\n  table: rows\nstreams:\n  transport: a\n"
    let (status, output) = try Self.run("--print prod", contexts: contexts)
    #expect(status == 0 && output.contains("\"rows\""))
    for (name, part) in [("other", "it has prod, streams"), ("streams", "has no store")] {
      let (status, output) = try Self.run("--print \(name)", contexts: contexts)
      #expect(status == 2 && output.contains(part), "\(output)")
    }
  }

  @Test func `the schema is made whole, and may be made again`() throws {
    let database = try Database("schema_made")
    let words = "--domain shop '\(database.address)' --password-env SHOP_PW"
    for _ in 0..<2 {
      let (status, output) = try Self.run(words)
      #expect(status == 0, "\(output)")
    }
    #expect(
      try Self.tables(database) == [
        "lease", "outbox", "parked", "place", "record", "seen", "version",
      ])
    #expect(try database.writer.rows("SELECT n FROM eventicle.version").map { $0[0] } == ["1"])
    let indexes = try database.writer.rows(
      "SELECT indexname FROM pg_indexes WHERE tablename = 'datastore' AND indexname LIKE 'eventicle%'"
    )
    #expect(indexes.count >= 2)
    try database.insert(
      RecordedRows.rows("aggregate without checkpoint", stage: 0))
    #expect {  // A second row of one aggregate is refused from now on.
      try database.insert(
        "00000000-0000-4000-8000-000000000001", "aggregate-events-plain",
        #"{"domainId":"p-1","history":[]}"#)
    } throws: { ($0 as? PostgresError)?.code == "23505" }
    // An index that events find instances by is used.
    let plan = try database.writer.rows("SET enable_seqscan = off")
    #expect(plan.isEmpty)
    let explained = try database.writer.rows(
      "EXPLAIN SELECT 1 FROM datastore WHERE type = 'saga-instance' "
        + "AND content->>'saga' = 'PaymentSaga' AND content->>'orderId' = 'o-1'")
    #expect(explained.contains { $0[0]?.contains("eventicle_paymentsaga_orderid") == true })
  }

  @Test func `aggregates that have several rows are left as they are`() throws {
    let database = try Database("schema_double")
    try database.insert(
      RecordedRows.rows("two rows for one domainId, four more pairs in one table", stage: 0))
    let (status, output) = try Self.run("'\(database.address)' --password-env SHOP_PW")
    #expect(status == 0 && output.contains("4 aggregates have several rows"))
    #expect(try Self.tables(database).count == 7)
  }

  @Test func `all of it is made or nothing`() throws {
    let database = try Database("schema_none", table: "CREATE TABLE other (id uuid)")
    let (status, output) = try Self.run("'\(database.address)' --password-env SHOP_PW")
    #expect(status == 1, "\(output)")
    #expect(try Self.tables(database) == [])
  }
}
