/// The places that may import a module.
struct ImportRule {
  let modules: [String]

  /// The beginnings of the paths that may import it; other files in `Sources` may not.
  let allowedIn: [String]

  static let table = [
    ImportRule(modules: ["CNcurses"], allowedIn: ["Sources/EventicleConsole/Terminal/"]),
    ImportRule(modules: ["CSQLite"], allowedIn: ["Sources/EventicleSQLite/"]),
    ImportRule(modules: ["CPostgres"], allowedIn: ["Sources/EventiclePostgres/"]),
    ImportRule(modules: ["CZlib"], allowedIn: ["Sources/EventicleConsole/App/Files/"]),
    ImportRule(
      modules: [
        "EventicleSQLite", "EventicleCrypto", "EventicleNode", "EventiclePostgres",
        "EventicleRedis", "EventicleSamples",
      ],
      allowedIn: ["Sources/eventicle/"]),
    ImportRule(
      modules: ["EventicleHost"],
      allowedIn: [
        "Sources/eventicle/", "Sources/EventicleConsole/App/", "Sources/EventicleNode/",
      ]),
    ImportRule(modules: ["EventicleConsole"], allowedIn: ["Sources/eventicle/"]),
    ImportRule(
      modules: ["Crypto", "CryptoExtras", "CryptoKit"], allowedIn: ["Sources/EventicleCrypto/"]),
    ImportRule(
      modules: ["Logging", "CoreMetrics", "Metrics"], allowedIn: ["Sources/EventicleHost/"]),
    ImportRule(
      modules: ["Testing", "XCTest", "TestSupport", "CPty"], allowedIn: []),
  ]

  /// Foundation, its relatives and C may be imported in the engine and the console only here.
  static let outsideWorld: [(modules: [String], allowedIn: [String])] = [
    (
      ["Foundation", "FoundationNetworking", "FoundationXML", "Dispatch"],
      ["Sources/EventicleConsole/App/", "Sources/EventicleConsole/Theme/ThemeLoader.swift"]
    ),
    (
      ["FoundationEssentials"],
      [
        "Sources/EventicleWorkbench/Interchange/", "Sources/EventicleConsole/App/",
        "Sources/EventicleConsole/Theme/ThemeLoader.swift",
      ]
    ),
    (
      ["Glibc", "Darwin", "Musl", "CSupervisor"],
      [
        // Powers and roots, which the standard library lacks.
        "Sources/EventicleConsole/Theme/ColorDistance.swift",
        "Sources/EventicleConsole/App/", "Sources/EventicleConsole/Terminal/",
        "Sources/EventicleConsole/Theme/ThemeLoader.swift",
      ]
    ),
    (
      ["Synchronization", "Observation"],
      // Copies of a world share memory, and two threads may add to two of them.
      [
        "Sources/EventicleConsole/App/", "Sources/EventicleCore/Collections/ClaimCounter.swift",
        // An aggregate in somebody's hands asks what became of a step, on whatever thread.
        "Sources/EventicleCore/Transaction/StagedWrite.swift",
      ]
    ),
    (["EventicleCore"], ["Sources/EventicleWorkbench/", "Sources/EventicleConsole/"]),
    (["EventicleWorkbench"], ["Sources/EventicleConsole/"]),
  ]
}

extension Rule {
  /// Rules about imports.
  static let imports = [
    Rule(
      "ncurses, backends and the console are imported where they belong",
      caught: [
        [console("App/A.swift"): "import CNcurses"],
        [console("Panes/A.swift"): "public import CNcurses"],
        [workbench("Session/A.swift"): "import EventicleSQLite"],
        [core("Engine/A.swift"): "@testable import EventicleConsole"],
        ["Sources/EventicleSamples/A.swift": "import EventicleHost"],
        ["Sources/eventicle/A.swift": "import Testing"],
        [console("App/A.swift"): "import EventicleCrypto"],
        [console("App/A.swift"): "import EventicleNode"],
        [console("App/A.swift"): "import EventiclePostgres"],
        ["Sources/eventicle/A.swift": "import CPostgres"],
        [core("Events/A.swift"): "import Crypto"], [core("Journal/A.swift"): "import CSQLite"],
        [workbench("Interchange/A.swift"): "import CZlib"],
        ["Sources/eventicle/A.swift": "import Crypto"],
        ["Sources/EventicleCrypto/A.swift": "import EventicleConsole"],
        [core("Engine/A.swift"): "import Logging"], [core("Engine/A.swift"): "import CoreMetrics"],
      ],
      allowed: [
        [console("Terminal/A.swift"): "import CNcurses"],
        ["Sources/eventicle/A.swift": "import EventicleSQLite\nimport EventicleConsole"],
        ["Sources/EventicleCrypto/A.swift": "import Crypto\nimport EventicleCore"],
        ["Tests/SupportTests/A.swift": "import Testing"],
        [console("App/A.swift"): "// import CNcurses\nimport EventicleHost"],
      ],
      file: { file in
        guard file.isSource else { return [] }
        return ImportRule.table.flatMap { rule in
          violations(of: file, modules: rule.modules, allowedIn: rule.allowedIn)
        }
      }),
    Rule(
      "the libraries expose no types of other packages",
      caught: [
        [core("State/A.swift"): "public import HashTreeCollections"],
        ["Sources/EventicleHost/A.swift": "public import Logging"],
        ["Sources/EventicleHost/A.swift": "@_exported public import CoreMetrics"],
        ["Sources/EventicleCrypto/A.swift": "public import Crypto"],
      ],
      allowed: [
        ["Sources/EventicleHost/A.swift": "public import EventicleCore\ninternal import Logging"],
        [core("State/A.swift"): "internal import HashTreeCollections"],
      ],
      file: { file in
        guard file.isSource, documentedTargets.contains(file.target) else { return [] }
        return file.violations { index in
          let module = file.text(at: index + 2)
          return file.tokens[index].text == "public" && file.text(at: index + 1) == "import"
            && module != "EventicleCore" ? "public import \(module)" : nil
        }
      }),
    Rule(
      "the engine and the pure part of the console import nothing impure",
      caught: [
        [core("Events/A.swift"): "import Foundation"],
        [core("Events/A.swift"): "import FoundationEssentials"],
        [workbench("Interchange/A.swift"): "import Foundation"],
        [core("State/A.swift"): "import struct Foundation.Date"],
        [console("Model/A.swift"): "internal import Foundation"],
        [console("Theme/Theme.swift"): "import Foundation"],
        [console("Render/A.swift"): "import EventicleCore\nimport Glibc"],
        [core("State/A.swift"): "import Synchronization"],
        [core("Client/A.swift"): "import EventicleWorkbench"],
      ],
      allowed: [
        [workbench("Interchange/A.swift"): "import FoundationEssentials"],
        [console("App/A.swift"): "import Foundation"],
        [console("Theme/ThemeLoader.swift"): "import Foundation"],
        [core("State/A.swift"): "import HashTreeCollections"],
        ["Sources/EventicleSQLite/A.swift": "import Foundation"],
      ],
      file: { file in
        guard file.isSource, Layer.targets.contains(file.target) else { return [] }
        return ImportRule.outsideWorld.flatMap { rule in
          violations(of: file, modules: rule.modules, allowedIn: rule.allowedIn)
        }
      }),
  ]

  private static func violations(
    of file: SourceFile, modules: [String], allowedIn: [String]
  ) -> [Violation] {
    if allowedIn.contains(where: file.path.hasPrefix) { return [] }
    return file.imports.filter { modules.contains($0.module) }.map { found in
      file.violation(found.line, "may not import \(found.module)")
    }
  }
}
