import EventicleCore

/// A JSON value as lines, a folding tree.
struct JSONLines {
  private let folded: Set<String>
  private let changes: [JSONPath: Difference]
  private let indent: Int
  private(set) var lines: [StyledLine] = []

  /// The most lines that are made of one value.
  static let most = 2_000

  /// The lines of a value's members.
  ///
  /// - Parameters:
  ///   - value: Usually an object.
  ///   - root: What the paths of its folds begin with.
  ///   - folded: The paths that are folded.
  ///   - changes: What differs from before, marked with signs.
  ///   - indent: The columns in front, at least two when changes are marked.
  init(
    _ value: JSON, root: String, folded: Set<String> = [], changes: [Difference] = [],
    indent: Int = 2
  ) {
    self.folded = folded
    self.indent = max(2, indent)
    self.changes = Dictionary(changes.map { ($0.path, $0) }) { $1 }
    add(membersOf: value, root, [], depth: 0)
    for change in changes where change.new == nil && lines.count < Self.most {
      var line = StyledLine([StyledPiece(sign("-"), .diffRemove)])
      line.add(PaneText.data(change.path.description, limit: 80) + "  ", .jsonKey)
      line.pieces += JSONText.pieces(change.old ?? .null)
      lines.append(line)
    }
  }

  private func sign(_ sign: DisplayText) -> DisplayText {
    .spaces(indent - 2) + sign.padded(to: 2)
  }

  private mutating func add(
    membersOf value: JSON, _ path: String, _ steps: [JSONPath.Step], depth: Int
  ) {
    switch value {
    case .object(let object):
      let keys = object.members.map { PaneText.data($0.key, limit: 60) }
      let width = min(24, keys.map(\.width).max() ?? 0)
      for (index, member) in object.members.enumerated() {
        guard lines.count < Self.most else { return addRest(object.members.count - index) }
        add(
          keys[index], member.value, "\(path).\(member.key)", steps + [.member(member.key)],
          depth: depth, width: width)
      }
    case .array(let values):
      let width = "\(values.count)".utf8.count + 2
      for (index, value) in values.enumerated() {
        guard lines.count < Self.most else { return addRest(values.count - index) }
        add(
          "[\(index)]", value, "\(path)[\(index)]", steps + [.element(index)], depth: depth,
          width: width)
      }
    default:
      var line = StyledLine([StyledPiece(.spaces(indent))])
      line.pieces += JSONText.pieces(value)
      lines.append(line)
    }
  }

  private mutating func addRest(_ count: Int) {
    lines.append(StyledLine(.spaces(indent) + "… \(count) more", .uiMuted))
  }

  private mutating func add(
    _ key: DisplayText, _ value: JSON, _ path: String, _ steps: [JSONPath.Step], depth: Int,
    width: Int
  ) {
    let change = changes[JSONPath(steps)]
    var line = StyledLine()
    switch change?.sign {
    case "+": line.add(sign("+"), .diffAdd)
    case "~": line.add(sign("~"), .diffChange)
    default: line.add(.spaces(indent))
    }
    line.add(.spaces(min(depth, 20) * 2))
    guard let count = Self.count(of: value), count > 0, depth < 64 else {
      line.add(key, .jsonKey)
      line.add(.spaces(max(0, width - key.width) + 2))
      if let change, let old = change.old, change.new != nil {
        line.pieces += JSONText.pieces(old, limit: 80)
        line.add(" → ", .diffChange)
      }
      line.pieces += JSONText.pieces(value)
      lines.append(line)
      return
    }
    let isFolded = folded.contains(path)
    line.foldPath = path
    line.add(isFolded ? "▸ " : "▾ ", .uiMuted)
    line.add(key, .jsonKey)
    if isFolded {
      line.add("  " + Self.summary(of: value), .jsonPunct)
    }
    lines.append(line)
    if !isFolded { add(membersOf: value, path, steps, depth: depth + 1) }
  }

  private static func count(of value: JSON) -> Int? {
    switch value {
    case .object(let object): object.count
    case .array(let values): values.count
    default: nil
    }
  }

  private static func summary(of value: JSON) -> DisplayText {
    switch value {
    case .object(let object): "{…} \(object.count) members"
    case .array(let values): "[…] \(values.count) elements"
    default: .empty
    }
  }
}

/// JSON values in one line.
enum JSONText {
  /// A value as it is written, in the colours of its parts.
  static func pieces(_ value: JSON, limit: Int = 400) -> [StyledPiece] {
    switch value {
    case .null: [StyledPiece("null", .jsonNull)]
    case .bool(let value): [StyledPiece(value ? "true" : "false", .jsonBool)]
    case .number(let number): [StyledPiece(PaneText.data(number.text, limit: limit), .jsonNumber)]
    case .string(let text):
      [StyledPiece("\"" + PaneText.data(text, limit: limit) + "\"", .jsonString)]
    case .array(let values) where values.isEmpty: [StyledPiece("[]", .jsonPunct)]
    case .object(let object) where object.isEmpty: [StyledPiece("{}", .jsonPunct)]
    case .array(let values): [StyledPiece("[…] \(values.count)", .jsonPunct)]
    case .object(let object): [StyledPiece("{…} \(object.count)", .jsonPunct)]
    }
  }

  /// A value as it is said in a sentence: plain words go without quotes.
  static func words(_ value: JSON, limit: Int = 60) -> [StyledPiece] {
    guard case .string(let text) = value, isPlain(text) else {
      return pieces(value, limit: limit)
    }
    return [StyledPiece(PaneText.data(text, limit: limit), .jsonString)]
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 40 else { return false }
    let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    let isWord = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }
    return isLetter && isWord && !["null", "true", "false"].contains(text)
  }

  /// The path of a difference, for people.
  static func path(of change: Difference) -> DisplayText {
    PaneText.data(change.path.description, limit: 60)
  }

  /// A difference: `~ status placed → paying`.
  ///
  /// - Parameter pathWidth: The columns that the path takes at least.
  static func line(_ change: Difference, pathWidth: Int = 0) -> [StyledPiece] {
    let role: StyleRole =
      switch change.sign {
      case "+": .diffAdd
      case "-": .diffRemove
      default: .diffChange
      }
    let path = path(of: change)
    var pieces = [
      StyledPiece(DisplayText(sanitising: change.sign) + " ", role),
      StyledPiece(path.padded(to: max(path.width, pathWidth)), .jsonKey),
      StyledPiece(path.isEmpty ? "" : " "),
    ]
    if let old = change.old { pieces += words(old) }
    if change.old != nil, change.new != nil { pieces.append(StyledPiece(" → ", role)) }
    if let new = change.new { pieces += words(new) }
    return pieces
  }
}
