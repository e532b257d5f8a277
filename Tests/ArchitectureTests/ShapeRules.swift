extension Rule {
  /// The greatest number of lines in a file.
  static let longestFile = 300

  private static let vagueEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl"]
  private static let doubles = ["Mock", "Fake", "Stub", "Spy", "Dummy"]

  private static func lines(_ count: Int) -> String {
    String(repeating: "// line\n", count: count)
  }

  /// Rules about the shape of files, names and panes.
  static let shapes = [
    Rule(
      "no file is longer than \(longestFile) lines",
      caught: [
        ["Sources/eventicle/A.swift": lines(longestFile + 1)],
        ["Tests/SupportTests/A.swift": lines(longestFile) + "// last, without a line end"],
      ],
      allowed: [["Sources/eventicle/A.swift": lines(longestFile)]],
      file: { file in
        file.lines > longestFile
          ? [file.violation(longestFile + 1, "\(file.lines) lines; the limit is \(longestFile)")]
          : []
      }),
    Rule(
      "no type has a vague name",
      caught: ["struct EventManager {}", "enum TextUtils {}", "final class StoreImpl {}"].map {
        ["Sources/eventicle/A.swift": $0]
      } + [["Tests/SupportTests/A.swift": "enum Outer { struct KeyHelper {} }"]],
      allowed: [["Sources/eventicle/A.swift": "struct Managers { let manager: Int }"]],
      file: { file in
        file.declaredTypes.compactMap { type in
          guard let ending = vagueEndings.first(where: type.name.hasSuffix) else { return nil }
          return file.violation(type.line, "\(type.name) ends with \(ending)")
        }
      }),
    Rule(
      "no test double is shipped",
      caught: ["struct MockStore {}", "class TerminalStub {}", "actor FakeClock {}"].map {
        ["Sources/EventicleHost/A.swift": $0]
      },
      allowed: [
        ["Sources/EventicleConsole/Terminal/A.swift": "struct HeadlessTerminal {}"],
        ["Tests/SupportTests/A.swift": "struct MockStore {}"],
        ["Sources/EventicleHost/A.swift": "struct Mockery {}"],
      ],
      file: { file in
        guard file.isSource else { return [] }
        return file.declaredTypes.compactMap { type in
          guard let double = doubles.first(where: { isWord($0, of: type.name) }) else { return nil }
          return file.violation(type.line, "\(type.name) is a \(double.lowercased())")
        }
      }),
    Rule(
      "a pane decides in its update alone, and draws without changing anything",
      caught: [
        [
          console("Panes/A.swift"): "func draw(_ model: inout StreamsModel) {}",
          console("Model/M.swift"): "public struct StreamsModel {}",
        ],
        [console("Panes/A.swift"): "func f() { update(&model, message) }"],
        [console("Panes/A.swift"): "func f() { StreamsUpdate.update(model) }"],
      ],
      allowed: [
        [
          console("Panes/A.swift"): "func draw(_ model: StreamsModel, into c: inout Canvas) {}",
          console("Model/M.swift"): "public struct StreamsModel {}",
        ],
        [
          console("Panes/Tail/TailUpdate.swift"): "func update(_ model: inout StreamsModel) {}",
          console("Model/M.swift"): "public struct StreamsModel {}",
        ],
      ],
      tree: paneViolations),
  ]

  private static func paneViolations(in tree: SourceTree) -> [Violation] {
    var models: Set<String> = []
    for file in tree.files where file.path.hasPrefix(console("Model/")) {
      models.formUnion(file.declaredTypes.filter(\.isTopLevel).map(\.name))
    }
    return tree.files.filter {
      $0.path.hasPrefix(console("Panes/")) && !$0.name.hasSuffix("Update.swift")
        && $0.name != "Pane.swift"
    }.flatMap { file in
      file.violations { index in
        let text = file.tokens[index].text
        if text == "inout", models.contains(file.text(at: index + 1)) {
          return "a pane may not take inout \(file.text(at: index + 1))"
        }
        return text == "update" && file.text(at: index + 1) == "(" ? "a pane may not update" : nil
      }
    }
  }

  /// Whether a camel-case name begins or ends with a word: `MockStore`, `StoreMock`, not `Mockery`.
  private static func isWord(_ word: String, of name: String) -> Bool {
    if name.hasSuffix(word) { return true }
    guard name.hasPrefix(word) else { return false }
    return name.dropFirst(word.count).first?.isLowercase == false
  }
}
