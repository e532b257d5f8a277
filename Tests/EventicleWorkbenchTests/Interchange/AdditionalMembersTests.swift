import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Members of an imported event that are not an event's own.
@Suite struct AdditionalMembersTests {
  /// JSON values in forms that a parser and a writer would change.
  private static let values = [
    "1.0", "1e2", "-0", "0.10", "123456789012345678901234567890", "1E+400", #""\u0041""#,
    #""caf\u00e9 ☕""#, "null", "true", "[]", #"[ 1 , 2 ]"#, #"{"b":1,"a":2,"b":3}"#,
    #"{ "x" : {} }"#,
    #""a;b 'c' \" # %{d} {{e}}""#, "\"\u{7f}\"", "\"\u{200b}\"",
  ]
  private static let names = [
    "metadata", "correlationId", "payload", "position", "streamPosition", "", "é", #"a\"b"#,
    #"\u0061"#, "$schema", "Id",
  ]

  /// The additional members of a random event, without the braces, and the event's line.
  private static func event(_ random: inout SeededRandom, id: Int) -> (String, String) {
    let count = random.number(1...6)
    let members = (0..<count).map { _ in "\"\(random.pick(names))\":\(random.pick(values))" }
    let own = [
      "\"id\":\"e-\(id)\"", #""type":"Noted""#, #""stream":"notes""#, #""createdAt":1767258000000"#,
      #""data":{"n":1.50}"#, #""source":"s""#,
    ]
    var all = own
    // In their order, at places anywhere among the others; `payload` beside `data` is additional.
    var least = 0
    for member in members {
      let place = random.number(least...all.count)
      all.insert(member, at: place)
      least = place + 1
    }
    return (members.joined(separator: ","), "{\(all.joined(separator: ","))}")
  }

  @Test(arguments: seeds(100))
  func `additional members are kept and exported byte for byte in their order`(seed: UInt64) throws
  {
    var random = SeededRandom(seed: seed)
    let events = (1...5).map { Self.event(&random, id: $0) }
    let file = events.map(\.1).joined(separator: "\n")
    var session = try Session(Domain("empty"))
    try session.importEvents(Array(file.utf8))
    for (index, event) in events.enumerated() {
      let kept = try #require(session.head.log.event(at: Position(index + 1)))
      #expect(kept.additionalMembers?.description == "{\(event.0)}")
      #expect(String(decoding: kept.json, as: UTF8.self).hasSuffix(",\(event.0)}"))
    }
    let saved = EventFile.bytes(of: session.head.log)
    var again = try Session(Domain("empty"))
    try again.importEvents(saved)
    #expect(EventFile.bytes(of: again.head.log) == saved)
    #expect(again.head.log.event(at: Position(1)) == session.head.log.event(at: Position(1)))
  }

  @Test(arguments: seeds(100))
  func `the copied emit command emits them too`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let (members, line) = Self.event(&random, id: 1)
    var session = try Session(Domain("empty"))
    try session.importEvents(Array(line.utf8))
    let event = try #require(session.head.log.event(at: Position(1)))
    let reply = session.run(Emission.line(of: event))
    #expect(reply.problem == nil, "\(Emission.line(of: event)): \(reply.problem?.message ?? "")")
    let copy = try #require(session.head.log.event(at: Position(2)))
    #expect(copy.additionalMembers?.description == "{\(members)}")
  }

  @Test func `an event without them costs nothing and exports none`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    let event = try #require(session.head.log.event(at: Position(1)))
    #expect(event.additionalMembers == nil)
    #expect(try EventReader.read(event.json).additionalMembers == nil)
  }

  @Test func `the output of looking verbs has them, and the positions of this log`() throws {
    let line =
      #"{"id":"a","type":"T","stream":"s","createdAt":0,"position":77,"correlationId":"c-1"}"#
    var session = try Session(Domain("empty"))
    try session.importEvents(Array(line.utf8))
    let row = try #require(session.run("events").output?.array?.first)
    #expect(row["correlationId"] == "c-1")
    #expect(row["position"] == 1)
    #expect(session.head.log.event(at: Position(1))?.additionalMembers?.value["position"] == 77)
  }

  @Test(arguments: [
    #"'{"id":"x"}'"#, #"'{"data":{}}'"#, "'[1]'", "'{'", #"'{"\u0069d":"x"}'"#,
  ])
  func `what is no object of additional members is refused`(value: String) throws {
    var session = try Session(Domain("empty"))
    let problem = session.run("emit notes Noted additional:\(value)").problem
    #expect(problem?.message.contains("beside an event's own") == true)
    #expect(session.head.log.count == 0)
  }

  @Test func `a branch of the past and a codec keep them`() throws {
    let line =
      #"{"id":"a","type":"T","stream":"s","createdAt":0,"apmTrace":"t","causedById":"x","m":[1.0]}"#
    let event = try EventReader.read(Array(line.utf8))
    #expect(try JSONEventCodec().decode(JSONEventCodec().encode(event)) == event)
    var copy = event
    copy.data = JSONBytes(["n": 1])
    #expect(copy.additionalMembers?.description == #"{"m":[1.0]}"#)
    #expect(copy != event)
    var log = EventLog()
    log.append(event)
    log.append(copy)
    #expect(log.event(at: Position(1)) == event)
    #expect(log.event(at: Position(2)) == copy)
    var bare = event
    bare.additionalMembers = nil
    #expect(bare != event)
  }
}
