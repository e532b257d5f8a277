package import EventicleCore

/// The table in which a system built on eventiclejs keeps its rows, and what is asked of it.
package struct DatastoreTable: Sendable, Hashable {
  /// The name as a person gave it: `datastore`, or `schema.table`.
  package let name: String
  /// Whether rows say whose they are.
  package let hasWorkspaces: Bool

  /// The name that eventiclejs uses.
  package static let standardName = "datastore"
  /// How many rows a page has.
  package static let pageRows = 500
  /// How large the content of one row may be, in bytes of its text; a larger one is not fetched.
  package static let rowBytes = 32 * 1_024 * 1_024

  /// A table with a name.
  package init(_ name: String = standardName, hasWorkspaces: Bool = false) {
    self.name = name
    self.hasWorkspaces = hasWorkspaces
  }

  /// The name for a statement, each part in quotes.
  package var quoted: String {
    name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      .map { DatastoreTable.quoted(String($0)) }.joined(separator: ".")
  }

  /// A name for a statement, in quotes, whatever it is.
  package static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"").replacing("\0", with: "") + "\""
  }

  /// A text for a statement, in quotes, whatever it is.
  package static func literal(_ text: String) -> String {
    let safe = text.replacing("'", with: "''").replacing("\0", with: "")
    return safe.contains("\\") ? "E'" + safe.replacing("\\", with: "\\\\") + "'" : "'" + safe + "'"
  }

  /// The columns of the table with the names of their types; nothing when there is no such table.
  package var columns: PostgresStatement {
    PostgresStatement(
      "SELECT attname, format_type(atttypid, NULL) FROM pg_catalog.pg_attribute "
        + "WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
      [quoted])
  }

  /// The columns without which a table is none of eventiclejs'.
  package static let neededColumns = ["id", "type", "createdat", "content"]

  private var workspace: String { hasWorkspaces ? "workspace_id::text" : "NULL::text" }

  /// The columns of a page, as ``row(_:)`` reads them.
  private func page(_ condition: String, _ order: String, limit: Int) -> String {
    "SELECT id, type, workspace, writtenat, version, octet_length(content), "
      + "CASE WHEN octet_length(content) <= \(DatastoreTable.rowBytes) THEN content END FROM ("
      + "SELECT id::text AS id, type::text AS type, \(workspace) AS workspace, "
      + "createdat::text AS writtenat, xmin::text AS version, content::text AS content "
      + "FROM \(quoted) WHERE \(condition) ORDER BY \(order) LIMIT \(limit)) AS page"
  }

  /// The rows of some types behind an id, in the order of ids.
  package func rows(ofTypes types: [String], after id: String?) -> PostgresStatement {
    PostgresStatement(
      page(
        "type = ANY($1::text[]) AND id > $2::uuid", "\(quoted).id",
        limit: DatastoreTable.pageRows),
      [DatastoreTable.array(types), id ?? DatastoreTable.firstID])
  }

  /// The histories of aggregates behind an id, in the order of ids.
  package func histories(after id: String?) -> PostgresStatement {
    PostgresStatement(
      page(
        "type LIKE 'aggregate-events-%' AND id > $1::uuid", "\(quoted).id",
        limit: DatastoreTable.pageRows),
      [id ?? DatastoreTable.firstID])
  }

  /// The rows with some ids.
  package func rows(withIDs ids: [String]) -> PostgresStatement {
    PostgresStatement(
      page("id = ANY($1::uuid[])", "\(quoted).id", limit: max(1, ids.count)),
      [DatastoreTable.array(ids)])
  }

  /// The newest events of streams, newest first.
  package func newestEvents(_ count: Int) -> PostgresStatement {
    PostgresStatement(
      page(
        "type = 'event-stream'", "createdat DESC NULLS LAST, \(quoted).id DESC", limit: count))
  }

  /// The events of streams behind a place, oldest first.
  ///
  /// - Parameter seconds: How much before the place to begin. Rows are seen when they are committed,
  ///   which may be after later ones, so the last seconds are read again each time.
  package func events(
    after writtenAt: String, _ id: String, back seconds: Int = 0
  ) -> PostgresStatement {
    PostgresStatement(
      page(
        "type = 'event-stream' AND (createdat, id) > "
          + "($1::timestamp - make_interval(secs => \(seconds)), $2::uuid)",
        "createdat, \(quoted).id", limit: DatastoreTable.pageRows),
      [writtenAt, seconds > 0 ? DatastoreTable.firstID : id])
  }

  /// How many rows of some types there are, and one number that changes with any of them.
  package func digest(ofTypes types: [String], histories: Bool) -> PostgresStatement {
    PostgresStatement(
      "SELECT count(*), count(*) FILTER (WHERE type = 'saga-instance'), "
        + "coalesce(sum(hashtextextended(id::text || xmin::text, 0)::numeric), 0)::text "
        + "FROM \(quoted) WHERE type = ANY($1::text[])"
        + (histories ? " OR type LIKE 'aggregate-events-%'" : ""),
      [DatastoreTable.array(types)])
  }

  /// The ids and versions of the rows of some types behind an id.
  package func versions(
    ofTypes types: [String], histories: Bool, after id: String?
  ) -> PostgresStatement {
    PostgresStatement(
      "SELECT id::text, type::text, xmin::text FROM \(quoted) WHERE (type = ANY($1::text[])"
        + (histories ? " OR type LIKE 'aggregate-events-%'" : "")
        + ") AND id > $2::uuid ORDER BY \(quoted).id LIMIT \(DatastoreTable.pageRows * 20)",
      [DatastoreTable.array(types), id ?? DatastoreTable.firstID])
  }

  /// Whether there are events of streams.
  package var hasEvents: PostgresStatement {
    PostgresStatement("SELECT EXISTS (SELECT 1 FROM \(quoted) WHERE type = 'event-stream')::text")
  }

  /// The id before all others.
  package static let firstID = "00000000-0000-0000-0000-000000000000"

  /// Texts as one value, an array.
  private static func array(_ texts: [String]) -> String {
    let quoted = texts.map {
      "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
  }
}

/// A row of a table, with the version that it had.
package struct DatastoreRow: Sendable, Hashable {
  /// The row; without content when that is too large to be fetched.
  package let row: StoredRows.Row
  /// What changes whenever the row is written.
  package let version: String
  /// How large the content is, in bytes.
  package let bytes: Int

  /// What a statement for a page of rows gave.
  package init?(_ row: PostgresRow) {
    guard let id = row[0], let version = row[4] else { return nil }
    self.version = version
    bytes = row[5].flatMap { Int($0) } ?? 0
    self.row = StoredRows.Row(
      id: id, type: row[1] ?? "", workspace: row[2].map { Workspace($0) } ?? .system,
      writtenAt: row[3] ?? "", content: row.bytes(6) ?? [])
  }

  /// What the row holds.
  package var reading: StoredRows.Reading {
    guard bytes <= DatastoreTable.rowBytes else {
      return .unreadable(
        "The content has \(bytes) bytes, and at most \(DatastoreTable.rowBytes) are read.")
    }
    return StoredRows.read(row)
  }
}
