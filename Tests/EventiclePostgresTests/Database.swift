import EventicleCore
import EventiclePostgres
import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A database of its own for a test, on the server that all share.
struct Database {
  let name: String
  let address: PostgresAddress
  /// A session that may write, as the system that is looked at does.
  let writer: PostgresSession

  /// What the documentation of the library says of its table, as recorded.
  static let table = """
    CREATE TABLE datastore (
      id uuid NOT NULL PRIMARY KEY, type varchar(100), createdat timestamp without time zone,
      content jsonb NOT NULL);
    CREATE INDEX domainid ON datastore (type, (content->>'domainId'));
    CREATE INDEX ds_id_type ON datastore (id, type);
    CREATE INDEX ds_type ON datastore (type);
    """

  init(_ name: String, table: String = table) throws {
    self.name = name
    let server = try PostgresServer.shared()
    let role = "postgres://\(PostgresServer.user)@127.0.0.1:\(server.port)"
    let admin = try Self.session(try PostgresAddress(parsing: "\(role)/postgres"))
    defer { admin.close() }
    _ = try admin.rows("CREATE DATABASE \(name)")
    address = try PostgresAddress(parsing: "\(role)/\(name)")
    writer = try Self.session(address)
    try writer.script(table)
  }

  static func session(
    _ address: PostgresAddress, for purpose: PostgresSettings.Purpose = .preparing
  ) throws -> PostgresSession {
    try PostgresSession(
      PostgresSettings(address, password: PostgresServer.password, for: purpose))
  }

  func reader() throws -> PostgresSession { try Self.session(address, for: .reading) }

  func link(seed: UInt64 = 1) -> PostgresLink {
    PostgresLink(PostgresSettings(address, password: PostgresServer.password), seed: seed)
  }

  func insert(_ rows: [StoredRows.Row]) throws {
    for row in rows {
      _ = try writer.rows(
        "INSERT INTO datastore VALUES ($1::uuid, $2, $3::timestamp, $4::jsonb)",
        [row.id, row.type, row.writtenAt, String(decoding: row.content, as: UTF8.self)])
    }
  }

  /// Inserts a row that is written now.
  func insert(_ id: String, _ type: String, _ content: String) throws {
    _ = try writer.rows(
      "INSERT INTO datastore VALUES ($1::uuid, $2, clock_timestamp()::timestamp, $3::jsonb)",
      [id, type, content])
  }

  /// Everything in the table, to compare.
  func fingerprint() throws -> String {
    let rows = try writer.rows(
      "SELECT count(*), coalesce(sum(hashtextextended(id::text || xmin::text, 0)::numeric), 0)::text, "
        + "(SELECT count(*) FROM pg_class) FROM datastore")
    return rows.map { "\($0[0] ?? "") \($0[1] ?? "") \($0[2] ?? "")" }.joined()
  }
}

/// Polls for a state machine until something has come of it, as its loop would.
struct Pump {
  struct Late: Error {}

  /// Goes on until a notice satisfies a condition.
  ///
  /// - Throws: ``Late`` when none has after twenty seconds.
  @discardableResult
  static func run<Notice>(
    _ first: [Notice] = [], descriptors: () -> [PollDescriptor], deadline: () -> Instant?,
    advance: ([Int32], Instant) -> [Notice], until isEnough: (Notice) -> Bool
  ) throws -> [Notice] {
    var found = first
    if found.contains(where: isEnough) { return found }
    let end = PostgresSession.now + .seconds(20)
    while PostgresSession.now < end {
      var waits = descriptors().map { descriptor in
        pollfd(
          fd: descriptor.descriptor,
          events: (descriptor.reads ? Int16(POLLIN) : 0)
            | (descriptor.writes ? Int16(POLLOUT) : 0), revents: 0)
      }
      let left = deadline().map { max(0, ($0 - PostgresSession.now).milliseconds) } ?? 1_000
      _ = poll(&waits, nfds_t(waits.count), Int32(clamping: min(left, 1_000)))
      let notices = advance(waits.filter { $0.revents != 0 }.map(\.fd), PostgresSession.now)
      found += notices
      if notices.contains(where: isEnough) { return found }
    }
    throw Late()
  }

  @discardableResult
  static func run(
    _ link: PostgresLink, _ first: [PostgresNotice] = [],
    until isEnough: (PostgresNotice) -> Bool
  ) throws -> [PostgresNotice] {
    try run(
      first, descriptors: { link.descriptors }, deadline: { link.deadline },
      advance: { link.advance($0, now: $1) }, until: isEnough)
  }

  @discardableResult
  static func run(
    _ feed: DatastoreFeed, _ first: [DatastoreFeed.Notice] = [],
    until isEnough: (DatastoreFeed.Notice) -> Bool
  ) throws -> [DatastoreFeed.Notice] {
    try run(
      first, descriptors: { feed.descriptors }, deadline: { feed.deadline },
      advance: { feed.advance($0, now: $1) }, until: isEnough)
  }
}

/// A server that takes connections and never says a word.
final class SilentServer {
  struct NoPort: Error {}

  let port: Int
  private let listener: Int32

  init() throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let listens = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard listens else { throw NoPort() }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { _ = Glibc.close(listener) }
}
