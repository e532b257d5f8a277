import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What is imported is exported as it was, or refused.
@Suite struct ByteIdentityTests {
  /// The content of JSON texts that a parser and a writer might change.
  private static let texts = [
    "plain", "é", "e\u{301}", "漢字", "👩‍👩‍👧", "a\"b", "back\\slash", "tab\tnew\nline", "\u{0}",
    "\u{1b}[2J",
    "\u{202e}", "\u{fffd}", "\u{7f}", "/",
  ]
  /// Values whose bytes a parser and a writer would change.
  private static let values = [
    "1.0", "1e2", "-0", "0.10", "123456789012345678901234567890", "1E+400", #""\u0041""#,
    #""\ud800""#, #""\udc00\ud800""#, #""caf\u00e9""#, #""a\/b""#, "null", "true", "[ 1 ,2]",
    #"{"b":1,"a":2,"b":3}"#, #"{ "x" : {} }"#, "{}", "[]",
  ]

  /// An event's line in Eventicle's order, written by hand.
  static func line(_ random: inout SeededRandom, id: Int) -> String {
    func text() -> String { String(decoding: JSON.string(random.pick(texts)).utf8, as: UTF8.self) }
    var members = [
      #""id":"\#(id)-\#(random.number(0...9_999_999))""#, "\"type\":\(text())",
      "\"source\":\(text())",
    ]
    if random.number(0...2) == 0 { members.append("\"causedById\":\(text())") }
    if random.number(0...2) == 0 { members.append("\"causedByType\":\(text())") }
    members.append("\"stream\":\(text())")
    if random.number(0...1) == 0 { members.append("\"domainId\":\(text())") }
    members.append("\"createdAt\":\(random.number(-9_999_999...9_999_999_999))")
    members.append("\"data\":\(random.pick(values))")
    if random.number(0...2) == 0 { members.append("\"apmTrace\":\(text())") }
    for _ in 0..<random.number(0...3) {
      let name = random.pick([#""x""#, #""payload""#, #""\u0079""#])
      members.append("\(name):\(random.pick(values))")
    }
    return "{\(members.joined(separator: ","))}"
  }

  @Test(arguments: seeds(200))
  func `the exported bytes are the imported ones`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let count = random.number(1...8)
    let file = (1...count).map { Self.line(&random, id: $0) + "\n" }.joined()
    var session = try Session(Domain("empty"))
    try session.importEvents(Array(file.utf8))
    #expect(String(decoding: EventFile.bytes(of: session.head.log), as: UTF8.self) == file)
  }

  private static let shared = "/work/shared/data/shop-10k.ndjson"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: shared), "there are no sample events"))
  func `so are those of the sample events`() throws {
    let file = try #require(FileManager.default.contents(atPath: Self.shared)).prefix(600_000)
    let whole = Array(file[...(try #require(file.lastIndex(of: 0x0A)))])
    var session = try Session(Domain("empty"))
    try session.importEvents(whole)
    #expect(EventFile.bytes(of: session.head.log) == whole)
  }

  /// Members of an event in another order and with spaces.
  @Test(arguments: seeds(50))
  func `in another order and with spaces no value changes`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let line = Self.line(&random, id: 1)
    let members = try #require(JSONBytes(scanning: Array(line.utf8)).memberTexts)
    let mixed = members.filter { $0.name != "payload" }.shuffled(using: &random)
      .map { "\(String(decoding: $0.nameText, as: UTF8.self)) : \($0.value)" }
      .joined(separator: " , ")
    var session = try Session(Domain("empty"))
    try session.importEvents(Array("{ \(mixed) }".utf8))
    let saved = EventFile.bytes(of: session.head.log).dropLast()
    let found = try #require(JSONBytes(scanning: Array(saved)).memberTexts)
    func pairs(_ members: [JSONMemberText]) -> [String] {
      members.filter { $0.name != "payload" }.map { "\($0.name)=\($0.value)" }.sorted()
    }
    #expect(pairs(found) == pairs(members))
    var again = try Session(Domain("empty"))
    try again.importEvents(Array(saved))
    #expect(EventFile.bytes(of: again.head.log).dropLast() == saved)
  }

  private static let rest = #""type":"T","stream":"s","createdAt":1"#

  @Test(arguments: [
    (#"{"id":"a\ud800",\#(rest)}"#, "id has half of a surrogate pair"),
    (#"{"id":"a","source":"\udc00\ud83d",\#(rest)}"#, "source has half of a surrogate pair"),
    (#"{"id":"a","id":"b",\#(rest)}"#, "the member id is there twice"),
    (#"{"id":"a","source":null,"source":"b",\#(rest)}"#, "the member source is there twice"),
    (#"{"id":"a","createdAt":2,\#(rest)}"#, "the member createdAt is there twice"),
    (#"{"id":"a","data":1,"data":1,\#(rest)}"#, "the member data is there twice"),
    (#"{"id":"a","payload":1,"data":1,"data":1,\#(rest)}"#, "the member data is there twice"),
  ])
  func `what an event cannot give back is refused`(line: String, words: String) {
    let error = #expect(throws: EventFormatError.self) { try EventReader.read(Array(line.utf8)) }
    #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "")")
  }

  @Test(
    arguments: [
      ("1.5", nil), ("-0.5", nil), ("1767258000000.000001", nil),
      ("\"2026-01-01T09:00:00.0001Z\"", nil), ("\"2026-01-01T09:00:00.0010Z\"", 1_767_258_000_001),
      ("1.0", 1), ("1.9e3", 1_900),
      ("1767258000000.0", 1_767_258_000_000), ("\"2026-01-01T09:00:00.1Z\"", 1_767_258_000_100),
    ] as [(String, Int64?)])
  func `a time is a moment to the millisecond or refused`(time: String, expected: Int64?) {
    let line = #"{"id":"a","type":"T","stream":"s","createdAt":\#(time)}"#
    let event = try? EventReader.read(Array(line.utf8))
    #expect(event?.createdAt.milliseconds == expected)
  }

  @Test func `a whole surrogate pair and an escaped name are what they stand for`() throws {
    let line = #"{"\u0069d":"\ud83d\ude00","type":"T","stream":"s","createdAt":1,"data":"\ud800"}"#
    let event = try EventReader.read(Array(line.utf8))
    #expect(event.id == "😀")
    #expect(event.data.description == #""\ud800""#)
  }
}
