import EventicleCore

/// A JSON value as lines, a folding tree.
struct JSONTree {
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
