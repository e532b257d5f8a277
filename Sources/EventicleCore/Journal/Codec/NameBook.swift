/// The names that stored steps mention, each with a number that stays its own for ever.
///
/// Steps name types, streams, groups and the like again and again; a store keeps the book and each
/// step only the numbers.
package struct NameBook: Sendable, Equatable {
  /// The names in the order of their numbers, from 0.
  package private(set) var names: [String]
  private var numbers: [[UInt8]: Int] = [:]

  /// Creates a book with the names that a store has kept.
  package init(_ names: [String] = []) {
    self.names = names
    for (number, name) in names.enumerated() { numbers[Array(name.utf8)] = number }
  }

  /// The number of a name, which is new if the name is.
  mutating func number(of name: String) -> Int {
    let bytes = Array(name.utf8)
    if let known = numbers[bytes] { return known }
    numbers[bytes] = names.count
    names.append(name)
    return names.count - 1
  }
}
