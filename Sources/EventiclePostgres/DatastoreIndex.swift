/// An index that makes reading a table fast, and whether the table has it.
package struct DatastoreIndex: Sendable, Hashable {
  /// What an index must begin with.
  package enum Need: CaseIterable, Sendable, Hashable {
    /// A row by its id.
    case id
    /// The rows of a type.
    case type
    /// The history of an aggregate.
    case aggregate
    /// The instances of a saga.
    case saga

    /// The columns, as PostgreSQL prints them.
    var keys: String {
      switch self {
      case .id: "id"
      case .type: "type"
      case .aggregate: "type, (content ->> 'domainId'::text)"
      case .saga: "type, (content ->> 'saga'::text)"
      }
    }

    /// The columns, as a person reads them.
    package var columns: String {
      switch self {
      case .id: "id"
      case .type: "type"
      case .aggregate: "type, content->>'domainId'"
      case .saga: "type, content->>'saga'"
      }
    }

    /// What it is for.
    package var purpose: String {
      switch self {
      case .id: "finds a row by its id"
      case .type: "finds the rows of a type"
      case .aggregate: "finds the history of an aggregate"
      case .saga: "finds the instances of a saga"
      }
    }

    /// What makes the index without holding writers up.
    package func sql(_ table: DatastoreTable) -> String {
      switch self {
      case .id: "ALTER TABLE \(table.quoted) ADD PRIMARY KEY (id);"
      case .type: "CREATE INDEX CONCURRENTLY ON \(table.quoted) (type);"
      case .aggregate:
        "CREATE INDEX CONCURRENTLY ON \(table.quoted) (type, (content->>'domainId'));"
      case .saga: "CREATE INDEX CONCURRENTLY ON \(table.quoted) (type, (content->>'saga'));"
      }
    }
  }

  /// What it is for.
  package let need: Need
  /// The name of the index that serves; `nil` when there is none.
  package let found: String?

  /// The usable indexes of a table: the name of each, and its columns.
  static func all(_ table: DatastoreTable) -> PostgresStatement {
    PostgresStatement(
      "SELECT c.relname, array_to_string(ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true) "
        + "FROM generate_series(1, i.indnkeyatts) AS k), ', ') "
        + "FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid "
        + "WHERE i.indrelid = to_regclass($1) AND i.indisvalid AND i.indpred IS NULL ORDER BY 1",
      [table.quoted])
  }

  /// For each need the index that serves it: the one that is meant for it before one for more.
  static func needs(_ rows: [PostgresRow]) -> [DatastoreIndex] {
    Need.allCases.map { need in
      let serving = rows.filter { row in
        let keys = row[1] ?? ""
        return keys == need.keys || keys.hasPrefix(need.keys + ", ")
      }
      let best = serving.first { $0[1] == need.keys } ?? serving.first
      return DatastoreIndex(need: need, found: best?[0])
    }
  }
}
