import EventicleCore

/// A JSON value as lines, one per member, with marks in front of changed members.
struct JSONTree {
  /// The first part of every fold path; `nil` when the tree does not fold.
  private let root: String?
  private let folded: Set<String>
  private let changes: [JSONPath: Difference]
  private(set) var lines: [StyledLine] = []

  private let most: Int
  private let style: Style
  /// Texts after the values of members at the top, by name.
  private let trails: [String: DisplayText]

  /// How much room signs and names take.
  struct Style: Sendable {
    /// The columns of the sign.
    var sign = 2
    /// The least columns of the names at the top.
    var names = 0
    /// The columns between a name and its value.
    var gap = 2
  }

  /// The greatest number of lines made of one value.
  static let most = 2_000

  /// The greatest depth of nested lines; deeper values take one line each.
  private static let deepest = 64

  /// Creates the lines of a value's members.
  ///
  /// - Parameters:
  ///   - value: The value, usually an object.
  ///   - root: The first part of every fold path; `nil` for a tree that does not fold.
  ///   - folded: The paths that are folded.
  ///   - changes: The differences from before, marked `~` changed, `+` new, `-` removed.
  ///   - style: How much room signs and names take.
  ///   - trails: Texts after the values of members at the top, by name.
  ///   - most: The number of lines after which to stop, because the rest would not be visible.
  init(
    _ value: JSON, root: String? = nil, folded: Set<String> = [], changes: [Difference] = [],
    style: Style = Style(), trails: [String: DisplayText] = [:], most: Int = JSONTree.most
  ) {
    self.root = root
    self.folded = folded
    self.most = min(most, Self.most)
    self.style = style
    self.trails = trails
    self.changes = Dictionary(changes.map { ($0.path, $0) }) { $1 }
    add(membersOf: value, root ?? "", [], depth: 0)
    for change in changes where change.new == nil && lines.count < self.most {
      var line = StyledLine([StyledPiece(sign("-"), .diffRemove)])
      let path = PaneText.data(change.path.description, limit: 80)
      let width = style.sign == 1 ? topWidth(of: value) : 0
      line.add(path, .jsonKey, columns: max(path.width, width))
      line.add(.spaces(style.gap))
      if root == nil {
        line.add(JSONText.line(change.old ?? .null), .diffRemove)
      } else {
        line.pieces += JSONText.pieces(change.old ?? .null)
      }
      lines.append(line)
    }
  }

  private func sign(_ sign: DisplayText) -> DisplayText {
    sign.padded(to: style.sign)
  }

  /// The columns of the names at the top.
  private func topWidth(of value: JSON) -> Int {
    let keys = (value.object?.members ?? []).prefix(most + 1)
    let widest = keys.map { PaneText.data($0.key, limit: 60).width }.max() ?? 0
    return max(style.names, min(24, widest))
  }

  private mutating func add(
    membersOf value: JSON, _ path: String, _ steps: [JSONPath.Step], depth: Int
  ) {
    switch value {
    case .object(let object):
      let keys = object.members.prefix(most + 1).map { PaneText.data($0.key, limit: 60) }
      let widest = min(24, keys.map(\.width).max() ?? 0)
      let width = depth == 0 ? max(style.names, widest) : widest
      for (index, member) in object.members.enumerated() {
        guard lines.count < most else { return addRest(object.members.count - index) }
        add(
          keys[index], member.value, "\(path).\(member.key)", steps + [.member(member.key)],
          depth: depth, width: width)
      }
    case .array(let values):
      let width = "\(values.count)".utf8.count + 2
      for (index, value) in values.enumerated() {
        guard lines.count < most else { return addRest(values.count - index) }
        add(
          "[\(index)]", value, "\(path)[\(index)]", steps + [.element(index)], depth: depth,
          width: width)
      }
    default:
      var line = StyledLine([StyledPiece(.spaces(2))])
      line.pieces += JSONText.pieces(value)
      lines.append(line)
    }
  }

  private mutating func addRest(_ count: Int) {
    lines.append(StyledLine(.spaces(2) + "… \(count) more", .uiMuted))
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
    default: line.add(.spaces(style.sign))
    }
    line.add(.spaces(min(depth, 20) * 2))
    guard let count = Self.count(of: value), count > 0, depth < Self.deepest else {
      add(leaf: value, named: key, width: width, change, to: &line)
      if depth == 0, case .member(let name)? = steps.first, let trail = trails[name] {
        line.add(" " + trail, .uiMuted)
      }
      lines.append(line)
      return
    }
    guard root != nil else {
      line.add(key, .jsonKey)
      lines.append(line)
      return add(membersOf: value, path, steps, depth: depth + 1)
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

  /// Appends a key and its value; in a tree that does not fold, a change shows in the value's
  /// colour.
  private func add(
    leaf value: JSON, named key: DisplayText, width: Int, _ change: Difference?,
    to line: inout StyledLine
  ) {
    let old = change?.new == nil ? nil : change?.old
    guard root == nil else {
      line.add(key, .jsonKey)
      line.add(.spaces(max(0, width - key.width) + 2))
      if let old {
        line.pieces += JSONText.pieces(old, limit: 80)
        line.add(" → ", .diffChange)
      }
      line.pieces += JSONText.pieces(value)
      return
    }
    line.add(key, .jsonKey, columns: max(width, key.width))
    line.add(.spaces(style.gap))
    if let old {
      line.add(JSONText.line(old), .diffRemove)
      line.add(" → ", .diffChange)
      line.add(JSONText.line(value), .diffChange)
    } else {
      line.add(JSONText.line(value), change == nil ? JSONText.role(of: value) : .diffAdd)
    }
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
