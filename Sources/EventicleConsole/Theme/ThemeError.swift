/// Why there is no such theme.
enum ThemeError: Error, Hashable, Sendable {
  /// No file of this name in any of the places.
  case notFound(name: String, searched: [String])
  /// The file is there but cannot be read.
  case unreadable(path: String)
  /// Something in the file is wrong; line and column count from one.
  case malformed(path: String, line: Int, column: Int, problem: String)
  /// Two themes inherit from each other.
  case inheritsItself(path: String)
}

extension ThemeError: CustomStringConvertible {
  /// One sentence that ends with the way out.
  var description: String {
    switch self {
    case .notFound(let name, let searched):
      let places = searched.isEmpty ? "" : " (looked in \(searched.joined(separator: ", ")))"
      return "There is no theme \"\(name)\"\(places); `terminal` is always there."
    case .unreadable(let path):
      return "The theme file \(path) cannot be read; check that it exists and is UTF-8 text."
    case .malformed(let path, let line, let column, let problem):
      return "\(path):\(line):\(column): \(problem)"
    case .inheritsItself(let path):
      return "\(path) inherits from itself; remove one of the `inherits` lines."
    }
  }
}
