import TestSupport

/// One source file, read into planes and tokens.
struct SourceFile {
  /// Below the root, such as `Sources/EventicleCore/State/World.swift`.
  let path: String
  let tokens: [Token]
  let lines: Int
  let code: String
  let strings: String
  let comments: String

  init(path: String, text: String) {
    self.path = path
    // A page of documentation has no code; all of it counts as comments.
    let isPage = path.hasSuffix(".md")
    let lexed = SwiftLexer(isPage ? "" : text)
    tokens = Token.all(of: lexed.code)
    code = String(decoding: lexed.code, as: UTF8.self)
    strings = String(decoding: lexed.strings, as: UTF8.self)
    comments = isPage ? text : String(decoding: lexed.comments, as: UTF8.self)
    let ends = text.utf8.count { $0 == UInt8(ascii: "\n") }
    lines = ends + (text.isEmpty || text.utf8.last == UInt8(ascii: "\n") ? 0 : 1)
  }

  /// The target: `EventicleCore` of `Sources/EventicleCore/State/World.swift`.
  var target: String { part(1) }

  /// The folder within the target: `State` for `Sources/EventicleCore/State/Log/EventLog.swift`;
  /// `Panes/Tail` for the console's `Panes/Tail/TailPane.swift`, because each pane is a unit; empty
  /// for a file directly in the target.
  var folder: String {
    let folder = part(2)
    let inner = part(3)
    return folder == "Panes" && !inner.isEmpty ? folder + "/" + inner : folder
  }

  /// The file's own name.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  var isSource: Bool { path.hasPrefix("Sources/") }

  private func part(_ index: Int) -> String {
    let parts = path.split(separator: "/")
    return index < parts.count - 1 ? String(parts[index]) : ""
  }
}

extension SourceFile {
  private static let typeKeywords: Set<String> = [
    "struct", "enum", "class", "protocol", "typealias", "actor", "associatedtype",
  ]

  /// A type that the file declares.
  struct Declaration {
    let name: String
    let line: Int
    let isTopLevel: Bool
  }

  /// The types declared here, without extensions.
  var declaredTypes: [Declaration] {
    tokens.indices.dropLast().compactMap { index in
      let keyword = tokens[index]
      let name = tokens[index + 1]
      guard Self.typeKeywords.contains(keyword.text), name.kind == .word,
        name.text.first?.isUppercase == true,
        index == 0 || tokens[index - 1].text != "."
      else { return nil }
      return Declaration(name: name.text, line: name.line, isTopLevel: keyword.depth == 0)
    }
  }

  /// An imported module.
  struct Import {
    let module: String
    let line: Int
  }

  /// The modules imported here, with `import struct Foundation.Date` too.
  var imports: [Import] {
    let kinds: Set<String> = [
      "struct", "enum", "class", "protocol", "typealias", "func", "var", "let",
    ]
    return tokens.indices.compactMap { index in
      guard tokens[index].text == "import", tokens[index].depth == 0 else { return nil }
      var next = index + 1
      if next < tokens.count, kinds.contains(tokens[next].text) { next += 1 }
      guard next < tokens.count else { return nil }
      return Import(module: tokens[next].text, line: tokens[next].line)
    }
  }

  /// The text of the token at an index; empty outside the file.
  func text(at index: Int) -> String {
    tokens.indices.contains(index) ? tokens[index].text : ""
  }
}

/// The files that the rules check.
struct SourceTree {
  let files: [SourceFile]

  init(_ files: [SourceFile]) {
    self.files = files
  }

  /// A tree of given texts.
  init(planted: [String: String]) {
    files = planted.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }
  }

  /// The files of this repository, read once.
  static let repository: SourceTree = {
    let paths =
      ["Sources", "Tests"].flatMap { Repository.files(in: $0, withSuffix: ".swift") }
      + Repository.files(in: "Sources", withSuffix: ".md")
    return SourceTree(
      paths.map { SourceFile(path: $0, text: Repository.text(at: $0) ?? "") })
  }()
}
