internal import HashTreeCollections

extension World {
  /// Declares the values by which records are found, and indexes existing records.
  mutating func declare(_ declared: [RecordIndex]) {
    for index in declared { indexes[index.type, default: []].append(index) }
    for (name, table) in tables where declared.contains(where: { $0.type == name.type }) {
      var table = table
      table.declare(indexes[name.type] ?? [])
      tables[name] = table
    }
  }

  /// Changes the values by which records are found; O(1) when nothing has changed.
  mutating func redeclare(_ declared: [RecordIndex]) {
    var wanted: [String: [RecordIndex]] = [:]
    for index in declared { wanted[index.type, default: []].append(index) }
    for index in automaticIndexes {
      let isDeclared = wanted[index.type]?.contains { $0.path.isSame(as: index.path) } ?? false
      if !isDeclared { wanted[index.type, default: []].append(index) }
    }
    guard wanted != indexes else { return }
    indexes = wanted
    for (name, table) in tables {
      var table = table
      table.declare(wanted[name.type] ?? [])
      tables[name] = table
    }
  }

  /// Adds an index to those of a type; O(records of the type · log n).
  ///
  /// - Returns: The number of records that it took in.
  mutating func adopt(_ index: RecordIndex) -> Int {
    indexes[index.type, default: []].append(index)
    var taken = 0
    for (name, table) in tables where name.type == index.type {
      var table = table
      table.declare(indexes[index.type] ?? [])
      tables[name] = table
      taken += table.count
    }
    return taken
  }
}
