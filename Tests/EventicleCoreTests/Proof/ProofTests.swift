import Foundation
import TestSupport
import Testing

@Suite struct ProofTests {
  /// The names of all tests and contract cases in the sources.
  private static let names: [String] = {
    let patterns = [
      "func `([^`]+)`", "func ([A-Za-z0-9_]+)\\(", "@Test\\(\\s*\"([^\"]+)\"",
      "\\.(?:client|store)\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\"",
      "(?:ContractCase|sorted|paged|walked)\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\"",
    ]
    let texts = Repository.files(in: "Tests", withSuffix: ".swift").compactMap {
      Repository.text(at: $0)
    }
    return patterns.flatMap { pattern -> [String] in
      guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
      return texts.flatMap { text -> [String] in
        let whole = NSRange(text.startIndex..., in: text)
        return expression.matches(in: text, range: whole).compactMap { match in
          Range(match.range(at: 1), in: text).map { String(text[$0]) }
        }
      }
    }
  }()

  /// The numbers in a name, such as `S-05` or `B-101`.
  private static func ids(in name: String) -> [String] {
    name.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map { String($0) }
      .filter { $0.hasPrefix("S-") || $0.hasPrefix("B-") }
  }

  @Test(arguments: Proof.scenarios)
  func `every scenario has a test`(id: String) {
    #expect(Proof.named[id] != nil, "the table has no row for \(id)")
  }

  @Test(arguments: Proof.faults)
  func `every fault has a test that detects it`(id: String) {
    #expect(Proof.named[id] != nil, "the table has no row for \(id)")
  }

  @Test func `every test in the table exists`() {
    let known = Set(Self.names)
    for (id, tests) in Proof.named {
      #expect(!tests.isEmpty)
      for test in tests { #expect(known.contains(test), "\(id) names no test: \(test)") }
    }
  }

  @Test func `no test name has a number of the table`() {
    #expect(Self.names.flatMap { Self.ids(in: $0) }.isEmpty)
  }

  @Test func `the table has no unknown numbers`() {
    let known = Set(Proof.scenarios + Proof.faults + Proof.elsewhere.map(\.id))
    #expect(Set(Proof.named.keys).subtracting(known).isEmpty)
  }

  /// The page that defines the numbers; only some working copies have it beside them.
  private static let page = try? String(
    contentsOfFile: Repository.root + "/../shared/design/eventicle.md", encoding: .utf8)

  @Test(.enabled(if: page != nil, "the page with the scenarios is not beside this working copy"))
  func `the numbers match the page`() throws {
    let lines = try #require(Self.page).split(separator: "\n")
    func ids(after start: String) -> [String] {
      lines.filter { $0.hasPrefix(start) }
        .map { "\(start.suffix(2))" + $0.dropFirst(start.count).prefix { $0.isNumber } }
    }
    #expect(Set(ids(after: "**S-")) == Set(Proof.scenarios))
    let faults = Proof.faults + Proof.elsewhere.map(\.id)
    #expect(Set(ids(after: "| B-")) == Set(faults))
    #expect(Set(faults).count == faults.count)
  }
}
