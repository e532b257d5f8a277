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

  private static let proved = Set(names.flatMap { ids(in: $0) }).union(Proof.named.keys)

  @Test(arguments: Proof.scenarios)
  func `every scenario has a test`(id: String) {
    #expect(Self.proved.contains(id), "no test has \(id) in its name")
  }

  @Test(arguments: Proof.faults)
  func `every fault has a test that would find it`(id: String) {
    #expect(Self.proved.contains(id), "no test has \(id) in its name")
  }

  @Test func `every test that is named is there`() {
    let known = Set(Self.names)
    for (id, tests) in Proof.named {
      #expect(!tests.isEmpty)
      for test in tests { #expect(known.contains(test), "\(id) names no test: \(test)") }
    }
  }

  @Test func `no name speaks of a number that nobody knows`() {
    let known = Set(Proof.scenarios + Proof.faults + Proof.elsewhere.map(\.id))
    let unknown = Set(Self.names.flatMap { Self.ids(in: $0) }).subtracting(known)
    #expect(unknown.isEmpty)
  }

  /// The page that the numbers come from lies beside some working copies and not in this one.
  private static let page = try? String(
    contentsOfFile: Repository.root + "/../shared/design/eventicle.md", encoding: .utf8)

  @Test(.enabled(if: page != nil, "the page with the scenarios is not beside this working copy"))
  func `the numbers are those of the page`() throws {
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
