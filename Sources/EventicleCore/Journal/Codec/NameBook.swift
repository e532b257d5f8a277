/// The names that stored steps mention, each with a number that stays its own for ever.
///
/// Steps name types, streams, groups and the like again and again; a store keeps the book and each
/// step only the numbers.
package struct NameBook: Sendable, Equatable {
  /// The names in the order of their numbers, from 0.
  package private(set) var names: [String]
  /// One more than the number of each name, at the place of its hash or a free one behind it.
  ///
  /// 0 where no name is. The places are a power of two, and at least half of them are free.
  private var places: [UInt32]

  /// Creates a book with the names that a store has kept.
  package init(_ names: [String] = []) {
    self.names = names
    places = []
    if !names.isEmpty { grow() }
  }

  /// The number of a name, which is new if the name is; O(1).
  mutating func number(of name: String) -> Int {
    if names.count * 2 >= places.count { grow() }
    let place = place(of: name)
    if places[place] == 0 {
      names.append(name)
      places[place] = UInt32(names.count)
    }
    return Int(places[place]) - 1
  }

  /// Where a name is, or would be.
  private func place(of name: String) -> Int {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: QuickHash.text(name)) & mask
    while places[place] > 0, !isSameText(names[Int(places[place]) - 1], name) {
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    var count = 64
    while count < names.count * 4 { count *= 2 }
    places = [UInt32](repeating: 0, count: count)
    for (number, name) in names.enumerated() { places[place(of: name)] = UInt32(number + 1) }
  }

  /// Whether both have the same names with the same numbers.
  package static func == (left: NameBook, right: NameBook) -> Bool {
    left.names.elementsEqual(right.names, by: isSameText)
  }
}
