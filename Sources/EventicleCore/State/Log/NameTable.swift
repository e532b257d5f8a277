internal import HashTreeCollections

/// A text whose identity is its UTF-8 bytes, as the key of a table.
struct TextKey: Hashable, Sendable {
  let text: String

  static func == (left: TextKey, right: TextKey) -> Bool { isSameText(left.text, right.text) }

  func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
}

/// Names, numbered from 0 in the order in which events introduced them.
struct NameTable<Name: Hashable & Sendable>: Sendable {
  private struct Row: Sendable {
    let name: Name
    /// The position of the event that introduced the name.
    let first: Int32
  }

  private var names = PersistentArray<Row>()
  private var numbers = TreeDictionary<Name, Int32>()

  var count: Int { names.count }

  /// The name with a number.
  subscript(number: Int) -> Name { names[number].name }

  /// The number of a name, if it has one.
  func number(of name: Name) -> Int32? { numbers[name] }

  /// The number of a name; a new one when the event at a position introduces it.
  mutating func number(of name: Name, at position: Int) -> Int32 {
    if let known = number(of: name) { return known }
    let number = Int32(names.count)
    names.append(Row(name: name, first: Int32(position)))
    numbers[name] = number
    return number
  }

  /// The number of names that the events up to a position introduced; O(log n).
  func count(upTo position: Int) -> Int { names.partitionPoint { Int($0.first) > position } }

  /// Drops the names that later events introduced.
  mutating func truncate(to position: Int) {
    while let last = names.last, Int(last.first) > position {
      numbers[last.name] = nil
      names.popLast()
    }
  }

  /// The approximate bytes of memory held.
  var bytesHeld: Int { names.bytesHeld + names.count * 40 }
}
