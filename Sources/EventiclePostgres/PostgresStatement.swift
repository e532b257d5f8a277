package import EventicleCore

/// A statement for the server, with values apart from its text.
package struct PostgresStatement: Sendable, Hashable {
  /// The text, in which `$1` stands for the first value.
  package let text: String
  /// The values, as texts; `nil` is SQL's NULL.
  package let values: [String?]
  /// Whether it is several statements, which have no values.
  package let isScript: Bool

  /// A statement with its values.
  package init(_ text: String, _ values: [String?] = []) {
    self.text = text
    self.values = values
    isScript = false
  }

  /// Several statements at once; whoever wants all or none begins and commits in there.
  package init(script: String) {
    text = script
    values = []
    isScript = true
  }
}

/// One row that a statement gave.
package struct PostgresRow: Sendable, Hashable {
  /// The values as the server writes them; `nil` is SQL's NULL.
  package let values: [[UInt8]?]

  /// A row of values.
  package init(_ values: [[UInt8]?]) { self.values = values }

  /// The bytes of a value; `nil` for NULL and where there is no such column.
  package func bytes(_ column: Int) -> [UInt8]? {
    values.indices.contains(column) ? values[column] : nil
  }

  /// A value as text; `nil` for NULL and where there is no such column.
  package subscript(column: Int) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of all values.
  package var size: Int { values.reduce(0) { $0 + ($1?.count ?? 0) } }
}

/// Something that came of a connection.
package enum PostgresNotice: Sendable, Hashable {
  /// There is a connection, and its session is as it was asked for.
  case connected(version: Int, process: Int)
  /// A row of the statement with a number.
  case row(Int, PostgresRow)
  /// The statement with a number is done.
  case done(Int)
  /// The server refused the statement with a number; the connection goes on.
  case failed(Int, PostgresError)
  /// The connection is gone, with all statements that were not done; it is tried again then.
  case lost(PostgresError, again: Interval)
  /// There is no connection, and trying again would not help.
  case refused(PostgresError)
  /// Somebody notified a channel.
  case heard(String)
  /// The server remarked something.
  case remark(String)
}
