internal import HashTreeCollections

/// Which views have written to which tables of records, those of their own names left out.
///
/// A copy costs O(1).
struct ViewTables: Sendable {
  private var views = TreeDictionary<TableName, [String]>()

  var isEmpty: Bool { views.isEmpty }

  /// Whether a view has written to a table; O(views that have).
  func has(_ table: TableName, _ view: String) -> Bool {
    views[table]?.contains { isSameText($0, view) } ?? false
  }

  /// The views that have written to a table, in the order of their first writing.
  func views(of table: TableName) -> [String] { views[table] ?? [] }

  /// The tables that a view has written to, by name; O(tables).
  func tables(of view: String) -> [TableName] {
    views.filter { $0.value.contains { isSameText($0, view) } }.map(\.key).sorted()
  }

  /// Each table with the views that have written to it, by name.
  var all: [(table: TableName, views: [String])] {
    views.map { ($0.key, $0.value) }.sorted { $0.table < $1.table }
  }

  /// Says that a view has written to a table, or takes the newest word of that back.
  mutating func set(_ table: TableName, _ view: String, _ has: Bool) {
    var known = views[table] ?? []
    if has { known.append(view) } else { known.removeAll { isSameText($0, view) } }
    views[table] = known.isEmpty ? nil : known
  }
}

extension World {
  /// The tables that belong to a view: those of its own name in all workspaces, and the others
  /// that it has written to; O(tables).
  func tables(of view: String) -> [TableName] {
    workspaces.map { TableName($0, view) } + viewTables.tables(of: view)
  }

  /// How the types of the records begin that hold the checkpoints of aggregates.
  static let checkpointRecords = "aggregate:"

  /// Whether the engine itself writes the records of a type, in whoever's name.
  static func isOwn(_ type: String) -> Bool {
    type.hasPrefix(ownRecords) || type.hasPrefix(checkpointRecords)
  }
}
