import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What `export test` writes: the Swift texts are compiled and run as files of this target.
@Suite struct ExportedTestTests {
  private static let folder = "Tests/EventicleSamplesTests/Exported"

  /// An order whose card is declined, refused commands, and a retry half a minute later.
  private static let declined = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s",
    "do DeclinePayment paymentId=pay-1", "do CapturePayment paymentId=pay-1", "clock +30s",
    "emit notes Noted note-1 text='say \"hi\" \\\\ #1' id:n-1 causedBy:#4",
    "do CapturePayment paymentId=pay-2",
  ]

  /// Deliveries that a person held and acted on.
  private static let held = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "hold",
    "do DeclinePayment paymentId=pay-1", "drop #4>OrderBoard", "release 1", "live",
  ]

  private static func session(_ lines: [String]) throws -> Session {
    var session = try Session(.shop)
    for line in lines { _ = session.run(line) }
    return session
  }

  private static func text(_ line: String, _ lines: [String]) throws -> String {
    var session = try session(lines)
    let reply = session.run(line)
    #expect(reply.problem == nil, "\(reply.problem?.message ?? "")")
    return try #require(reply.output?.string)
  }

  @Test(arguments: [
    ("DeclinedTests.swift", "export test swift #4..#9", declined)
  ])
  func `the exported text is the file that is compiled and run here`(
    file: String, line: String, lines: [String]
  ) throws {
    let text = try Self.text(line, lines)
    let path = "\(Self.folder)/\(file)"
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(Repository.root)/\(path)"))
    }
    #expect(try #require(Repository.text(at: path)) == text)
  }

  @Test func `where deliveries were acted on each of them is asked for`() throws {
    let text = try Self.text("export test swift #4..", Self.held)
    #expect(text.contains("story.performAlone(.act(.drop, on: DeliveryAddress(Position(4), "))
    #expect(text.contains("story.deliver("))
    #expect(!text.contains("refused:"))
  }

  @Test func `given is what was asked before, when is what was asked in the range`() throws {
    let text = try Self.text("export test swift #4..#5", Self.declined)
    let given = try #require(text.range(of: "// given"))
    let when = try #require(text.range(of: "// when"))
    let then = try #require(text.range(of: "// then"))
    #expect(text[given.upperBound..<when.lowerBound].contains("PlaceOrder"))
    let asked = text[when.upperBound..<then.lowerBound]
    #expect(asked.contains("DeclinePayment") && !asked.contains("PlaceOrder"))
    #expect(text[then.upperBound...].contains(#"Fact(4, "PaymentDeclined", "pay-1""#))
  }

  @Test func `at a moment of the past the test ends there`() throws {
    let lines = Self.declined + ["goto #3"]
    let text = try Self.text("export test swift", lines)
    #expect(text.contains("PlaceOrder") && !text.contains("DeclinePayment"))
    #expect(text.contains("from #1 to #3"))
  }

  @Test func `what cannot be told is refused in words`() throws {
    var empty = try Session(.shop)
    #expect(empty.run("export test swift").problem?.message.contains("nothing to test") == true)
    var trimmed = try Self.session(Self.declined + ["retain orders 1 anyway"])
    let problem = trimmed.run("export test swift").problem?.message ?? ""
    #expect(problem.contains("retain") || problem.contains("keep"), "\(problem)")
    var edited = try Self.session(Self.declined + ["fork f", "edit #4 reason=stolen"])
    let sentence = edited.run("export test swift").problem?.message ?? ""
    #expect(sentence.hasPrefix("What came of it was changed in this fork"), "\(sentence)")
    #expect(!sentence.contains("..") && sentence.hasSuffix("the branch that it left."))
    var other = try Self.session(Self.declined)
    #expect(other.run("export test swift #9..#4").problem != nil)
    #expect(other.run("export test swift #99..").problem?.message.contains("no event") == true)
  }

  @Test(arguments: [
    "plain", "a \"quote\"", "back\\slash", "#\"raw\"#", "line\nbreak", "\u{202e}rtl", "\\(1)", "",
    "\"#", "#", "é日🙂", "\u{0}",
  ])
  func `a text as a literal says the same in Swift and in JavaScript`(text: String) {
    #expect(Self.read(swift: SwiftTestWriter.literal(text)) == text)
    #expect(Self.read(swift: JavaScriptTestWriter.literal(text)) == text)
  }

  /// Reads a literal as the language does: raw between marks, else with its escapes.
  private static func read(swift literal: String) -> String {
    if literal.hasPrefix("#\"") { return String(literal.dropFirst(2).dropLast(2)) }
    var result = ""
    var rest = literal.dropFirst().dropLast()
    while let first = rest.first {
      rest = rest.dropFirst()
      guard first == "\\" else {
        result.append(first)
        continue
      }
      let next = rest.removeFirst()
      guard next == "u" else {
        result.append(next)
        continue
      }
      let digits = rest.dropFirst().prefix { $0 != "}" }
      rest = rest.dropFirst(digits.count + 2)
      if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  @Test func `a test in JavaScript is what node takes for a module`() throws {
    let text = try Self.text("export test js #4..#9", Self.declined)
    #expect(text.contains("dispatchCommand(story.fill({ type: \"DeclinePayment\""))
    #expect(text.contains("assert.rejects"))
    #expect(text.contains("advanceTo(1767258002000)"))
    let node = "/usr/bin/node"
    guard FileManager.default.isExecutableFile(atPath: node) else { return }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "exported-\(UUID().uuidString).mjs")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(text.utf8).write(to: path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: node)
    process.arguments = ["--check", path.path]
    let output = Pipe()
    (process.standardError, process.standardOutput) = (output, output)
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
  }

  @Test func `what was held cannot be asked for in JavaScript`() throws {
    var session = try Self.session(Self.held)
    let problem = session.run("export test js").problem?.message ?? ""
    #expect(problem.contains("export test swift"), "\(problem)")
  }
}
