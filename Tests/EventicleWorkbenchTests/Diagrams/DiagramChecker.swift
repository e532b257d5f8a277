/// A small reader of what this program writes in the languages for diagrams; it takes nothing else.
enum DiagramChecker {
  /// What is wrong with a text in Mermaid; `nil` when nothing is.
  static func problem(mermaid text: String) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.popLast() == "" else { return "no line break at the end" }
    guard let head = lines.first else { return "nothing" }
    let body = lines.dropFirst().map { String($0.drop { $0 == " " }) }
    switch head {
    case "flowchart TD", "flowchart LR": return problem(in: body, isFlowLine)
    case "sequenceDiagram": return problem(in: body, isSequenceLine)
    case "stateDiagram-v2": return problem(in: body, isStateLine)
    default: return "unknown head \(head)"
    }
  }

  private static func problem(in lines: [String], _ isLine: (String, inout Int) -> Bool) -> String?
  {
    var depth = 0
    for line in lines where !isLine(line, &depth) { return line }
    return depth == 0 ? nil : "\(depth) blocks are open"
  }

  // MARK: - Pieces

  private static func isName(_ text: some StringProtocol, _ letter: Character) -> Bool {
    text.first == letter && text.count > 1
      && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// A label: nothing that the language gives a meaning, entities by number, line breaks.
  static func isLabel(_ text: some StringProtocol) -> Bool {
    var rest = Substring(text)
    guard !rest.isEmpty else { return false }
    while let first = rest.first {
      if rest.hasPrefix("<br/>") {
        rest = rest.dropFirst(5)
      } else if first == "#" {
        let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, rest.dropFirst(1 + digits.count).first == ";" else { return false }
        rest = rest.dropFirst(2 + digits.count)
      } else {
        let isPlain = first.isLetter || first.isNumber || " .,_-/+=".contains(first)
        guard isPlain || first.unicodeScalars.allSatisfy({ $0.value > 0x7F }) else { return false }
        rest = rest.dropFirst()
      }
    }
    // No word may close a block.
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "#" && $0 != ";" }
    return !words.contains { $0.lowercased() == "end" }
  }

  private static func isQuoted(_ text: some StringProtocol) -> Bool {
    text.count >= 2 && text.first == "\"" && text.last == "\""
      && isLabel(text.dropFirst().dropLast())
  }

  private static func isFlowLine(_ line: String, _ depth: inout Int) -> Bool {
    if line == "end" {
      depth -= 1
      return depth >= 0
    }
    if line.hasPrefix("subgraph ") {
      depth += 1
      let rest = line.dropFirst("subgraph ".count)
      let name = rest.prefix { $0 != "[" }
      return isName(name, "g") && rest.hasSuffix("]")
        && isQuoted(rest.dropFirst(name.count + 1).dropLast())
    }
    if line.hasPrefix("classDef ") || line.hasPrefix("class n") { return !line.contains("\"") }
    let name = line.prefix { $0.isLetter || $0.isNumber }
    guard isName(name, "n") else { return false }
    let rest = line.dropFirst(name.count)
    for (left, right) in [
      ("[(", ")]"), ("([", "])"), ("{{", "}}"), ("[/", "/]"), ("[", "]"), ("(", ")"),
    ]
    where rest.hasPrefix(left) && rest.hasSuffix(right) {
      if isQuoted(rest.dropFirst(left.count).dropLast(right.count)) { return true }
    }
    for arrow in [" ==>", " -.->", " -->"] where rest.hasPrefix(arrow) {
      var end = rest.dropFirst(arrow.count)
      if end.first == "|" {
        let label = end.dropFirst().prefix { $0 != "|" }
        guard isQuoted(label) else { return false }
        end = end.dropFirst(label.count + 2)
      }
      return end.first == " " && isName(end.dropFirst(), "n")
    }
    return false
  }

  private static func isSequenceLine(_ line: String, _ depth: inout Int) -> Bool {
    for word in ["actor ", "participant "] where line.hasPrefix(word) {
      let rest = line.dropFirst(word.count)
      let name = rest.prefix { $0 != " " }
      return isName(name, "p") && rest.dropFirst(name.count).hasPrefix(" as ")
        && isLabel(rest.dropFirst(name.count + 4))
    }
    guard let colon = line.firstIndex(of: ":") else { return false }
    let (head, label) = (line[..<colon], line[colon...].dropFirst())
    guard label.first == " ", isLabel(label.dropFirst()) else { return false }
    if head.hasPrefix("Note over ") {
      return head.dropFirst("Note over ".count).split(separator: ",").allSatisfy { isName($0, "p") }
    }
    for arrow in ["->>", "-x"] {
      let parts = head.split(separator: "-", maxSplits: 1)
      guard parts.count == 2, head.contains(arrow) else { continue }
      return isName(parts[0], "p") && isName(("-" + parts[1]).dropFirst(arrow.count), "p")
    }
    return false
  }

  private static func isStateLine(_ line: String, _ depth: inout Int) -> Bool {
    if line == "}" {
      depth -= 1
      return depth >= 0
    }
    if line == "--" { return depth > 0 }
    if line.hasPrefix("classDef here") || line.hasPrefix("class s") { return !line.contains("\"") }
    if line.hasPrefix("state s"), line.hasSuffix(" {") {
      depth += 1
      return isName(line.dropFirst(6).dropLast(2), "s")
    }
    if line.hasPrefix("state \""), let end = line.range(ofLast: "\" as s") {
      return isLabel(line[..<end].dropFirst(7)) && isName(line[end...].dropFirst(5), "s")
    }
    let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count >= 3, words[1] == "-->" else { return false }
    func isEnd(_ word: Substring) -> Bool { word == "[*]" || isName(word, "s") }
    guard isEnd(words[0]), isEnd(words[2]) else { return false }
    return words.count == 3 || words[3].hasPrefix(": ") && isLabel(words[3].dropFirst(2))
  }

  // MARK: - Graphviz

  /// What is wrong with a text in Graphviz's language; `nil` when nothing is.
  static func problem(dot text: String) -> String? {
    var tokens: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first == " " || first == "\n" {
        if first == "\n" { tokens.append("\n") }
        rest = rest.dropFirst()
      } else if first == "\"" {
        var end = rest.index(after: rest.startIndex)
        while end < rest.endIndex, rest[end] != "\"" {
          if rest[end] == "\n" { return "a line break in a text" }
          if rest[end] == "\\" { end = rest.index(after: end) }
          guard end < rest.endIndex else { return "a text without end" }
          end = rest.index(after: end)
        }
        guard end < rest.endIndex else { return "a text without end" }
        tokens.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else if "{}[]=,".contains(first) {
        tokens.append(String(first))
        rest = rest.dropFirst()
      } else if rest.hasPrefix("->") {
        tokens.append("->")
        rest = rest.dropFirst(2)
      } else {
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_.".contains($0)) }
        guard !word.isEmpty else { return "\(first) outside of a text" }
        tokens.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return blocks(tokens)
  }

  private static func blocks(_ tokens: [String]) -> String? {
    var (braces, brackets) = (0, 0)
    for token in tokens {
      switch token {
      case "{": braces += 1
      case "}": braces -= 1
      case "[": brackets += 1
      case "]": brackets -= 1
      case "\n" where brackets > 0: return "a list over two lines"
      default: break
      }
      guard braces >= 0, (0...1).contains(brackets) else { return "blocks do not match" }
    }
    guard braces == 0, brackets == 0 else { return "blocks are open" }
    return tokens.first == "digraph" ? nil : "no digraph"
  }
}

extension String {
  /// Where a text begins for the last time.
  fileprivate func range(ofLast text: String) -> Index? {
    indices.last { self[$0...].hasPrefix(text) }
  }
}
