/// Removes secret values from a line before it is remembered.
///
/// A secret is the value of a key whose name ends with `password`, `secret`, `token` or `apikey` in
/// any spelling: `password=x`, `user.password:="x"`, `{"accessToken":"x"}`, `data.token = x`. When
/// in doubt, the value is hidden.
enum SecretMask {
  /// The replacement for a secret.
  static let mask = "•••"

  private static let names = ["password", "secret", "token", "apikey"]

  /// The line without the values of secrets.
  static func masked(_ line: String) -> String {
    let characters = Array(line)
    var output: [Character] = []
    var index = 0
    while index < characters.count {
      guard characters[index].isKey else {
        output.append(characters[index])
        index += 1
        continue
      }
      let start = index
      while index < characters.count, characters[index].isKey { index += 1 }
      output += characters[start..<index]
      guard isSecret(characters[start..<index]),
        let value = valueStart(characters, from: index)
      else { continue }
      let isInJSON = start > 0 && characters[start - 1] == "\""
      let end = valueEnd(characters, from: value, isInJSON: isInJSON)
      output += characters[index..<value]
      if end > value { output += Array(mask) }
      index = end
    }
    return String(output)
  }

  private static func isSecret(_ name: ArraySlice<Character>) -> Bool {
    let plain = String(name).lowercased().filter { $0 != "_" && $0 != "-" }
    return names.contains { plain.hasSuffix($0) }
  }

  /// The start of a key's value; `nil` when no assignment sign follows the key.
  private static func valueStart(_ characters: [Character], from start: Int) -> Int? {
    var index = start
    // The path may continue, as in secret.value or secret[0], or a quote may end the name.
    while index < characters.count {
      let character = characters[index]
      guard character.isKey || ".[]\"'`".contains(character) else { break }
      index += 1
    }
    let end = index
    while index < characters.count, characters[index] == " " { index += 1 }
    let sign = index
    while index < characters.count, "=:~!<>@".contains(characters[index]) { index += 1 }
    guard index > sign else { return nil }
    // Spaces are part of the assignment only when they stand on both sides, or inside JSON.
    guard sign > end || characters[end - 1] == "\"" else { return index }
    while index < characters.count, characters[index] == " " { index += 1 }
    return index
  }

  private static func valueEnd(
    _ characters: [Character], from start: Int, isInJSON: Bool
  ) -> Int {
    var index = start
    var depth = 0
    while index < characters.count {
      let character = characters[index]
      switch character {
      case "\\": index += 1
      case "\"", "'", "`":
        index = quoteEnd(characters, from: index)
      case "{", "[": depth += 1
      case "}", "]":
        if depth == 0, isInJSON { return index }
        depth -= 1
      case ",":
        if depth <= 0, isInJSON { return index }
      case " ", ";":
        if depth <= 0 { return index }
      default: break
      }
      index += 1
    }
    return characters.count
  }

  /// The closing quote that matches the one at an index; the end of the line when there is none.
  private static func quoteEnd(_ characters: [Character], from start: Int) -> Int {
    var index = start + 1
    while index < characters.count, characters[index] != characters[start] {
      index += characters[index] == "\\" && characters[start] == "\"" ? 2 : 1
    }
    return index
  }
}

extension Character {
  fileprivate var isKey: Bool { isWord || self == "_" || self == "-" }
}
