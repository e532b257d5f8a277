extension Rule {
  /// The libraries, whose public symbols need documentation.
  static let documentedTargets = [
    "EventicleCore", "EventicleCrypto", "EventicleHost", "EventicleNode", "EventicleSQLite",
    "EventicleWorkbench",
  ]

  /// Rules about the documentation of public symbols.
  static let documentation = [
    Rule(
      "every public symbol of a library is documented",
      caught: [
        "public struct A {}", "/// A.\npublic struct A {\n  public let b = 1\n}",
        "/// A.\n\npublic func f() {}", "// A.\npublic func f() {}",
        "/// A.\npublic protocol P {\n  func f()\n}", "@discardableResult\npublic func f() {}",
        "extension A {\n  public static func == (a: A, b: A) -> Bool { true }\n}",
        "/// A.\npublic struct A {\n  public private(set) var b = 1\n}",
        "/// A.\npublic struct A {\n  public init() {}\n}",
        "/// A.\npublic enum A {\n  /// B.\n  case b\n  case c(Int)\n}",
      ].map { [core("Events/A.swift"): $0] } + [
        ["Sources/EventicleCrypto/A.swift": "public struct A {}"],
        ["Sources/EventicleHost/A.swift": "public struct A {}"],
      ],
      allowed: [
        "/// A.\npublic struct A {}", "struct A { var b = 1 }",
        "/// A.\n@discardableResult\npublic func f() {}",
        "/// A.\n@available(\n  *, deprecated)\npublic func f() {}",
        "public import B", "protocol P {\n  func f()\n}",
        "/// A.\npublic enum A {\n  /// B.\n  case b\n}",
        "/// A.\npublic func a() {\n  switch b {\n  case c: break\n  }\n}",
      ].map { [core("Events/A.swift"): $0] } + [
        [console("Model/A.swift"): "public struct A {}"]
      ],
      file: undocumented),
    Rule(
      "every link in documentation has a target",
      caught: [
        [core("Events/A.swift"): "/// See ``Ghost``.\nstruct A {}"],
        [core("Events/A.swift"): "/// See ``A/ghost(_:)``.\nstruct A {}"],
        [core("EventicleCore.docc/A.md"): "# A\n\n- ``Ghost``\n", core("A.swift"): "struct A {}"],
        [core("EventicleCore.docc/A.md"): "See <doc:Ghost>."],
      ],
      allowed: [
        [
          core("Events/A.swift"):
            "/// See ``A/b(_:)`` and ``C/d``.\nstruct A { func b(_ c: C) {} }\nenum C { case e(Int), d }"
        ],
        [
          core("EventicleCore.docc/A.md"): "See ``A`` and <doc:A>.", core("A.swift"): "struct A {}",
        ],
        [core("Events/A.swift"): "let text = \"``Ghost``\""],
      ],
      tree: deadLinks),
    Rule(
      "every public type of a library is listed under a topic",
      caught: documentedTargets.flatMap { target in
        let (source, page) = ("Sources/\(target)/A.swift", landingPage(of: target))
        return [
          [source: "public struct A {}", page: "- ``B``"],
          [source: "public typealias A = Int", page: "See ``A``."],
          [source: "public struct A {}"],
        ]
      } + [
        [
          "Sources/EventicleHost/A.swift": "public struct A {}",
          landingPage(of: "EventicleCore"): "- ``A``",
        ]
      ],
      allowed: documentedTargets.flatMap { target in
        let (source, page) = ("Sources/\(target)/A.swift", landingPage(of: target))
        return [
          [source: "public struct A {}\nstruct B {}", page: "- ``A``"],
          [source: "extension B {\n  public struct A {}\n}", page: ""],
        ]
      },
      tree: untold),
  ]

  private static func landingPage(of target: String) -> String {
    "Sources/\(target)/\(target).docc/\(target).md"
  }

  private static func untold(in tree: SourceTree) -> [Violation] {
    documentedTargets.flatMap { target in
      let page = tree.files.first { $0.path == landingPage(of: target) }?.comments ?? ""
      let told = Set(
        page.split(separator: "\n").filter { $0.hasPrefix("- ``") }
          .map { String($0.dropFirst(4).prefix { $0 != "`" && $0 != "(" }) })
      return tree.files.filter { $0.target == target }.flatMap { file in
        file.declaredSymbols.filter {
          $0.isPublic && $0.isTopLevel && !told.contains($0.name)
        }
        .map { file.violation($0.line, "\($0.name) stands under no topic of \(target).md") }
      }
    }
  }

  private static func undocumented(in file: SourceFile) -> [Violation] {
    guard file.isSource, documentedTargets.contains(file.target) else { return [] }
    let comments = file.comments.split(separator: "\n", omittingEmptySubsequences: false)
    let code = file.code.split(separator: "\n", omittingEmptySubsequences: false)
    return file.declaredSymbols.filter(\.isPublic).compactMap { symbol in
      var above = symbol.line - 2
      // Attributes may stand between a comment and its declaration.
      while above >= 0, isAttribute(code[above]) { above -= 1 }
      if above >= 0, comments[above].drop(while: { $0 == " " }).hasPrefix("///") { return nil }
      return file.violation(symbol.line, "\(symbol.name) has no comment with ///")
    }
  }

  private static func isAttribute(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " }
    return text.hasPrefix("@") || text.hasPrefix("*") || text.hasPrefix("#if")
  }

  private static func deadLinks(in tree: SourceTree) -> [Violation] {
    let sources = tree.files.filter(\.isSource)
    var names: Set<String> = Set(documentedTargets + ["EventicleConsole"])
    var pages: Set<String> = []
    for file in sources {
      names.formUnion(file.declaredSymbols.map(\.name))
      if file.isPage { pages.insert(String(file.name.dropLast(3))) }
    }
    return sources.flatMap { file in
      file.links.compactMap { link in
        let isKnown =
          link.isPage
          ? pages.contains(link.target)
          : link.target.split(separator: "/").allSatisfy { part in
            names.contains(String(part.prefix { $0 != "(" && $0 != "-" }))
          }
        return isKnown ? nil : file.violation(link.line, "\(link.target) does not exist")
      }
    }
  }
}

extension SourceFile {
  /// A link in documentation, to a symbol or a page.
  struct Link {
    let target: String
    let isPage: Bool
    let line: Int
  }

  /// Whether this is a page of documentation without code.
  var isPage: Bool { path.hasSuffix(".md") }

  /// The links in comments with `///`, or in a page.
  var links: [Link] {
    comments.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .flatMap { number, line -> [Link] in
        guard isPage || line.contains("///") else { return [] }
        let symbols = between(line, "``", "``").map { ($0, false) }
        let pages = between(line, "<doc:", ">").map { ($0, true) }
        return (symbols + pages).map { Link(target: $0.0, isPage: $0.1, line: number + 1) }
      }
  }

  private func between(_ line: Substring, _ start: String, _ end: String) -> [String] {
    var found: [String] = []
    var rest = line
    // A space after the ticks makes inline code, as in `` `a` ``.
    while let from = rest.firstRange(of: start),
      let to = rest[from.upperBound...].firstRange(of: end)
    {
      let target = rest[from.upperBound..<to.lowerBound]
      if target.first != " " { found.append(String(target)) }
      rest = rest[to.upperBound...]
    }
    return found
  }
}
