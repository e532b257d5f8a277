import Foundation
import TestSupport
import Testing

@Suite struct GoldenTests {
  private static let screen = GoldenScreen(
    rows: ["Streams 漢 3", "orders      "],
    roles: [
      Array(repeating: "header", count: 7) + ["", "kind.saga", "kind.saga", "", "hint"],
      Array(repeating: "text", count: 12),
    ])

  @Test func `a screen has guards, a legend and a plane of letters`() {
    let expected = """
      # 12x2
      |Streams 漢 3|
      |orders      |
      # styles: h header  s kind.saga  i hint  . text
      |hhhhhhh ss i|
      |............|

      """
    #expect(Self.screen.text == expected)
  }

  @Test func `a recorded screen matches`() throws {
    try Self.screen.expectMatches("specimen-12x2")
  }

  @Test func `a screen without roles has no second plane`() {
    #expect(GoldenScreen(rows: ["ab", "c "]).text == "# 2x2\n|ab|\n|c |\n")
  }

  @Test func `two roles never share a letter`() {
    let roles = (0..<60).map { "role\($0)" }
    let text = GoldenScreen(rows: [String(repeating: "x", count: 60)], roles: [roles]).text
    let plane = text.split(separator: "\n").last.map { $0.dropFirst().dropLast() } ?? ""
    #expect(Set(plane).count == 60)
  }

  @Test func `a missing file is not a success`() throws {
    let file = GoldenFile(named: "no such file", beside: #filePath)
    #expect(try file.outcome(for: "x\n", recording: false) == .missing)
  }

  @Test func `recording is not a success, and the recorded text matches`() throws {
    let file = GoldenFile(named: "new.screen", beside: Self.scratch() + "/Tests.swift")
    #expect(try file.outcome(for: "x\n", recording: true) == .recorded)
    #expect(try file.outcome(for: "x\n", recording: false) == .same)
    try FileManager.default.removeItem(atPath: Repository.folder(of: file.path))
  }

  @Test func `a difference shows both versions of each row`() throws {
    let file = GoldenFile(named: "old.screen", beside: Self.scratch() + "/Tests.swift")
    _ = try file.outcome(for: "|a|\n|b|\n|c|\n", recording: true)
    let outcome = try file.outcome(for: "|a|\n|B|\n|c|\n|d|\n", recording: false)
    try FileManager.default.removeItem(atPath: Repository.folder(of: file.path))
    let rows = ["2 - |b|", "2 + |B|", "4 - ", "4 + |d|", "5 - (no row)", "5 + "]
    #expect(outcome == .different(rows))
  }

  @Test func `two forms of one character differ`() throws {
    let file = GoldenFile(named: "form.screen", beside: Self.scratch() + "/Tests.swift")
    _ = try file.outcome(for: "|\u{e9}|", recording: true)
    let outcome = try file.outcome(for: "|e\u{301}|", recording: false)
    try FileManager.default.removeItem(atPath: Repository.folder(of: file.path))
    guard case .different(let rows) = outcome else {
      Issue.record("the outcome is \(outcome)")
      return
    }
    #expect(rows.count == 2)
  }

  private static func scratch() -> String {
    NSTemporaryDirectory() + "eventicle-golden-\(UUID().uuidString)"
  }
}
