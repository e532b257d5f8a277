internal import HashTreeCollections

/// The workspace and type of a table of records.
package struct TableName: Sendable, Hashable, Comparable {
  /// The workspace of its records.
  package let workspace: Workspace
  /// The type of its records.
  package let type: String

  /// Creates the name of a table.
  package init(_ workspace: Workspace, _ type: String) {
    self.workspace = workspace
    self.type = type
  }

  package static func == (left: TableName, right: TableName) -> Bool {
    isSameText(left.type, right.type)
      && isSameText(left.workspace.text, right.workspace.text)
  }

  package static func < (left: TableName, right: TableName) -> Bool {
    let order = orderOfBytes(left.workspace.text, right.workspace.text)
    return order == 0 ? orderOfBytes(left.type, right.type) < 0 : order < 0
  }

  package func hash(into hasher: inout Hasher) {
    hashBytes(of: type, into: &hasher)
    // Nearly everything is in the system workspace, which is not hashed.
    if workspace != .system { hashBytes(of: workspace.text, into: &hasher) }
  }
}

/// The records of one type in one workspace, in the order of creation, with their indexes.
///
/// A copy is O(1). Reading or changing a record hashes its id once. A table that rests on a store
/// holds only what has changed since; the rest it asks for.
struct RecordTable: Sendable {
  /// An id whose identity is its bytes.
  private struct RowID: Hashable, Sendable {
    let text: String

    static func == (left: RowID, right: RowID) -> Bool { isSameText(left.text, right.text) }

    func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
  }

  /// A record in the order of creation.
  struct Place: Comparable, Sendable {
    let sequence: Int
    let id: String

    static func < (left: Place, right: Place) -> Bool { left.sequence < right.sequence }
    static func == (left: Place, right: Place) -> Bool { left.sequence == right.sequence }
  }

  /// The records by id; over a store those that changed, `nil` for one that is not there any more.
  private var rows = TreeDictionary<RowID, Record?>()
  /// All records; over a store those that the store does not have.
  private var order = SortedChunks<Place>()
  private(set) var indexes: [IndexTable] = []
  private var layer: Boxed<RecordLayer>?

  init(indexes: [RecordIndex]) { self.indexes = indexes.map { IndexTable($0) } }

  /// A table whose records a store has.
  ///
  /// - Parameter built: Those of the indexes that are built already.
  init(over base: RecordLayer, built: [IndexTable] = []) {
    layer = Boxed(base)
    indexes = base.declared.compactMap { wanted in built.first { $0.index == wanted } }
  }

  var count: Int { order.count + (layer?.value.remaining ?? 0) }

  func record(_ id: String) -> Record? {
    if let found = rows[RowID(text: id)] { return found }
    return layer?.value.record(id)
  }

  mutating func set(_ id: String, from old: Record?, to new: Record?) {
    guard layer == nil else { return setOverBase(id, from: old, to: new) }
    if let new { rows[RowID(text: id)] = .some(new) } else { rows[RowID(text: id)] = nil }
    for place in indexes.indices { indexes[place].set(id, from: old, to: new) }
    guard old?.sequence != new?.sequence else { return }
    if let old { order.remove(Place(sequence: old.sequence, id: id)) }
    if let new { order.insert(Place(sequence: new.sequence, id: id)) }
  }

  private mutating func setOverBase(_ id: String, from old: Record?, to new: Record?) {
    rows.updateValue(new, forKey: RowID(text: id))
    for place in indexes.indices { indexes[place].set(id, from: old, to: new) }
    if old?.sequence != new?.sequence, let old {
      let place = Place(sequence: old.sequence, id: id)
      if order.contains(place) {
        order.remove(place)
        // Whether the store has one under the id is not known when asking it failed before.
        if new == nil, !(layer?.value.hasLost(id) ?? false) {
          rows.removeValue(forKey: RowID(text: id))
        }
      } else {
        layer?.value.lose(old.sequence, id)
      }
    }
    guard let new else { return }
    let place = Place(sequence: new.sequence, id: id)
    let isAdded =
      old?.sequence == new.sequence
      ? order.contains(place) : !(layer?.value.regain(new.sequence) ?? false)
    if isAdded { order.insert(place) } else { layer?.value.hold(new.sequence, id) }
  }

  /// The record at an offset in order of creation.
  func record(at offset: Int) -> Record? {
    if let layer {
      return layered(layer.value).element(at: offset).flatMap { record($0, layer.value) }
    }
    guard offset >= 0, offset < order.count else { return nil }
    return record(order[offset].id)
  }

  /// The number of records created up to a sequence number.
  func count(upTo sequence: Int) -> Int {
    if let layer { return layered(layer.value).count(upTo: sequence) }
    return order.offset { $0.sequence <= sequence }
  }

  /// Visits the records in order of creation until the body returns `false`.
  func forEach(from offset: Int = 0, _ body: (Record) -> Bool) {
    if let layer {
      return layered(layer.value).forEach(from: offset) { element in
        record(element, layer.value).map(body) ?? true
      }
    }
    order.forEach(from: offset) { place in
      guard let record = record(place.id) else { return true }
      return body(record)
    }
  }

  /// The order of the store's records with what has changed since.
  private func layered(_ layer: RecordLayer) -> LayeredOrder<Place> {
    let isEmpty = layer.remaining == 0
    return LayeredOrder(
      first: isEmpty ? [] : layer.order, gone: isEmpty ? SortedChunks() : layer.gone, added: order,
      number: \.sequence)
  }

  private func record(_ element: LayeredOrder<Place>.Element, _ layer: RecordLayer) -> Record? {
    switch element {
    case .added(let place): record(place.id)
    case .first(let number):
      if let id = layer.held[number] { record(id) } else { layer.record(number: number) }
    }
  }

  // MARK: - Indexes

  /// Replaces the declared indexes and rebuilds them.
  ///
  /// Over a store those that are new are built when they are first wanted.
  mutating func declare(_ declared: [RecordIndex]) {
    if layer != nil {
      layer?.value.declared = declared
      indexes = declared.compactMap { wanted in indexes.first { $0.index == wanted } }
    } else {
      indexes = built(declared)
    }
  }

  /// Whether some declared index is not built yet.
  func isMissing(_ isWanted: (RecordIndex) -> Bool) -> Bool {
    guard let layer, layer.value.declared.count > indexes.count else { return false }
    return layer.value.declared.contains { wanted in
      isWanted(wanted) && !indexes.contains { $0.index == wanted }
    }
  }

  /// Builds the declared indexes that are wanted and not built yet; O(records · log n), each of
  /// them asked for once.
  mutating func build(_ isWanted: (RecordIndex) -> Bool) {
    guard let layer else { return }
    let missing = layer.value.declared.filter { wanted in
      isWanted(wanted) && !indexes.contains { $0.index == wanted }
    }
    let found = built(missing)
    // An index must not keep that records could not be read.
    guard layer.value.base.pages.fault == nil else { return }
    let all = indexes + found
    indexes = layer.value.declared.compactMap { wanted in all.first { $0.index == wanted } }
  }

  private func built(_ declared: [RecordIndex]) -> [IndexTable] {
    var tables = declared.map { IndexTable($0) }
    guard !tables.isEmpty else { return [] }
    forEach { record in
      for place in tables.indices { tables[place].set(record.id, from: nil, to: record) }
      return true
    }
    return tables
  }

  /// The unique index that some content would violate, and the record in the way.
  func conflict(of content: JSON, for id: String) -> (index: RecordIndex, holder: String)? {
    for table in indexes where table.index.isUnique {
      if let holder = table.holder(of: content, besides: id, in: self) {
        return (table.index, holder)
      }
    }
    return nil
  }
}
