internal import HashTreeCollections

/// A text whose identity is its UTF-8 bytes, as the key of a table.
struct TextKey: Hashable, Sendable {
  let text: String

  static func == (left: TextKey, right: TextKey) -> Bool { isSameText(left.text, right.text) }

  func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }
}

/// Names, numbered from 0 in the order in which events introduced them.
struct NameTable: Sendable {
  private struct Name: Sendable {
    let text: String
    /// The position of the event that introduced the name.
    let first: Int32
  }

  private var names = PersistentArray<Name>()
  private var numbers = TreeDictionary<TextKey, Int32>()

  var count: Int { names.count }

  /// The name with a number.
  subscript(number: Int) -> String { names[number].text }

  /// The number of a name, if it has one.
  func number(of text: String) -> Int32? { numbers[TextKey(text: text)] }

  /// The number of a name; a new one when the event at a position introduces it.
  mutating func number(of text: String, at position: Int) -> Int32 {
    if let known = number(of: text) { return known }
    let number = Int32(names.count)
    names.append(Name(text: text, first: Int32(position)))
    numbers[TextKey(text: text)] = number
    return number
  }

  /// The number of names that the events up to a position introduced; O(log n).
  func count(upTo position: Int) -> Int { names.partitionPoint { Int($0.first) > position } }

  /// Drops the names that later events introduced.
  mutating func truncate(to position: Int) {
    while let last = names.last, Int(last.first) > position {
      numbers[TextKey(text: last.text)] = nil
      names.popLast()
    }
  }

  /// The approximate bytes of memory held.
  var bytesHeld: Int { names.bytesHeld + names.count * 40 }
}
