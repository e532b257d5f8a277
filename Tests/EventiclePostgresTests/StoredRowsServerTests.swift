import EventicleCore
import EventiclePostgres
import RecordedBytes
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.absence)))
struct StoredRowsServerTests {
  @Test func `a row written here is printed by the server as the recorded one`() throws {
    let database = try Database("rows_written")
    var count = 0
    for row in RecordedRows.all {
      let written: StoredRows.Row
      switch StoredRows.read(row) {
      case .aggregate(let aggregate): written = aggregate.row()
      case .saga(let saga): written = saga.row()
      case .timer(let timer): written = timer.row()
      case .event(let event): written = event.row
      case .passed, .unreadable: continue
      }
      let printed = try database.writer.rows(
        "SELECT $1::jsonb::text", [String(decoding: written.content, as: UTF8.self)])
      #expect(printed[0].bytes(0) == row.content, "\(row.type) \(row.id)")
      count += 1
    }
    #expect(count == 141)
  }

  @Test func `the number of a lock is the one that the server shows`() throws {
    let database = try Database("rows_locks")
    let number = LockHash.number(ofAggregate: "nul-1", in: .system)
    _ = try database.writer.rows("SELECT pg_advisory_lock(\(LockHash.space), \(number))")
    let shown = try database.writer.rows(
      "SELECT classid, objid, objsubid FROM pg_locks WHERE locktype = 'advisory' "
        + "AND pid = pg_backend_pid()")
    #expect(shown.map { [$0[0], $0[1], $0[2]] } == [["15", "2773710618", "2"]])
  }

  @Test func `pages bring every row once`() throws {
    let database = try Database("rows_pages")
    _ = try database.writer.rows(
      "INSERT INTO datastore SELECT gen_random_uuid(), CASE i % 3 WHEN 0 THEN 'saga-instance' "
        + "WHEN 1 THEN 'aggregate-events-a' ELSE 'other' END, now(), "
        + "jsonb_build_object('n', i) FROM generate_series(1, 4000) AS i")
    let session = try database.reader()
    let table = DatastoreTable()
    var (ids, last): ([String], String?) = ([], nil)
    while true {
      let page = try session.rows(table.rows(ofTypes: ["saga-instance"], after: last))
      ids += page.compactMap { $0[0] }
      guard page.count == DatastoreTable.pageRows else { break }
      last = ids.last
    }
    #expect(ids.count == 1_333 && Set(ids).count == 1_333)
  }

  @Test func `a name cannot leave its quotes`() throws {
    let database = try Database("rows_names", table: #"CREATE TABLE "we""ird ; --" (id int)"#)
    let session = try database.reader()
    let table = DatastoreTable("we\"ird ; --")
    #expect(try session.rows(table.columns).map { $0[0] } == ["id"])
    #expect(DatastoreTable.literal(#"a'b\c"#) == #"E'a''b\\c'"#)
    #expect(DatastoreTable("s.t").quoted == #""s"."t""#)
  }
}
