extension KeyPress {
  /// Reads keys in words, as `j j <Enter>` or `:do PlaceOrder total:=59 <Enter>`.
  ///
  /// A blank between keys only separates them, except where a prompt is open: from `:`, `/` or `@` at
  /// the start of a word up to `<Enter>` or `<Esc>`.
  ///
  /// - Returns: The keys up to the first word that is none, and that word.
  static func keys(inWords notation: String) -> (keys: [KeyPress], unknown: String?) {
    var keys: [KeyPress] = []
    var isTyping = false
    for word in notation.split(separator: " ") {
      let ends = word.contains("<Enter>") || word.contains("<Esc>")
      if isTyping, word.first != "<" { keys.append(KeyPress(" ")) }
      if let sign = word.first, ":/@".contains(sign) { isTyping = true }
      if ends { isTyping = false }
      guard let sequence = KeyPress.sequence(String(word)) else { return (keys, String(word)) }
      keys += sequence
    }
    return (keys, nil)
  }

  /// The keys that type a line into the command bar and run it.
  static func typing(_ line: String) -> [KeyPress] {
    [KeyPress(":")] + line.map { KeyPress($0) } + [KeyPress(.enter)]
  }
}
