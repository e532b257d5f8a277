import EventicleCore

/// Why a theme cannot be loaded.
enum ThemeError: Error, Hashable, Sendable {
  /// There is no theme of this name among those known.
  case notFound(name: String, known: [String])
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
    case .notFound(let name, let known):
      let nearest = TypoCorrection.nearest(to: name, among: known)
      let hint = nearest.map { "; did you mean \($0)?" } ?? "."
      return "There is no theme \"\(name)\"; there are \(known.joined(separator: ", "))\(hint)"
    case .unreadable(let path):
      return "The theme file \(path) cannot be read; check that it is there, a regular "
        + "file and UTF-8 text."
    case .malformed(let path, let line, let column, let problem):
      return "\(path):\(line):\(column): \(problem)"
    case .inheritsItself(let path):
      return "\(path) inherits from itself; remove one of the `inherits` lines."
    }
  }
}
