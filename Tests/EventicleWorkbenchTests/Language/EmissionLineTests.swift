import EventicleCore
import TestSupport
import Testing

@testable import EventicleWorkbench

/// The line that emits an event again means that event and nothing else, whatever is in it.
@Suite struct EmissionLineTests {
  /// Texts that mean something to the grammar, to tapes or to terminals.
  static let texts = [
    "", "plain", "two words", "--count", "--count=1000", "-f", "--", "@x", "@", "a@b", "{{",
    "{{Random 1 9}}",
    "%{x}", "=", ":=", ":", ";", "a;b", "#", "#1", "'", "\"", "`", "\\", "\\u0041", "/a/", "[0]",
    "[]", "a.b",
    "\n", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\t", "\u{1B}[31m", "\u{202E}abc", "\u{200B}",
    "\u{AD}",
    "\u{FEFF}", "😀", "e\u{301}", "--\u{301}", "true", "1", "null", "\u{E0041}", "at:+5m",
    "id:{\"a\":1}",
  ]

  static func json(_ random: inout SeededRandom, depth: Int = 0) -> JSON {
    switch random.below(depth > 2 ? 5 : 8) {
    case 0: return .null
    case 1: return .bool(random.below(2) == 0)
    case 2: return .int(Int.random(in: Int.min...Int.max, using: &random))
    case 3: return .string(random.pick(texts) + random.pick(texts))
    case 4: return .string(random.pick(texts))
    case 5:
      return .array((0..<random.below(4)).map { _ in json(&random, depth: depth + 1) })
    default:
      return .object(
        JSONObject(
          (0..<random.below(5)).map { _ in
            (random.pick(texts), json(&random, depth: depth + 1))
          }))
    }
  }

  static func event(_ random: inout SeededRandom, in session: inout Session) throws -> Event {
    let stream = "s" + random.pick(texts)
    let id = random.pick(texts)
    let new = NewEvent(
      EventType("T" + random.pick(texts)), id.isEmpty ? nil : DomainID(id), data: json(&random))
    #expect(session.perform(.emit([new], to: StreamName(stream))).problem == nil)
    session.arrive()
    return try #require(session.head.log.event(at: Position(session.head.log.count)))
  }

  @Test(arguments: seeds(300))
  func `running the line emits exactly that event, once`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(Domain("empty"))
    let event = try Self.event(&random, in: &session)
    let line = Emission.line(of: event)
    #expect(
      !line.unicodeScalars.contains {
        $0.value < 0x20 || [0x85, 0x2028, 0x2029].contains($0.value)
      })
    let reply = session.run(line)
    #expect(reply.problem == nil, "\(line): \(reply.problem?.message ?? "")")
    let again = try #require(session.head.log.event(at: Position(2)), "\(line)")
    #expect(session.head.log.count == 2, "\(line)")
    #expect(again.stream == event.stream && again.type == event.type, "\(line)")
    #expect(again.domainID == event.domainID, "\(line)")
    #expect(again.data.value.description == event.data.value.description, "\(line)")
  }

  @Test(arguments: seeds(100))
  func `a saved tape of such lines does the same again`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var first = try Session(Domain("empty"))
    for _ in 0..<4 {
      var other = try Session(Domain("empty"))
      let line = Emission.line(of: try Self.event(&random, in: &other))
      #expect(first.run(line).problem == nil, "\(line)")
    }
    var second = try Session(Domain("empty"))
    var runner = TapeRunner()
    for line in try TapeLine.lines(of: SessionFile.tape(of: first)) {
      _ = runner.run(line, in: &second)
    }
    #expect(runner.failed == 0)
    #expect(EventFile.bytes(of: second.head.log) == EventFile.bytes(of: first.head.log))
  }

  @Test(arguments: seeds(100))
  func `what is saved is taken in again byte for byte`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var first = try Session(Domain("empty"))
    for _ in 0..<4 { _ = try Self.event(&random, in: &first) }
    let saved = EventFile.bytes(of: first.head.log)
    var second = try Session(Domain("empty"))
    #expect(try second.importEvents(saved) == 4)
    #expect(EventFile.bytes(of: second.head.log) == saved)
  }

  @Test(arguments: seeds(100))
  func `every printed line that looks like JSON is the JSON of the data`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(Domain("empty"))
    let event = try Self.event(&random, in: &session)
    var runner = TapeRunner()
    let result = runner.run(TapeLine(number: 1, text: "events"), in: &session)
    let row = try #require(result?.text.first)
    #expect(!row.unicodeScalars.contains(where: HiddenScalar.contains))
    #expect(try JSON(parsing: row)["data"].description == event.data.value.description)
  }

  @Test(arguments: [
    (#""\u0041\ud83d\ude00""#, "A😀"), (#""\b\f\n\r\t\/""#, "\u{8}\u{C}\n\r\t/"),
    (#""\u{1f600}""#, "😀"),
  ])
  func `a quoted text means what JSON says`(quoted: String, text: String) throws {
    var session = try Session(Domain("empty"))
    #expect(session.run("emit notes Noted n-1 a=\(quoted)").problem == nil)
    #expect(session.head.log.event(at: Position(1))?.data.value["a"] == .string(text))
  }

  @Test(arguments: [#""\ud83d""#, #""\ude00x""#, #""\ud83d\u0041""#, #""\u{110000}""#])
  func `half a pair and what is no character are refused`(quoted: String) throws {
    var session = try Session(Domain("empty"))
    let problem = try #require(session.run("emit notes Noted n-1 a=\(quoted)").problem)
    #expect(problem.column == 25)
    #expect(session.head.log.count == 0)
  }

  @Test(arguments: [
    "a=1 a.b=2", "a.b=2 a=1", "a:=[] a.b=1", "a[0]=1 a.b=2", "a:={\"b\":1} a[0]=1",
    ":={\"a\":1} a.b=1 a=2",
    "a.b:={} a:={}", "a=1 :={}",
  ])
  func `fields that cannot both stand are refused, naming both`(fields: String) throws {
    var session = try Session(Domain("empty"))
    let problem = try #require(session.run("emit notes Noted n-1 \(fields)").problem)
    #expect(problem.message.contains("cannot both stand"))
    #expect(session.head.log.count == 0)
  }

  @Test(arguments: ["a=1 a=2", "a:={} a.b=1", "a:=[1] a[1]=2", ":={\"a\":{}} a.b=1", "a.b=1 a.c=2"])
  func `fields that add to each other stand`(fields: String) throws {
    var session = try Session(Domain("empty"))
    #expect(session.run("emit notes Noted n-1 \(fields)").problem == nil)
  }
}
