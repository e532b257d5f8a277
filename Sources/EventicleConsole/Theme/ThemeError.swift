/// Why a theme cannot be loaded.
enum ThemeError: Error, Hashable, Sendable {
  /// No folder has a file of this name.
  case notFound(name: String, searched: [String])
  /// The file exists but cannot be read.
  case unreadable(path: String)
  /// Something in the file is wrong; line and column count from 1.
  case malformed(path: String, line: Int, column: Int, problem: String)
  /// Themes inherit from each other in a circle.
  case inheritsItself(path: String)
}

extension ThemeError: CustomStringConvertible {
  /// The error as one sentence, with the way out.
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
