/// One key press.
struct KeyPress: Hashable, Sendable {
  /// The key that was pressed.
  enum Code: Hashable, Sendable {
    case character(Character)
    case enter
    case tab
    case backtab
    case escape
    case backspace
    case delete
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    case insert
    case function(Int)
  }

  /// The keys held down with it; shift only where the character does not show it.
  struct Modifiers: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let control = Modifiers(rawValue: 1)
    static let alt = Modifiers(rawValue: 2)
    static let shift = Modifiers(rawValue: 4)
  }

  var code: Code
  var modifiers: Modifiers

  /// A key with modifiers.
  init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A character key.
  init(_ character: Character, _ modifiers: Modifiers = []) {
    self.init(.character(character), modifiers)
  }

  /// The character that the key types into a text, if any.
  var text: Character? {
    guard case .character(let character) = code else { return nil }
    return modifiers.subtracting(.shift).isEmpty ? character : nil
  }
}

/// The notation of keys in documents, keymaps and tapes: `j`, `<Enter>`, `<C-r>`, `<S-Tab>`. An angle bracket
/// that begins no name is itself; `<lt>` and `<gt>` are also read.
extension KeyPress: CustomStringConvertible {
  /// The key in its notation; ``init(notation:)`` reads it back.
  var description: String {
    if case .character(let character) = code, modifiers.isEmpty, character != " " {
      return String(character)
    }
    var key = self
    var prefix = ""
    if code == .backtab {
      key = KeyPress(.tab, modifiers.union(.shift))
    }
    if key.modifiers.contains(.control) { prefix += "C-" }
    if key.modifiers.contains(.alt) { prefix += "A-" }
    if key.modifiers.contains(.shift) { prefix += "S-" }
    return "<\(prefix)\(key.name)>"
  }

  /// Reads one key; `nil` when the notation is not that of a key.
  init?(notation: String) {
    guard let keys = Self.sequence(notation), keys.count == 1 else { return nil }
    self = keys[0]
  }

  /// Reads keys in a row, such as `gg` or `<C-w>v`; `nil` when one is unknown.
  static func sequence(_ notation: String) -> [KeyPress]? {
    var keys: [KeyPress] = []
    var rest = Substring(notation)
    while let first = rest.first {
      guard first == "<", let end = bracketEnd(in: rest) else {
        keys.append(first == " " ? KeyPress(" ") : KeyPress(first))
        rest.removeFirst()
        continue
      }
      guard let key = KeyPress(bracketed: rest[rest.index(after: rest.startIndex)..<end])
      else { return nil }
      keys.append(key)
      rest = rest[rest.index(after: end)...]
    }
    return keys
  }

  // An angle bracket is itself unless another one closes a name after it.
  private static func bracketEnd(in text: Substring) -> Substring.Index? {
    let name = text.dropFirst().prefix { $0 != "<" && $0 != ">" }
    return !name.isEmpty && name.endIndex < text.endIndex && text[name.endIndex] == ">"
      ? name.endIndex : nil
  }

  private init?(bracketed: Substring) {
    var name = bracketed
    var modifiers: Modifiers = []
    while name.count > 2, name.dropFirst().first == "-", let letter = name.first {
      switch letter.lowercased() {
      case "c": modifiers.insert(.control)
      case "a", "m": modifiers.insert(.alt)
      case "s": modifiers.insert(.shift)
      default: return nil
      }
      name = name.dropFirst(2)
    }
    guard let code = Self.code(named: String(name)) else { return nil }
    guard !(name.count == 1 && modifiers.isEmpty) else { return nil }
    if code == .tab, modifiers.contains(.shift) {
      self.init(.backtab, modifiers.subtracting(.shift))
    } else {
      self.init(code, modifiers)
    }
  }

  private static func code(named name: String) -> Code? {
    if name.count == 1 { return name.first.map(Code.character) }
    let lowered = name.lowercased()
    if let entry = codes.first(where: { $0.name.lowercased() == lowered }) { return entry.code }
    if let entry = names.first(where: { $0.value.lowercased() == lowered }) {
      return .character(entry.key)
    }
    guard lowered.first == "f", let number = Int(lowered.dropFirst()), (1...63).contains(number)
    else { return nil }
    return .function(number)
  }

  private var name: String {
    switch code {
    case .character(let character): Self.names[character] ?? String(character)
    case .function(let number): "F\(number)"
    default: Self.codes.first { $0.code == code }?.name ?? "?"
    }
  }

  private static let names: [Character: String] = [" ": "Space", "<": "lt", ">": "gt"]

  private static let codes: [(code: Code, name: String)] = [
    (.enter, "Enter"), (.enter, "CR"), (.tab, "Tab"), (.escape, "Esc"),
    (.backspace, "Backspace"), (.backspace, "BS"), (.delete, "Delete"), (.delete, "Del"),
    (.up, "Up"), (.down, "Down"), (.left, "Left"), (.right, "Right"), (.home, "Home"),
    (.end, "End"), (.pageUp, "PageUp"), (.pageDown, "PageDown"), (.insert, "Insert"),
  ]
}
