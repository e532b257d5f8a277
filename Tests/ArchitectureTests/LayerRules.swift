extension Rule {
  /// Rules about the folders whose types a folder may name.
  static let layers = [
    Rule(
      "a folder names only types of the folders it may use",
      caught: [
        [core("Events/A.swift"): "struct A { var b: B }", core("State/B.swift"): "struct B {}"],
        [core("Events/A.swift"): "let a = World()", core("State/W.swift"): "struct World {}"],
        [
          workbench("Language/A.swift"): "func f(_ t: inout Transaction) {}",
          core("Transaction/T.swift"): "public struct Transaction {}",
        ],
        [core("Engine/A.swift"): "typealias A = [Fork]", core("Timeline/F.swift"): "enum Fork {}"],
        [
          workbench("Interchange/A.swift"): "let a = \"\\(Engine())\"",
          core("Engine/E.swift"): "class Engine {}",
        ],
        [
          console("Model/A.swift"): "struct A { var e: Engine }",
          core("Engine/E.swift"): "struct Engine {}",
        ],
        [
          console("Model/A.swift"): "struct A { var s: Session }",
          workbench("Session/S.swift"): "struct Session {}",
        ],
        [
          console("Panes/Tail/A.swift"): "let a = EventicleConsole.SagaTable.self",
          console("Panes/Saga/U.swift"): "enum SagaTable {}",
        ],
        [
          console("Render/A.swift"): "func f(_ name: StreamName) {}",
          core("Events/S.swift"): "struct StreamName {}",
        ],
        [
          console("Theme/A.swift"): "func f(_ t: some Terminal) {}",
          console("Terminal/T.swift"): "protocol Terminal {}",
        ],
        [
          console("Terminal/A.swift"): "func f(_ m: Model) {}",
          console("Model/M.swift"): "struct Model {}",
        ],
      ],
      allowed: [
        [core("State/A.swift"): "struct A { var b: B }", core("Events/B.swift"): "struct B {}"],
        [
          core("Domain/A.swift"): "func f(_ t: inout Transaction) {}",
          core("State/T.swift"): "struct Transaction {}",
        ],
        [
          core("Events/A.swift"): "/// See ``World``.\nlet a = \"World\" /* World */",
          core("State/W.swift"): "struct World {}",
        ],
        [
          core("Events/A.swift"): "enum A { enum World {} }\nlet a = A.World.self",
          core("State/W.swift"): "struct World {}",
        ],
        [
          console("Model/A.swift"): "struct A { var n: SessionNotice }",
          workbench("Session/SessionNotice.swift"): "struct SessionNotice {}",
        ],
        [
          console("App/A.swift"): "let a = Engine()",
          core("Engine/E.swift"): "struct Engine {}",
        ],
      ],
      tree: layerViolations),
    Rule(
      "every folder of the engine and of the console has a row in the table",
      caught: [[core("Misc/A.swift"): "struct A {}"], [console("Panes/Misc/A.swift"): ""]],
      allowed: [[core("Events/A.swift"): ""], [console("Console.swift"): ""]],
      file: { file in
        guard isLayered(file), !file.folder.isEmpty, Layer.of(file.folder) == nil else { return [] }
        return [file.violation(1, "the folder \(file.folder) has no row in Layer.table")]
      }),
  ]

  static func core(_ path: String) -> String { "Sources/EventicleCore/" + path }

  static func workbench(_ path: String) -> String { "Sources/EventicleWorkbench/" + path }

  static func console(_ path: String) -> String { "Sources/EventicleConsole/" + path }

  private static func isLayered(_ file: SourceFile) -> Bool {
    file.isSource && !file.isPage && Layer.targets.contains(file.target)
  }

  private static func isNotice(_ file: SourceFile) -> Bool {
    file.name.hasPrefix("Notice") || file.name.hasSuffix("Notice.swift")
  }

  private static func layerViolations(in tree: SourceTree) -> [Violation] {
    // A name may be declared in several folders; using it is allowed if any of them is.
    var homes: [String: Set<String>] = [:]
    var notices: Set<String> = []
    for file in tree.files where isLayered(file) && !file.folder.isEmpty {
      for type in file.declaredTypes where type.isTopLevel {
        homes[type.name, default: []].insert(file.folder)
        if file.folder == "Session", isNotice(file) { notices.insert(type.name) }
      }
    }
    return tree.files.filter(isLayered).flatMap { file -> [Violation] in
      guard let layer = Layer.of(file.folder) else { return [] }
      let own = Set(file.declaredTypes.map(\.name))
      return file.violations { index in
        let name = file.tokens[index].text
        guard let folders = homes[name], !own.contains(name), !isMember(index, of: file) else {
          return nil
        }
        let isAllowed = folders.contains { folder in
          layer.allows(name, of: folder)
            || (notices.contains(name) && layer.uses.contains { $0.folder == "Session" })
        }
        if isAllowed { return nil }
        let home = folders.sorted().joined(separator: " and ")
        return "\(file.folder) may not use \(name) of \(home)"
      }
    }
  }

  /// Whether a word is a member of a type, as `World` in `A.World`, and not of a module.
  private static func isMember(_ index: Int, of file: SourceFile) -> Bool {
    guard file.text(at: index - 1) == "." else { return false }
    return !Layer.targets.contains(file.text(at: index - 2))
  }
}
