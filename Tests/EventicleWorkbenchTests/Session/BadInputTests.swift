import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@Suite struct BadInputTests {
  /// A line, and words that its error must contain.
  static let lines: [(String, String)] = [
    ("emti orders OrderCreated", "emit"),
    ("do PlaceOrdr customer=c total:=1", "PlaceOrder"),
    ("do PlaceOrder customer=c-19", "total"),
    ("do PlaceOrder customer=c-19 total=59", "total:=59"),
    ("do PlaceOrder customer=c-19 total:={", "never closed"),
    ("do PlaceOrder customer=\"c-19 total:=59", "quot"),
    ("do PlaceOrder customer=c-19 total:=0", "more than 0"),
    ("do CapturePayment paymentId=pay-99", "pay-99"),
    ("agg Order/order-99", "order-99"),
    ("agg Ordr/order-1", "Order"),
    ("saga PaymentSga", "PaymentSaga"),
    ("saga PaymentSaga/order-99", "order-99"),
    ("view OrderBord", "OrderBoard"),
    ("goto #99", "#99"),
    ("goto j9999", "j9999"),
    ("goto mark:x", "mark"),
    ("fire nothing", "timer"),
    ("clock -5m", ""),
    ("filter type:(", ""),
    ("emit orders OrderCreated order-9 causedBy:#99", "#99"),
    ("set colour=red", ""),
  ]

  @Test(arguments: lines)
  func `bad input gets an error and changes nothing`(line: (String, String)) throws {
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-1 total:=10")
    let position = session.head.log.count
    let reply = session.run(line.0)
    if !line.0.hasPrefix("set") {
      let problem = try #require(reply.problem, "\(line.0) was accepted")
      #expect(problem.message.contains(line.1), "\(problem.message)")
      #expect(problem.message.count > 15)
      #expect(
        problem.message.hasSuffix(".") || problem.message.hasSuffix("…"), "\(problem.message)")
    }
    #expect(session.head.log.count == position)
    #expect(session.head.queue.isEmpty)
  }

  @Test func `a line of a megabyte is refused`() throws {
    var session = try Session(.shop)
    let reply = session.run("emit orders X order-1 a=" + String(repeating: "x", count: 1 << 20))
    #expect(reply.problem?.message.contains("bytes") == true)
    #expect(session.head.log.count == 0)
  }

  @Test func `a tape that is no UTF-8 is refused with line and byte`() {
    let tape = Array("hold\ndo Ä x=".utf8) + [0xFF, 0xFE] + Array(" total:=5\n".utf8)
    let error = #expect(throws: TapeError.self) { try TapeLine.lines(of: tape) }
    #expect(error?.line == 2)
    #expect(error?.byte == 9)
    #expect(error?.description.hasPrefix("line 2, byte 9: a tape is UTF-8 text") == true)
    #expect(throws: TapeError.self) { try TapeLine.lines(of: [0xE2, 0x80]) }
  }

  @Test func `escape sequences in data never reach the printed text`() throws {
    let run = try TapeRun(
      "emit orders OrderCreated order-1 customer:=\"\\u001b[31mred\\u009b\\u202e\"\nagg Order/order-1\nevents"
    )
    for text in run.texts + run.results.map(\.description) {
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
    }
    for text in run.texts {
      #expect(!text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
    }
  }

  @Test func `a file with one bad line is refused completely`() throws {
    var session = try Session(.shop)
    let good =
      #"{"id":"a","type":"OrderCreated","stream":"orders","domainId":"order-1","createdAt":1,"data":{}}"#
    let bad = good.replacing("\"a\"", with: "\"b\"").replacing(
      "\"createdAt\":1", with: "\"createdAt\":")
    #expect(throws: EventFileError.self) {
      try session.importEvents(Array("\(good)\n\(bad)\n".utf8))
    }
    #expect(session.head.log.count == 0)
    do {
      try session.importEvents(Array("\(good)\n\(bad)\n".utf8))
    } catch {
      #expect(error.line == 2)
      #expect((error.column ?? 0) > 60)
    }
  }

  @Test func `imported events are history and cause no reactions`() throws {
    var session = try Session(.shop)
    let lines = (1...3).map {
      #"{"id":"e\#($0)","type":"OrderCreated","source":"x","stream":"orders","domainId":"order-\#($0)","createdAt":\#(1_767_258_000_000 + $0),"data":{"customer":"c","total":5,"currency":"GBP"}}"#
    }
    let count = try session.importEvents(Array(lines.joined(separator: "\n").utf8))
    #expect(count == 3)
    #expect(session.head.sagas.count(of: "PaymentSaga") == 0)
    #expect(session.head.recordCount(of: "OrderBoard") == 3)
    let reply = session.run("do PlaceOrder customer=c-1 total:=10")
    #expect(reply.output == ["orderId": "order-4"])
  }

  @Test func `imported events may be delivered instead`() throws {
    var session = try Session(.shop)
    let line =
      #"{"id":"e1","type":"OrderCreated","stream":"orders","domainId":"order-1","createdAt":1767258000001,"data":{"customer":"c","total":5,"currency":"GBP"}}"#
    try session.importEvents(Array(line.utf8), reaction: .everybody)
    #expect(session.head.sagas.count(of: "PaymentSaga") == 1)
  }
}
