import EventicleCore
import EventicleSamples
import Testing

@testable import EventicleWorkbench

/// Lines that are refused before the engine is asked.
@Suite struct RefusedBeforeTests {
  @Test(arguments: [
    ("do PlaceOrder", "PlaceOrder needs customer and total; add customer=… total:=59."),
    ("do PlaceOrder customer=c-19", "PlaceOrder needs total; add total:=59."),
    (
      "do PlaceOrder custmer=c-19 total:=1",
      "PlaceOrder needs customer; add customer=…. PlaceOrder knows no custmer; it takes customer, "
        + "total, currency, lines."
    ),
    (
      "do PlaceOrder total=59",
      "PlaceOrder needs customer; add customer=…. total of PlaceOrder must be a number, but it is "
        + "a string: \"59\"; write total:=59."
    ),
    ("schedule n PlaceOrder --in 5m", "PlaceOrder needs customer and total"),
  ])
  func `arguments that a command does not take are no row of the journal`(
    line: (String, String)
  ) throws {
    var session = try Session(.shop)
    let reply = session.run(line.0)
    #expect(reply.problem?.message.hasPrefix(line.1) == true, "\(reply.problem?.message ?? "")")
    #expect(reply.problem?.column != nil)
    #expect(session.timeline.count == 0)
    #expect(session.tape.isEmpty)
  }

  @Test func `what the domain refuses is a row`() throws {
    var session = try Session(.shop)
    let reply = session.run("do PlaceOrder customer=c-19 total:=0")
    #expect(reply.problem?.message.contains("more than 0") == true)
    #expect(session.timeline.count == 1)
    #expect(session.tape == ["do PlaceOrder customer=c-19 total:=0"])
  }

  @Test func `a tape fails at such a line, and may expect that`() throws {
    let run = try TapeRun("do PlaceOrder\nexpect error ~ \"needs customer\"\ndo PlaceOrder")
    #expect(run.summary["failed"] == 1)
    #expect(run.summary["journal"] == 0)
  }

  // MARK: - Counting the work

  @Test(arguments: ["emit notes Noted n-1 a=%", "do PlaceOrder customer=% total:=1"])
  func `repeated work is counted before it begins`(line: String) throws {
    var session = try Session(.shop)
    let text = String(repeating: "x", count: 60_000)
    let long = line.split(separator: "%", omittingEmptySubsequences: false).joined(separator: text)
    let problem = try #require(session.run("\(long) --count 1000000").problem)
    #expect(problem.message.hasPrefix("1000000 times 58."))
    #expect(problem.message.contains(" would take 56."))
    #expect(problem.message.contains("a session may take 2 GB"))
    #expect(session.timeline.count == 0)
    let most = try #require(problem.message.firstMatch(of: /--count (\d+) or less/)?.1)
    #expect((30_000...36_000).contains(Int(most) ?? 0))
    #expect(session.run("\(long) --count 2").problem == nil)
  }

  @Test func `many small events are no reason to refuse`() throws {
    var session = try Session(.shop)
    #expect(session.run("emit notes Noted n-1 --count 1000").problem == nil)
  }

  // MARK: - Long lines

  @Test func `a line far beyond the limit is refused fast and told in short`() throws {
    let tape =
      Array("emit a B\n".utf8) + [UInt8](repeating: 0x61, count: 50_000_000)
      + Array("\nemit a C\n".utf8)
    let time = ContinuousClock().measure {
      do {
        let lines = try TapeLine.lines(of: tape)
        #expect(lines.map(\.bytes) == [8, 50_000_000, 8, 0])
        var session = try Session(.shop)
        var runner = TapeRunner()
        let results = lines.compactMap { runner.run($0, in: &session) }
        let refused = results[1].json
        #expect(refused["input"].string?.hasSuffix("… (50000000 bytes)") == true)
        #expect(refused["error"].string?.contains("50000000 bytes") == true)
        #expect(refused.description.utf8.count < 10_000)
        #expect(results[1].text.allSatisfy { $0.utf8.count < 10_000 })
        #expect(session.head.log.count == 2 && runner.failed == 1)
      } catch {
        Issue.record(error)
      }
    }
    #expect(time < .seconds(20))
  }

  @Test func `a long line is cut between characters`() throws {
    let tape = Array(String(repeating: "é", count: Limits.lineBytes).utf8)
    let line = try #require(try TapeLine.lines(of: [0x61] + tape).first)
    #expect(line.bytes == 2 * Limits.lineBytes + 1)
    #expect(line.text.hasSuffix("é") && line.text.utf8.count < Limits.lineBytes)
    #expect(line.tooLong != nil)
  }

  @Test func `a long line that succeeds is told whole`() throws {
    let run = try TapeRun("emit a B n=\(String(repeating: "x", count: 5_000))")
    #expect(run.results[0]["input"].string?.count == 5_011)
  }

  @Test func `sizes are told in the largest unit that fits`() {
    let sizes = [0, 1, 1_023, 1_024, 1_536, 1_048_575, 1_048_576, 2 << 30].map { ByteSize($0) }
    #expect(
      sizes.map(\.description)
        == ["0 bytes", "1 byte", "1023 bytes", "1 KB", "1.5 KB", "1 MB", "1 MB", "2 GB"])
  }

  // MARK: - What is saved

  @Test func `lines are unsaved until a file holds them`() throws {
    var session = try Session(.shop)
    #expect(session.notice().unsavedLines == 0)
    _ = session.run("emit a B")
    _ = session.run("events")
    #expect(session.notice().unsavedLines == 1)
    session.markSaved(lines: 1)
    _ = session.run("emit a C")
    #expect(session.notice().unsavedLines == 1)
  }

  @Test func `a saved tape ends at the time on the clock, with what fired by itself`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    _ = session.pass(until: session.start + .minutes(6))
    var again = try Session(.shop)
    var runner = TapeRunner()
    for line in try TapeLine.lines(of: SessionFile.tape(of: session)) {
      _ = runner.run(line, in: &again)
    }
    #expect(again.head.log.count == session.head.log.count)
    #expect(
      again.head.sagas.count(of: "PaymentSaga") == session.head.sagas.count(of: "PaymentSaga"))
    #expect(again.head.timers.count == session.head.timers.count)
    #expect(again.head.clock == session.start + .minutes(6))
    #expect(session.unsavedLines == 1)
  }

  @Test func `the header of a tape says how it began`() throws {
    let session = try Session(.bank, startingAt: Instant(milliseconds: 1), seed: 7)
    let header = SessionFile.header(of: SessionFile.tape(of: session))
    #expect(
      header
        == SessionFile.Header(domain: "bank", start: Instant(milliseconds: 1), seed: 7))
    #expect(SessionFile.header(of: Array("# a tape\nhold\n".utf8)) == nil)
    #expect(!SessionFile.isOurs(Array("alpha\n".utf8)))
    #expect(
      SessionFile.isOurs(
        Array(#"{"id":"a","type":"T","stream":"s","createdAt":0}"#.utf8)))
  }

  @Test(arguments: ["save! a", "w! a", "open! a", "e! a", "wq! a"])
  func `an exclamation mark after a verb of files goes ahead`(line: String) throws {
    var session = try Session(.shop)
    switch session.run(line).requests.first {
    case .save("a", force: true), .open("a", force: true), .quit(.saving(_, force: true)): break
    case let other: Issue.record("\(line) asks for \(String(describing: other))")
    }
    #expect(session.run("emit! a B").problem?.message.contains("no verb") == true)
  }
}
