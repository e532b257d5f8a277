import CoreSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Work of sagas that failed and was kept: steps and timers.
@Suite struct ParkedSagaTests {
  let book = HandlerLog()

  static func domain(_ book: HandlerLog) -> Domain {
    Domain(
      "test",
      sagas: [
        Saga("S", streams: ["s"])
          .startOn("Start", unlessLive: "key", value: { $0.data["key"] }) { step, event in
            try book.handle(event)
            step.data = ["key": event.data["key"], "n": 0]
            try step.upsertTimer("alarm", after: .seconds(10))
          }
          .on("Next", matching: "key", value: { $0.data["key"] }) { step, event in
            try book.handle(event)
            step["n"] = .int((step["n"].integer ?? 0) + (event.data["by"].integer ?? 1))
            if event.data["last"] == true { step.end() }
          }
          .onTimer("alarm") { step in
            if book.isFailing { throw Rejection("cannot ring") }
            step["rang"] = true
          }
      ])
  }

  func session(_ lines: String...) throws -> Session {
    var session = try Session(Self.domain(book))
    for line in lines { _ = session.run(line) }
    return session
  }

  @Test func `a failed timer is parked with its moment and no data, and can be retried`() throws {
    var session = try session("emit s Start key=a")
    book.isFailing = true
    #expect(session.run("fire").problem?.message == "cannot ring")
    let parked = try #require(session.run("parked 1").output)
    #expect(parked["timer"] == "alarm")
    #expect(parked["consumer"] == "S")
    #expect(parked["instanceId"].string?.isEmpty == false)
    #expect(parked["due"].string == "\(session.start + .seconds(10))")
    let refused = EngineError.nothingToEdit(1).description
    #expect(refused.hasSuffix("a timer has no data to edit."))
    #expect(session.run("edit 1 a=1").problem?.message == refused)
    #expect(session.run("redrive 1 a=1").problem?.message == refused)
    #expect(session.run("edit 1").problem?.message == refused)
    #expect(
      session.run("redrive 1").problem?.message
        == "What is parked under 1, for the saga S, failed again and stays parked: cannot ring.")
    #expect(session.run("groups").output?[0]["parked"] == 1)
    book.isFailing = false
    #expect(session.run("redrive 1").problem == nil)
    #expect(session.head.instance("S")?.data["rang"] == true)
    #expect(session.head.parked.isEmpty)
    let kinds = session.run("journal").output?.array?.map { $0["kind"].string }
    #expect(kinds?.contains("timer.fire") == true)
  }

  @Test func `a parked start starts its instance when it is retried`() throws {
    book.isFailing = true
    var session = try session("emit s Start key=a")
    #expect(session.head.instance("S") == nil)
    book.isFailing = false
    #expect(session.run("redrive 1").problem == nil)
    #expect(session.head.instance("S")?.data == ["key": "a", "n": 0])
    #expect(session.run("emit s Next key=a").problem == nil)
    #expect(session.head.instance("S")?.data["n"] == 1)
  }

  @Test func `a failed step is retried later with edited data`() throws {
    var session = try session("emit s Start key=a")
    book.isFailing = true
    _ = session.run("emit s Next key=a by:=5")
    book.isFailing = false
    _ = session.run("emit s Next key=a by:=7")
    #expect(session.head.instance("S")?.data["n"] == 7)
    #expect(session.run("redrive 1 by:=50").problem == nil)
    #expect(session.head.instance("S")?.data["n"] == 57)
    let kinds = session.run("journal").output?.array?.compactMap { $0["kind"].string } ?? []
    #expect(kinds.contains("parked.edit"))
  }

  @Test func `dropped work is never retried`() throws {
    var session = try session("emit s Start key=a")
    book.isFailing = true
    _ = session.run("emit s Next key=a by:=5")
    book.isFailing = false
    _ = session.run("emit s Next key=a by:=7")
    #expect(session.run("drop 1").problem == nil)
    #expect(session.run("redrive 1").problem != nil)
    #expect(session.head.instance("S")?.data["n"] == 7)
    let kinds = session.run("journal").output?.array?.compactMap { $0["kind"].string } ?? []
    #expect(kinds.contains("parked.drop"))
  }

  @Test func `a dropped start cannot be retried while another instance is live`() throws {
    book.isFailing = true
    var session = try session("emit s Start key=a id:first")
    book.isFailing = false
    _ = session.run("drop 1")
    _ = session.run("emit s Start key=a")
    #expect(session.head.sagas.count(of: "S") == 1)
    #expect(session.run("redrive 1").problem?.message.contains("nothing is parked") == true)
  }

  @Test func `errors about parked work name the way out`() {
    let until = Instant.standardStart
    let errors: [EngineError] = [
      .unknownParked(4, known: [], count: 0), .unknownParked(4, known: [1], count: 1),
      .nothingToEdit(4), .nobodyToRedrive(4), .atWork(4, "saga-1", until: until),
      .unknownCommand("C", known: []), .unknownView("V", known: []), .nothingToDeliver,
      .unknownCommand("C", known: ["D", "E"]), .unknownView("V", known: ["W"]),
    ]
    #expect(Set(errors.map(\.description)).count == errors.count)
    for error in errors { #expect(error.description.hasSuffix("."), "\(error)") }
    #expect(EngineError.atWork(4, "saga-1", until: until).description.contains("\(until)"))
    #expect(EngineError.unknownCommand("C", known: []).description.contains("declares none"))
    #expect(EngineError.unknownView("V", known: ["W"]).description.contains("there is W."))
  }
}
