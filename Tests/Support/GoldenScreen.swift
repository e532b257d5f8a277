import CPty

/// A screen as text with a second plane that shows the style role of every cell.
///
/// ```
/// # 12x2
/// |Streams   3 |
/// |orders      |
/// # styles: h header  . text
/// |hhhhhhh   . |
/// |......      |
/// ```
///
/// Bars keep trailing blanks through editors; the second plane makes a lost highlight a visible
/// difference.
public struct GoldenScreen: Sendable, Equatable {
  /// The text of each row.
  public let rows: [String]

  /// The name of the style role of each cell, row by row; empty for a cell without a role.
  public let roles: [[String]]

  /// The number of columns.
  public let columns: Int

  /// A screen to record or compare.
  ///
  /// - Parameters:
  ///   - rows: The text of each row, with each wide character once.
  ///   - roles: For each row, one role name per column; empty for a screen of text alone.
  ///   - columns: The width; by default that of the roles, else of the widest row.
  public init(rows: [String], roles: [[String]] = [], columns: Int? = nil) {
    self.rows = rows
    self.roles = roles
    self.columns =
      columns ?? roles.map(\.count).max() ?? rows.map(Self.width(of:)).max() ?? 0
  }

  /// The number of columns that a text takes on a terminal.
  public static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + max(0, Int(cpty_width($1.value))) }
  }

  /// The text of the golden file.
  public var text: String {
    var lines = ["# \(columns)x\(rows.count)"]
    lines += rows.map { "|\($0)|" }
    if !roles.isEmpty {
      let legend = Legend(roles: roles)
      lines.append("# styles: " + legend.text)
      lines += roles.map { row in
        "|" + String(row.map { legend.letter(for: $0) }) + "|"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The letter of each role.
///
/// Letters are assigned in order of appearance: a full stop to `text`, to any other role the first
/// letter of its name that is still unused.
private struct Legend {
  private var letters: [String: Character] = [:]
  private var order: [String] = []

  init(roles: [[String]]) {
    var taken: Set<Character> = []
    for role in roles.joined() where !role.isEmpty && letters[role] == nil {
      let letter = Self.candidates(for: role).first { !taken.contains($0) } ?? "?"
      taken.insert(letter)
      letters[role] = letter
      order.append(role)
    }
  }

  var text: String {
    order.map { "\(letter(for: $0)) \($0)" }.joined(separator: "  ")
  }

  func letter(for role: String) -> Character {
    role.isEmpty ? " " : letters[role] ?? "?"
  }

  private static func candidates(for role: String) -> [Character] {
    if role == "text" { return ["."] }
    let own = role.split(separator: ".").reversed().joined().filter { $0.isASCII && $0.isLetter }
    let spare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-*/=%&$@~^<>"
    return Array(own.lowercased() + own.uppercased() + spare)
  }
}
