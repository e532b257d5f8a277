import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

/// A tape run to its end.
struct TapeRun {
  var results: [JSON] = []
  var texts: [String] = []
  var summary: JSON
  var session: Session

  init(_ tape: String, _ domain: Domain = .shop, seed: UInt64 = 1) throws {
    var session = try Session(domain, seed: seed)
    var runner = TapeRunner()
    for line in try TapeLine.lines(of: Array(tape.utf8)) {
      guard let result = runner.run(line, in: &session) else { continue }
      results.append(result.json)
      texts += result.text
      if result.endsTape { break }
    }
    summary = runner.summary(of: session)
    self.session = session
  }

  /// The errors of the lines that failed.
  var errors: [String] { results.compactMap { $0["error"].string } }
}

/// The flow of the demos.
let demoFlow = """
  do PlaceOrder customer=c-19 total:=59
  do DeclinePayment paymentId=pay-1
  fire PaymentSaga/order-1/retry
  do CapturePayment paymentId=pay-2
  do DispatchShipment shipmentId=ship-1 carrier=DHL
  do DeliverShipment shipmentId=ship-1
  """

@Suite struct TapeTests {
  @Test func `the demo flow completes`() throws {
    let run = try TapeRun(
      demoFlow + """

        expect A Order/order-1.status = delivered
        expect S PaymentSaga/order-1.ended = true
        expect S PaymentSaga/order-1.attempts = 1
        expect S PaymentSaga/order-1.status = paid
        expect S ShippingSaga/order-1.ended = true
        expect V Revenue/GBP.paid = 59
        view mail
        expect missing T PaymentSaga/order-1/timeout
        expect count(type:Order*) = 7
        """)
    #expect(run.errors == [])
    let mails = run.results.first { $0["input"].string == "view mail" }?["output"].array
    #expect(mails?.count == 3)
    #expect(run.summary["failed"] == 0)
    #expect(run.summary["lines"] == 15)
  }

  @Test func `the same seed gives the same output`() throws {
    let tape = demoFlow + "\nevents\njournal\nsaga PaymentSaga\ntimers\n"
    #expect(try TapeRun(tape, seed: 7).results == TapeRun(tape, seed: 7).results)
    #expect(try TapeRun(tape, seed: 7).results != TapeRun(tape, seed: 8).results)
  }

  @Test func `the JSON of a line has its documented shape`() throws {
    let run = try TapeRun("# a comment\n\ndo PlaceOrder customer=c-19 total:=59\nnonsense\n")
    let first = try #require(run.results.first)
    #expect(first.object?.keys == ["line", "input", "ok", "journal", "position", "output"])
    #expect(first["line"] == 3)
    #expect(first["ok"] == true)
    #expect(first["journal"][0] == 1)
    #expect(first["position"] == 3)
    #expect(first["output"] == ["orderId": "order-1"])
    #expect(run.results[1]["ok"] == false)
    #expect(run.results[1]["error"].string?.contains("nonsense") == true)
    #expect(run.summary["lines"] == 2)
    #expect(run.summary["failed"] == 1)
    #expect(run.summary.object?.keys == ["lines", "failed", "position", "journal"])
  }

  @Test func `going to an event shows the last moment before the next one`() throws {
    let run = try TapeRun(
      demoFlow
        + """

        goto #1
        expect count() = 2
        expect A Order/order-1.status = paying
        expect V OrderBoard/order-1.status = placed
        expect missing S PaymentSaga/order-1
        expect missing A Payment/pay-1
        goto #2.0
        expect missing V OrderBoard/order-1
        goto #3
        expect count() = 3
        expect S PaymentSaga/order-1.status = awaitingPayment
        expect A Payment/pay-1.status = requested
        expect T PaymentSaga/order-1/timeout in 5m
        goto start
        expect missing A Order/order-1
        expect missing S PaymentSaga/order-1
        goto live
        expect A Order/order-1.status = delivered
        """.replacing("count()", with: "count(type:*)"))
    #expect(run.errors == [])
  }

  @Test func `stepping back and forth by events returns to the start`() throws {
    let run = try TapeRun(
      demoFlow + "\nback 4\nstep 4\nexpect A Order/order-1.status = delivered\n"
        + "back 100\nexpect count(type:*) = 0\nstep 100\nexpect A Order/order-1.status = delivered")
    #expect(run.errors == [])
    #expect(run.session.isAtHead)
  }

  @Test func `an expected error is no failure, but an unexpected one is`() throws {
    let run = try TapeRun(
      """
      do PlaceOrder customer=c-19 total:=-1
      expect error ~ "more than 0"
      do PlaceOrder customer=c-19 total:=59
      expect error
      """)
    #expect(run.summary["failed"] == 1)
    #expect(run.results.map { $0["ok"].bool } == [false, true, true, false])
  }

  @Test func `a held engine appends and does not deliver`() throws {
    let run = try TapeRun(
      """
      hold
      do PlaceOrder customer=c-19 total:=59
      expect count(type:OrderCreated) = 1
      expect missing S PaymentSaga/order-1
      queue
      release 1
      expect V OrderBoard/order-1.total = 59
      release
      expect S PaymentSaga/order-1.status = awaitingPayment
      """)
    #expect(run.errors == [])
    let queue = run.results.first { $0["input"].string == "queue" }?["output"].array
    #expect((queue?.count ?? 0) > 3)
  }

  @Test func `holding and releasing gives the same journal as running freely`() throws {
    let held = try TapeRun("hold\ndo PlaceOrder customer=c-19 total:=59\nrelease\njournal")
    let free = try TapeRun("do PlaceOrder customer=c-19 total:=59\njournal")
    #expect(held.results.last?["output"] == free.results.last?["output"])
  }

  @Test func `moving the clock fires timers in the order they fall due`() throws {
    let run = try TapeRun(
      """
      do PlaceOrder customer=c-19 total:=59
      do DeclinePayment paymentId=pay-1
      clock +29s
      expect A Order/order-1.status = onHold
      clock +1s
      expect A Order/order-1.status = paying
      clock +5m
      expect A Order/order-1.status = cancelled
      expect S PaymentSaga/order-1.status = expired
      """)
    #expect(run.errors == [])
  }

  @Test func `a timer cancelled by an earlier one does not fire`() throws {
    let run = try TapeRun(
      """
      do PlaceOrder customer=a total:=5
      clock +4m
      do PlaceOrder customer=b total:=6
      clock +50s
      do DeclinePayment paymentId=pay-1
      fire PaymentSaga/order-1/retry
      expect error ~ "called off"
      expect A Order/order-1.status = cancelled
      expect A Order/order-2.status = paying
      """)
    #expect(run.summary["failed"] == 0)
  }

  @Test func `a tape may begin with a byte order mark`() throws {
    let lines = try TapeLine.lines(of: [0xEF, 0xBB, 0xBF] + Array("timers".utf8))
    #expect(lines.map(\.text) == ["timers"])
  }

  @Test func `a mistyped argument is reported`() throws {
    var session = try Session(.shop)
    let reply = session.run("do PlaceOrder customer=c-1 total:=5 curency=EUR")
    #expect(reply.problem == nil)
    #expect(reply.message.contains("curency"))
    #expect(session.run("do PlaceOrder customer=c-1 total:=1e400").problem != nil)
  }

  @Test func `imports are recorded on the tape`() throws {
    var session = try Session(.shop)
    let line =
      #"{"id":"e","type":"OrderCreated","stream":"orders","createdAt":1767258000001,"data":{}}"#
    try session.importEvents(Array(line.utf8), from: "my events.ndjson")
    let tape = String(decoding: SessionFile.tape(of: session), as: UTF8.self)
    #expect(tape.contains("import \(Quoting.word("my events.ndjson"))\n"))
  }

  @Test func `a saved tape repeats everything`() throws {
    let run = try TapeRun(demoFlow)
    let tape = String(decoding: SessionFile.tape(of: run.session), as: UTF8.self)
    let again = try TapeRun(tape)
    #expect(again.errors == [])
    #expect(
      EventFile.bytes(of: again.session.head.log) == EventFile.bytes(of: run.session.head.log))
  }

  @Test func `time that passed by itself is recorded on the tape`() throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    session.pass(until: session.start + .minutes(2))
    _ = session.run("do DeclinePayment paymentId=pay-1")
    session.pass(until: session.start + .minutes(3))
    _ = session.run("do CapturePayment paymentId=pay-2")
    let tape = String(decoding: SessionFile.tape(of: session), as: UTF8.self)
    let again = try TapeRun(tape)
    #expect(again.errors == [])
    #expect(EventFile.bytes(of: again.session.head.log) == EventFile.bytes(of: session.head.log))
  }
}
