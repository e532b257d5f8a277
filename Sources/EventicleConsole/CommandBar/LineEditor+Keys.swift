/// The keys of readline.
extension LineEditor {
  /// The effect of a key on a line.
  enum Effect: Hashable, Sendable {
    /// The key is not an editing key.
    case none
    /// The caret may have moved.
    case moved
    /// The text may have changed.
    case changed
    /// The line would exceed the greatest length.
    case tooLong
  }

  /// Applies a key to the line.
  mutating func press(_ key: KeyPress) -> Effect {
    if let character = key.text {
      return insert(String(character)) ? .changed : .tooLong
    }
    switch key.code {
    case .character(let character):
      if key.modifiers == .control { return control(character) }
      if key.modifiers.subtracting(.shift) == .alt { return alt(character) }
      return .none
    case .backspace:
      if key.modifiers.isDisjoint(with: [.alt, .control]) {
        return changed { $0.replace(max(0, $0.caret - 1)..<$0.caret, with: "") }
      }
      return changed { $0.kill($0.wordStart(before: $0.caret)..<$0.caret) }
    case .delete:
      if key.modifiers.isDisjoint(with: [.alt, .control]) { return deleteNext() }
      return changed { $0.kill($0.caret..<$0.wordEnd(after: $0.caret)) }
    case .left, .right: return arrow(key)
    case .home: return moved(to: 0)
    case .end: return moved(to: characters.count)
    default: return .none
    }
  }

  private mutating func arrow(_ key: KeyPress) -> Effect {
    let byWord = !key.modifiers.isDisjoint(with: [.alt, .control])
    if key.code == .left { return moved(to: byWord ? wordStart(before: caret) : caret - 1) }
    return moved(to: byWord ? wordEnd(after: caret) : caret + 1)
  }

  private mutating func control(_ character: Character) -> Effect {
    switch character {
    case "a": return moved(to: 0)
    case "e": return moved(to: characters.count)
    case "b": return moved(to: caret - 1)
    case "f": return moved(to: caret + 1)
    case "d": return deleteNext()
    case "h": return changed { $0.replace(max(0, $0.caret - 1)..<$0.caret, with: "") }
    case "k": return changed { $0.kill($0.caret..<$0.characters.count) }
    case "u": return changed { $0.kill(0..<$0.caret) }
    case "w": return changed { $0.kill($0.blankStart(before: $0.caret)..<$0.caret) }
    case "y": return yank() ? .changed : .tooLong
    case "t": return changed { $0.transpose() }
    default: return .none
    }
  }

  private mutating func alt(_ character: Character) -> Effect {
    switch character.lowercased() {
    case "b": return moved(to: wordStart(before: caret))
    case "f": return moved(to: wordEnd(after: caret))
    case "d": return changed { $0.kill($0.caret..<$0.wordEnd(after: $0.caret)) }
    case "y": return yankOlder() ? .changed : .tooLong
    default: return .none
    }
  }

  private mutating func deleteNext() -> Effect {
    changed { $0.replace($0.caret..<($0.caret + 1), with: "") }
  }

  private mutating func moved(to place: Int) -> Effect {
    move(to: place)
    return .moved
  }

  private mutating func changed(_ change: (inout LineEditor) -> Void) -> Effect {
    change(&self)
    return .changed
  }
}
