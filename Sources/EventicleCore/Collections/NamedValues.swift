/// Values by names that a domain declares: few, and looked up all the time.
///
/// Comparing up to sixteen short names is faster than hashing one; beyond that a hash table is
/// used.
struct NamedValues<Name: TextIdentifier, Value: Sendable>: Sendable {
  private static var mostCompared: Int { 16 }

  private var entries: [(name: Name, value: Value)] = []
  private var places: [Name: Int] = [:]

  /// An empty table.
  init() {}

  /// The names, in the order they were first written.
  var names: [Name] { entries.map(\.name) }

  /// The values, in the order of ``names``.
  var values: [Value] { entries.map(\.value) }

  /// The value of a name; assigning `nil` keeps the old value.
  subscript(name: Name) -> Value? {
    @inline(__always)
    get { place(of: name).map { entries[$0].value } }
    set {
      guard let newValue else { return }
      if let place = place(of: name) {
        entries[place].value = newValue
      } else {
        entries.append((name, newValue))
        if entries.count > Self.mostCompared { places[name] = entries.count - 1 }
        if entries.count == Self.mostCompared + 1 {
          for (place, entry) in entries.enumerated() { places[entry.name] = place }
        }
      }
    }
  }

  /// Whether a name has a value.
  @inline(__always)
  func contains(_ name: Name) -> Bool { place(of: name) != nil }

  @inline(__always)
  private func place(of name: Name) -> Int? {
    if entries.count > Self.mostCompared { return places[name] }
    for place in entries.indices where isSameText(entries[place].name.text, name.text) {
      return place
    }
    return nil
  }
}
