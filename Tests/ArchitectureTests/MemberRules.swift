extension Rule {
  /// Names of members that the standard library has too, so that using one proves nothing.
  private static let common: Set<String> = [
    "isLetter", "joined", "makeIterator", "removeAll", "removeLast", "reverse", "startIndex",
    "utf8",
    "withContiguousStorageIfAvailable", "control", "merge", "properties", "removeFirst", "scanner",
    "sorted", "endIndex", "indices",
  ]

  /// Rules about the folders whose members a folder may use, extensions included.
  static let members = [
    Rule(
      "a folder uses only members of the folders it may use",
      caught: [
        [
          core("State/A.swift"): "func f(_ e: Event) { e.handOver() }",
          core("Engine/E.swift"): "extension Event { func handOver() {} }",
        ],
        [
          core("JSON/A.swift"): "let a = b.gradient",
          core("State/E.swift"): "extension JSON { var gradient: Int { 1 } }",
        ],
        [
          core("Events/A.swift"): "let a = JSON.palette(3)",
          core("Client/E.swift"): "extension JSON { static func palette(_ x: Int) {} }",
        ],
        [
          console("Panes/Tail/A.swift"): "let a = b.railWidth",
          console("Panes/Saga/E.swift"): "struct Rail { let railWidth: Int }",
        ],
        [
          console("Panes/Tail/A.swift"): "let a = b.carryOn()",
          core("Transaction/E.swift"): "extension World { func carryOn() {} }",
        ],
        [
          console("Widgets/A.swift"): "let a = b.selectionHeight",
          console("Model/E.swift"): "extension Canvas { var selectionHeight: Int { 1 } }",
        ],
      ],
      allowed: [
        [
          core("Engine/A.swift"): "func f(_ e: Event) { e.handOver() }",
          core("State/E.swift"): "extension Event { func handOver() {} }",
        ],
        // Two folders have the name, so it does not show whose member it is.
        [
          core("State/A.swift"): "func f(_ e: Event) { e.handOver() }",
          core("Engine/E.swift"): "extension Event { func handOver() {} }",
          core("Events/E.swift"): "extension Keys { func handOver() {} }",
        ],
        // Private and local names belong to their file.
        [
          core("State/A.swift"): "let a = e.inner",
          core("Engine/E.swift"):
            "struct A { private var inner = 1\nfunc f() { let inner = 2; f(inner) } }",
        ],
      ],
      tree: memberViolations)
  ]

  private static func memberViolations(in tree: SourceTree) -> [Violation] {
    let layered = tree.files.filter {
      $0.isSource && !$0.isPage && Layer.targets.contains($0.target)
    }
    var homes: [String: Set<String>] = [:]
    // The types that the files declaring a member are about.
    var owners: [String: Set<String>] = [:]
    var targets: [String: String] = [:]
    // The names that a folder declares itself: members, parameters and tuple elements included.
    var known: [String: Set<String>] = [:]
    for file in layered {
      targets[file.folder] = file.target
      known[file.folder, default: []].formUnion(file.labels)
      let types = file.declaredTypes.filter(\.isTopLevel).map(\.name)
      for name in file.declaredMembers {
        homes[name, default: []].insert(file.folder)
        owners[name, default: []].formUnion(types)
      }
    }
    return layered.flatMap { file -> [Violation] in
      guard let layer = Layer.of(file.folder) else { return [] }
      let own = known[file.folder] ?? []
      return file.violations { index in
        let name = file.tokens[index].text
        guard file.text(at: index - 1) == ".", !common.contains(name), let folders = homes[name],
          folders.count == 1, let home = folders.first, !home.isEmpty, !own.contains(name),
          // Between targets the compiler checks this, unless one imports the other.
          Layer.isVisible(targets[home] ?? "", from: file.target),
          !Layer.targets.contains(file.text(at: index - 2))
        else { return nil }
        let isAllowed = home == file.folder || layer.allows(membersOf: owners[name] ?? [], in: home)
        return isAllowed ? nil : "\(file.folder) may not use .\(name) of \(home)"
      }
    }
  }
}

extension SourceFile {
  private static let memberWords: Set<String> = ["func", "var", "let", "case"]

  /// The members declared here, in types and extensions, that other files can name.
  var declaredMembers: Set<String> {
    var found: Set<String> = []
    // For each open brace, whether it is the body of a type or extension.
    var scopes: [Bool] = []
    var opensType = false
    for (index, token) in tokens.enumerated() {
      switch token.text {
      case "{":
        scopes.append(opensType)
        opensType = false
      case "}": _ = scopes.popLast()
      case "struct", "enum", "protocol", "extension", "actor", "class":
        if text(at: index - 1) != ".", text(at: index + 1) != "func", text(at: index + 1) != "var" {
          opensType = true
        }
      default:
        guard Self.memberWords.contains(token.text), scopes.last == true,
          text(at: index - 1) != ".", !isPrivate(index), index + 1 < tokens.count,
          tokens[index + 1].kind == .word
        else { continue }
        found.insert(text(at: index + 1))
      }
    }
    return found
  }

  /// The words before a colon or after `var`, `let` and `func`: the names declared here.
  var labels: Set<String> {
    var found: Set<String> = []
    for (index, token) in tokens.enumerated() where token.kind == .word {
      let before = text(at: index - 1)
      if text(at: index + 1) == ":" || ["var", "let", "func", "case"].contains(before) {
        found.insert(token.text)
      }
    }
    return found
  }

  /// Whether the modifiers before a keyword make it private to its file.
  private func isPrivate(_ index: Int) -> Bool {
    var at = index - 1
    let modifiers: Set<String> = [
      "private", "fileprivate", "static", "mutating", "final", "override", "lazy", "nonisolated",
      "public", "package", ")", "(", "set",
    ]
    var isPrivate = false
    while at >= 0, modifiers.contains(tokens[at].text) {
      let isSetter = text(at: at + 1) == "("
      if ["private", "fileprivate"].contains(tokens[at].text), !isSetter { isPrivate = true }
      at -= 1
    }
    return isPrivate
  }
}
