import TestSupport
import Testing

@Suite struct ArchitectureTests {
  @Test(arguments: Rule.all) func `the sources keep the rule`(rule: Rule) {
    for violation in rule.violations(.repository) {
      Issue.record("\(rule.name): \(violation)")
    }
  }

  @Test(arguments: Rule.all) func `the rule catches its examples`(rule: Rule) {
    #expect(!rule.caught.isEmpty)
    for planted in rule.caught {
      let found = rule.violations(SourceTree(planted: planted))
      #expect(!found.isEmpty, "\(rule.name) does not see \(planted)")
    }
  }

  @Test(arguments: Rule.all) func `the rule allows its counterexamples`(rule: Rule) {
    for planted in rule.allowed {
      let found = rule.violations(SourceTree(planted: planted))
      #expect(found == [], "\(rule.name) objects to \(planted)")
    }
  }

  @Test func `a violation names file and line`() throws {
    let rule = try #require(
      Rule.all.first { $0.name == "nothing is force-unwrapped, force-cast or force-tried" })
    let tree = SourceTree(planted: ["Sources/eventicle/A.swift": "let a = 1\n\nlet b = c!\n"])
    #expect(rule.violations(tree).map(\.description) == ["Sources/eventicle/A.swift:3: c!"])
  }

  @Test func `the sources are found`() {
    let paths = SourceTree.repository.files.map(\.path)
    #expect(paths.contains("Tests/ArchitectureTests/ArchitectureTests.swift"))
    #expect(paths.contains { $0.hasPrefix("Sources/") })
    #expect(SourceTree.repository.files.allSatisfy { $0.lines > 0 })
  }

  @Test func `every folder that the table names has exactly one row`() {
    let folders = Layer.table.map(\.folder)
    #expect(Set(folders).count == folders.count)
    for layer in Layer.table {
      #expect(layer.uses.allSatisfy { folders.contains($0.folder) }, "\(layer.folder)")
    }
  }

  @Test func `the engine's folders use only lower ones`() {
    let order =
      Layer.engine + [
        "Language", "Interchange", "Steps", "Flow", "Diagrams", "Reconciliation", "GeneratedTests",
        "Session",
      ]
    for layer in Layer.table {
      guard let height = order.firstIndex(of: layer.folder) else { continue }
      #expect(layer.uses.allSatisfy { order.prefix(height).contains($0.folder) }, "\(layer.folder)")
    }
  }
}

extension Rule: CustomTestStringConvertible {
  var testDescription: String { name }
}
