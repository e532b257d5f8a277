import EventicleSamples
import Synchronization
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Blanks that are filled in, values from files, and results written to files.
@Suite struct FillingTests {
  private static let files = FileReader { path, limit in
    let known: [String: [UInt8]] = [
      "note.txt": Array("two\nlines \"quoted\"\n".utf8),
      "lines.json": Array("[{\"sku\": \"A1\", \"n\": 2}]\n".utf8),
      "bad.json": Array("{\n\"a\": nope}".utf8), "picture.png": [0x89, 0x50],
    ]
    guard let bytes = known[path] else { return .problem("\(path) cannot be read.") }
    return bytes.count <= limit ? .bytes(bytes) : .problem("\(path) is too large.")
  }

  private static func data(_ session: Session, _ number: Int) -> JSON? {
    session.head.log.event(at: Position(number))?.data.value
  }

  @Test func `blanks are filled in each time a line is repeated`() throws {
    var session = try Session(.shop)
    let reply = session.run(
      "emit notes Noted n-{{Count}} id:e-{{Count}} at=\"no. {{Count}}\" n:={{Random 1 9}} "
        + "all:={\"c\":{{Count}},\"who\":\"{{Pick a b}}\"} t={{Time}} --count 3")
    #expect(reply.problem == nil, "\(reply.problem?.message ?? "")")
    for number in 1...3 {
      let event = try #require(session.head.log.event(at: Position(number)))
      #expect(event.domainID?.text == "n-\(number)")
      #expect(event.id.text == "e-\(number)")
      let data = event.data.value
      #expect(data["at"].string == "no. \(number)")
      #expect((1...9).contains(data["n"].integer ?? 0))
      #expect(data["all"]["c"].integer == number)
      #expect(["a", "b"].contains(data["all"]["who"].string))
      #expect(data["t"].string == session.start.description)
    }
  }

  @Test func `the same seed fills in the same, also from the saved tape`() throws {
    let line = "emit notes Noted {{ID}} n:={{Random 1 1000000}} --count 5"
    func events(_ lines: [String], seed: UInt64) throws -> [UInt8] {
      var session = try Session(.shop, seed: seed)
      for line in lines { #expect(session.run(line, comments: true).problem == nil) }
      return EventFile.bytes(of: session.head.log)
    }
    var session = try Session(.shop, seed: 7)
    _ = session.run(line)
    let tape = String(decoding: SessionFile.tape(of: session), as: UTF8.self)
    let lines = tape.split(separator: "\n").map(String.init)
    #expect(try events(lines, seed: 7) == EventFile.bytes(of: session.head.log))
    #expect(try events([line], seed: 8) != EventFile.bytes(of: session.head.log))
  }

  @Test func `variables say what the session knows, and one without a value is refused`() throws {
    var session = try Session(.shop)
    let refused = session.run("emit notes Noted a=%{last.id}")
    #expect(refused.problem?.message.contains("has no value here") == true)
    #expect(session.head.log.count == 0)
    _ = session.run("emit notes Noted n-1 total:=59 who=Ann")
    let line = "emit notes Noted a=%{last.domainId} b:=%{last.data.total} c=\"%{last.data.who}!\""
    #expect(session.run(line).problem == nil)
    #expect(Self.data(session, 2) == ["a": "n-1", "b": 59, "c": "Ann!"])
  }

  @Test func `quotes and JSON keep what only looks like a blank, and so does a printed event`()
    throws
  {
    var session = try Session(.shop)
    let line = "emit notes Noted a='{{Count}}' b=\"\\{{Count}} \\%{clock}\" c:=\"{{Count}}\""
    #expect(session.run(line).problem == nil)
    let event = try #require(session.head.log.event(at: Position(1)))
    #expect(
      event.data.value == ["a": "{{Count}}", "b": "{{Count}} %{clock}", "c": "{{Count}}"])
    #expect(session.run(Emission.line(of: event)).problem == nil)
    #expect(Self.data(session, 2) == event.data.value)
  }

  @Test func `a file gives a text or JSON, and one that cannot be used is refused at its place`()
    throws
  {
    var session = try Session(.shop)
    let line = "emit notes Noted n-1 note=@note.txt lines:=@lines.json"
    #expect(session.run(line, reading: Self.files).problem == nil)
    #expect(
      Self.data(session, 1) == [
        "note": "two\nlines \"quoted\"\n", "lines": [["sku": "A1", "n": 2]],
      ])
    for (value, part) in [
      (":=@bad.json", "line 2: this is not JSON"), ("=@picture.png", "not UTF-8"),
      ("=@none", "none cannot be read"),
    ] {
      let reply = session.run("hold; emit notes Noted a\(value)", reading: Self.files)
      #expect(reply.problem?.message.contains(part) == true, "\(reply.problem?.message ?? "")")
      #expect(reply.problem?.column == 27 + (value.first == ":" ? 1 : 0))
      #expect(!session.isHeld, "nothing of the line is done")
    }
    #expect(session.run(line).problem?.message.contains("no files") == true)
  }

  @Test func `what a line finds is asked to be written, events in a form that can be imported`()
    throws
  {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    for line in ["events type:Order* > f.ndjson", "events \"type:Order*\" > f.ndjson"] {
      guard case .write(let file, force: false)? = session.run(line).requests.first else {
        throw Unexpected(line)
      }
      #expect(file.path == "f.ndjson")
      var other = try Session(.shop)
      #expect(try other.importEvents(file.bytes) == file.rows)
      #expect(file.rows > 0 && file.rows < session.head.log.count)
    }
    guard case .write(let all, force: true)? = session.run("streams >! s.json").requests.first
    else { throw Unexpected("streams") }
    #expect(try JSON(parsing: all.bytes).array?.count == all.rows)
    #expect(session.run("events total>50").requests.first == .show(.events))
    #expect(session.run("events > all.ndjson").requests.count == 1)
  }

  @Test func `filters read the state before and after an event, and what it changed`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    _ = session.run("do DeclinePayment paymentId=pay-1")
    func count(_ filter: String) -> Int {
      session.run("events \(filter)").output?.array?.count ?? -1
    }
    let look = session.moment
    let all = (1...session.head.log.count).compactMap { number -> (JSON, JSON)? in
      let position = Position(number)
      guard let event = session.head.log.event(at: position),
        let key = session.domain.aggregateKey(of: event)
      else { return nil }
      let version = session.head.version(of: key, at: position)
      let before = look.aggregate(key, upTo: Version(version.number - 1))?.state ?? .emptyObject
      return (before, look.aggregate(key, upTo: version)?.state ?? .emptyObject)
    }
    #expect(
      count("state.status=onHold") == all.count { $0.1["status"] == "onHold" })
    #expect(count("prev.status=paying") == all.count { $0.0["status"] == "paying" })
    #expect(count("changed(status)") == all.count { $0.0["status"] != $0.1["status"] })
    #expect(count("state.status=onHold") > 0)
    #expect(count("changed(nothing)") == 0)
  }

  @Test func `a scan folds an event about twice however long a history is`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    let event = "emit orders OrderPriced order-1 total:=5 --count 2000"
    #expect(session.run(event).problem == nil)
    let folds = StateFolds(session.moment)
    for number in 1...session.head.log.count {
      let position = Position(number)
      guard let event = session.head.log.event(at: position) else { continue }
      _ = folds.states(of: event, at: position)
    }
    #expect(folds.folded < 4 * session.head.log.count)
  }
}
