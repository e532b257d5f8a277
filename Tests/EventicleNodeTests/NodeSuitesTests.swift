import Foundation
import TestSupport
import Testing

@testable import EventicleNode

/// The closing counts of `node --test` with its reporter `tap`.
struct TapCounts: Equatable {
  /// How many tests ran, were passed over and failed; those that were called off count as failed.
  let tests: Int
  let skipped: Int
  let failed: Int

  /// Reads them; `nil` when the text has none, because node ended before it had counted.
  init?(_ text: String) {
    var counts: [Substring: Int] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("# ") {
      let words = line.dropFirst(2).split(separator: " ")
      if words.count == 2, let count = Int(words[1]) { counts[words[0]] = count }
    }
    guard let tests = counts["tests"], let failed = counts["fail"], counts["pass"] != nil else {
      return nil
    }
    self.tests = tests
    self.failed = failed + (counts["cancelled"] ?? 0)
    skipped = counts["skipped"] ?? 0
  }

  /// The lines that say which tests failed.
  static func failures(in text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.drop { $0 == " " }.hasPrefix("not ok ") }
  }
}

/// The tests of what node loads, which are written in JavaScript themselves.
@Suite struct NodeSuitesTests {
  private static let folder = "Tests/EventicleNodeTests/Shim"

  @Test(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .timeLimit(.minutes(10)))
  func `all tests in JavaScript pass`() throws {
    // Some versions of node take no folder.
    let files = Repository.files(in: Self.folder, withSuffix: ".test.cjs")
    #expect(files.count > 5)
    let text = try run(["--test", "--test-reporter=tap"] + files)
    let counts = try #require(
      TapCounts(text), "node counted nothing; it wrote: \(text.suffix(2_000))")
    #expect(counts.tests > 100)
    #expect(counts.skipped < counts.tests)
    let failures = TapCounts.failures(in: text).joined(separator: "\n")
    #expect(counts.failed == 0, "\(failures)")
  }

  @Test(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped))
  func `a test that fails is counted and named`() throws {
    let folder = try TemporaryFolder()
    let test = """
      const { test } = require("node:test");
      test("holds", () => {});
      test("breaks", () => { throw new Error("planted"); });
      """
    let file = try folder.write(test, to: "planted.test.cjs")
    let text = try run(["--test", "--test-reporter=tap", file])
    #expect(try #require(TapCounts(text)).failed > 0)
    #expect(TapCounts.failures(in: text).contains { $0.contains("breaks") })
  }

  @Test func `the closing counts are found, and none where node has not counted`() {
    let closing = "1..3\n# tests 3\n# suites 0\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 0\n"
    let counts = TapCounts("TAP version 13\nok 1 - a\n    not ok 2 - b\n\(closing)# todo 0\n")
    #expect(counts?.tests == 3 && counts?.failed == 2 && counts?.skipped == 0)
    #expect(TapCounts("TAP version 13\nok 1 - a\n# tests\n") == nil)
    #expect(TapCounts("") == nil)
    #expect(TapCounts.failures(in: "ok 1\n    not ok 2 - b\n# not ok\n") == ["    not ok 2 - b"])
  }

  /// What node writes.
  private func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let node = try NodeOptions(environment: NodeUnderTest.environment).found()
    process.executableURL = URL(fileURLWithPath: node)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Repository.root)
    // A node that is itself run by `node --test` would report to that one.
    process.environment = NodeUnderTest.environment.filter {
      $0.key != "NODE_TEST_CONTEXT" && $0.key != "NODE_OPTIONS"
    }
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
