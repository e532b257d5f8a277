/// A declaration in a file.
struct DeclaredSymbol {
  let name: String
  let line: Int
  /// Whether users of the library can see it.
  let isPublic: Bool
  /// Whether it is not inside another declaration.
  let isTopLevel: Bool
}

extension SourceFile {
  private static let typeKeywords: Set<String> = ["struct", "enum", "class", "protocol", "actor"]

  private static let memberKeywords: Set<String> = [
    "func", "var", "let", "init", "subscript", "typealias", "associatedtype",
  ]

  private static let modifiers: Set<String> = [
    "public", "static", "final", "mutating", "nonmutating", "override", "required", "convenience",
    "indirect", "nonisolated", "lazy", "weak", "private", "package", "internal", "fileprivate",
    "set", "(", ")", "isolated", "unsafe", "consuming", "borrowing",
  ]

  /// All declarations, cases of enumerations and requirements of protocols included.
  var declaredSymbols: [DeclaredSymbol] {
    var found: [DeclaredSymbol] = []
    // The declaration around each open brace: its keyword, and whether it is public.
    var scopes: [(keyword: String, isPublic: Bool)] = []
    var pending: (keyword: String, isPublic: Bool)?
    for (index, token) in tokens.enumerated() {
      switch token.text {
      case "{":
        scopes.append(pending ?? ("", false))
        pending = nil
      case "}":
        _ = scopes.popLast()
        pending = nil
      case "case" where scopes.last?.keyword == "enum":
        found += cases(after: index, isPublic: scopes.last?.isPublic ?? false)
      default:
        let isType = Self.typeKeywords.contains(token.text)
        guard isType || Self.memberKeywords.contains(token.text) || token.text == "extension",
          text(at: index - 1) != ".", isDeclaration(index)
        else { continue }
        let isPublic =
          isMarkedPublic(index)
          || (scopes.last?.keyword == "protocol" && scopes.last?.isPublic == true && !isType)
        pending = (isType ? token.text : "", isPublic)
        if token.text == "extension" { continue }
        let name =
          Self.memberKeywords.contains(token.text) && isUnnamed(index)
          ? token.text : text(at: index + 1)
        found.append(
          DeclaredSymbol(
            name: name, line: token.line, isPublic: isPublic, isTopLevel: scopes.isEmpty))
      }
    }
    return found
  }

  private func isUnnamed(_ index: Int) -> Bool {
    tokens[index].text == "init" || tokens[index].text == "subscript"
  }

  /// Whether a keyword begins a declaration: `class` in `class A`, not in `protocol P: class {}`,
  /// `init` in `init(`, not in `self.init(`.
  private func isDeclaration(_ index: Int) -> Bool {
    if isUnnamed(index) { return text(at: index - 1) != "." }
    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
    return next?.kind == .word || (tokens[index].text == "func" && next?.kind == .mark)
  }

  /// Whether the modifiers before a keyword make it public.
  private func isMarkedPublic(_ index: Int) -> Bool {
    var at = index - 1
    while at >= 0, Self.modifiers.contains(tokens[at].text) {
      if tokens[at].text == "public" { return true }
      at -= 1
    }
    return false
  }

  /// The names of `case a, b(Int), c`.
  private func cases(after index: Int, isPublic: Bool) -> [DeclaredSymbol] {
    var found: [DeclaredSymbol] = []
    var at = index + 1
    while at < tokens.count, tokens[at].kind == .word {
      found.append(
        DeclaredSymbol(
          name: tokens[at].text, line: tokens[at].line, isPublic: isPublic, isTopLevel: false))
      at += 1
      if text(at: at) == "(" { at = end(ofParenthesesAt: at) }
      while text(at: at) == "=" || (at < tokens.count && text(at: at - 1) == "=") { at += 1 }
      guard text(at: at) == "," else { break }
      at += 1
    }
    return found
  }

  private func end(ofParenthesesAt start: Int) -> Int {
    var depth = 0
    for index in start..<tokens.count {
      if tokens[index].text == "(" { depth += 1 }
      if tokens[index].text == ")" { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return tokens.count
  }
}
