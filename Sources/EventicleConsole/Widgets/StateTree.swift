import EventicleCore

/// JSON values as lines, one member a line, with what changed marked in front.
struct StateTree: Sendable {
  /// The lines.
  private(set) var lines: [SagaText] = []
  private let most: Int
  private let changes: [JSONPath: Difference]

  /// How deep members are unfolded; what lies deeper stands in one line.
  private static let deepest = 12

  /// The lines of a value.
  ///
  /// - Parameters:
  ///   - changes: What is marked: `~` changed, `+` new, `-` removed.
  ///   - most: After how many lines to stop, as the rest would not be on screen.
  init(_ value: JSON, changes: [Difference] = [], most: Int) {
    self.most = most
    self.changes = Dictionary(changes.map { ($0.path, $0) }) { first, _ in first }
    switch value {
    case .object, .array: add(members: value, steps: [], depth: 0)
    default: lines.append(SagaText(StateTree.value(value), StateTree.role(of: value)))
    }
    for change in changes where change.new == nil && lines.count < most {
      var line = SagaText("- ", .diffRemove)
      line.add(SagaText.data(change.path.description), .jsonKey)
      line.add("  ")
      line.add(StateTree.value(change.old ?? .null), .diffRemove)
      lines.append(line)
    }
  }

  private mutating func add(members value: JSON, steps: [JSONPath.Step], depth: Int) {
    let members: [(name: DisplayText, step: JSONPath.Step, value: JSON)]
    switch value {
    case .object(let object):
      members = object.members.prefix(most).map {
        (SagaText.data($0.key), JSONPath.Step.member($0.key), $0.value)
      }
    case .array(let values):
      members = values.prefix(most).enumerated().map {
        ("[\($0.offset)]", JSONPath.Step.element($0.offset), $0.element)
      }
    default: return
    }
    let width = min(members.map(\.name.width).max() ?? 0, 20)
    for member in members where lines.count < most {
      add(member.name, member.value, steps + [member.step], depth, width)
    }
  }

  private mutating func add(
    _ name: DisplayText, _ value: JSON, _ steps: [JSONPath.Step], _ depth: Int, _ width: Int
  ) {
    let change = changes[JSONPath(steps)]
    var line = SagaText()
    line.add(SagaText.data(change?.sign ?? " "), change.map(StateTree.role) ?? .uiText)
    line.add(.spaces(1 + 2 * depth))
    let isUnfolded = depth < StateTree.deepest && StateTree.hasMembers(value)
    line.add(name, .jsonKey, columns: isUnfolded ? name.width : max(width, min(name.width, 40)))
    guard !isUnfolded else {
      lines.append(line)
      add(members: value, steps: steps, depth: depth + 1)
      return
    }
    line.add("  ")
    if let change, let old = change.old {
      line.add(StateTree.value(old), .diffRemove)
      line.add(" → ", .diffChange)
      line.add(StateTree.value(value), .diffChange)
    } else {
      line.add(StateTree.value(value), change == nil ? StateTree.role(of: value) : .diffAdd)
    }
    lines.append(line)
  }

  private static func hasMembers(_ value: JSON) -> Bool {
    switch value {
    case .object(let object): !object.isEmpty
    case .array(let values): !values.isEmpty
    default: false
    }
  }

  // MARK: - Single values

  /// The role of a value's kind.
  static func role(of value: JSON) -> StyleRole {
    switch value {
    case .null: .jsonNull
    case .bool: .jsonBool
    case .number: .jsonNumber
    case .string: .jsonString
    case .array, .object: .jsonPunct
    }
  }

  /// The role of a change's sign.
  static func role(of change: Difference) -> StyleRole {
    change.old == nil ? .diffAdd : (change.new == nil ? .diffRemove : .diffChange)
  }

  /// A value in one line; no more of it is read than a wide screen shows.
  static func value(_ value: JSON) -> DisplayText {
    SagaText.data(text(of: value, room: 400))
  }

  private static func text(of value: JSON, room: Int) -> String {
    switch value {
    case .null, .bool, .number: return value.description
    case .string(let text):
      return text.utf8.count <= room
        ? value.description : JSON.string(String(text.prefix(room))).description
    case .array(let values):
      var result = ""
      for value in values where result.utf8.count < room {
        result += (result.isEmpty ? "" : ", ") + text(of: value, room: room - result.utf8.count)
      }
      return "[\(result)]"
    case .object(let object):
      var result = ""
      for member in object.members where result.utf8.count < room {
        result += result.isEmpty ? "" : ", "
        result += "\(member.key.prefix(room)): "
        result += text(of: member.value, room: room - result.utf8.count)
      }
      return "{\(result)}"
    }
  }

  /// A change in words: `+ new`, `- old`, `old → new`.
  static func add(_ change: Difference, to line: inout SagaText) {
    switch (change.old, change.new) {
    case (let old?, let new?):
      line.add(value(old), .diffRemove)
      line.add(" → ", .diffChange)
      line.add(value(new), .diffChange)
    case (nil, let new?):
      line.add("+ ", .diffAdd)
      line.add(value(new), .diffAdd)
    case (let old?, nil):
      line.add("- ", .diffRemove)
      line.add(value(old), .diffRemove)
    case (nil, nil): break
    }
  }
}
