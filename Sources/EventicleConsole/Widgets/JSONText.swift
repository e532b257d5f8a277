import EventicleCore

/// JSON values as text in one line.
enum JSONText {
  /// A value in JSON notation, coloured by its parts.
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

  /// A value for a sentence: plain words lose their quotes.
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

  /// The path of a difference, for display.
  static func path(of change: Difference) -> DisplayText {
    PaneText.data(change.path.description, limit: 60)
  }

  /// A difference: `~ status placed → paying`.
  ///
  /// - Parameter pathWidth: The least number of columns for the path.
  static func pieces(_ change: Difference, pathWidth: Int = 0) -> [StyledPiece] {
    let role = role(of: change)
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

  // MARK: - Whole values in one line

  /// A value in one line with all its members; stops reading at the width of a wide screen.
  static func line(_ value: JSON) -> DisplayText {
    PaneText.data(text(of: value, room: 400))
  }

  /// The role of a value, by its kind.
  static func role(of value: JSON) -> StyleRole {
    switch value {
    case .null: .jsonNull
    case .bool: .jsonBool
    case .number: .jsonNumber
    case .string: .jsonString
    case .array, .object: .jsonPunct
    }
  }

  /// The role of a change, by its sign.
  static func role(of change: Difference) -> StyleRole {
    change.old == nil ? .diffAdd : (change.new == nil ? .diffRemove : .diffChange)
  }

  /// Appends a change: `+ new`, `- old`, `old → new`.
  static func add(_ change: Difference, to line: inout StyledLine) {
    switch (change.old, change.new) {
    case (let old?, let new?):
      line.add(self.line(old), .diffRemove)
      line.add(" → ", .diffChange)
      line.add(self.line(new), .diffChange)
    case (nil, let new?):
      line.add("+ ", .diffAdd)
      line.add(self.line(new), .diffAdd)
    case (let old?, nil):
      line.add("- ", .diffRemove)
      line.add(self.line(old), .diffRemove)
    case (nil, nil): break
    }
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
}
