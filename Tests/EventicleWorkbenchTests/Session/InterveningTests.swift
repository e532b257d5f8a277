import CoreSupport
import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// The verbs about timers, scheduled commands and saga instances.
@Suite struct InterveningTests {
  func session(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines {
      let reply = session.run(line)
      #expect(reply.problem == nil, "\(line): \(reply.problem?.message ?? "")")
    }
    return session
  }

  static let order = "do PlaceOrder customer=c-19 total:=59"

  @Test func `schedule gives a command later, and timers lists it`() throws {
    var session = try session()
    let reply = session.run("schedule reminder PlaceOrder customer=c-19 total:=59 --in 5m")
    #expect(reply.message == "reminder: PlaceOrder is due at 2026-01-01T09:05:00.000Z")
    #expect(reply.output?["command"] == "PlaceOrder" && reply.output?["data"]["total"] == 59)
    let timers = session.run("timers").output?.array ?? []
    #expect(timers.map { $0["timer"] } == ["reminder"] && timers.map { $0["in"] } == ["5m"])
    #expect(session.run("expect T command/PlaceOrder/reminder in 5m").problem == nil)
    _ = session.run("clock +5m")
    #expect(session.head.log.count(of: "orders") > 0)
  }

  @Test func `schedule by cron goes by the clocks of a zone`() throws {
    var session = try session(
      "schedule daily PlaceOrder customer=c-1 total:=1 --cron \"0 9 * * *\" --zone Europe/Berlin "
        + "--missed skip")
    let timer = try #require(session.head.timers.next)
    #expect(timer.due.description == "2026-01-02T08:00:00.000Z" && timer.missed == .skip)
    _ = session.run("cancel daily")
    #expect(session.head.timers.count == 0)
  }

  @Test func `what is scheduled for now is done now, unless the session is held`() throws {
    var session = try session("schedule n PlaceOrder customer=c-1 total:=1 --in 0s")
    #expect(session.head.log.count(of: "orders") > 0)
    session = try self.session("hold", "schedule n PlaceOrder customer=c-1 total:=1 --in 0s")
    #expect(session.head.log.count(of: "orders") == 0)
  }

  @Test func `what a command cannot take is said when it is scheduled`() throws {
    var session = try session()
    #expect(
      session.run("schedule n PlaceOrder total:=1 --in 5m").problem?.message
        .contains("PlaceOrder needs customer") ?? false)
    let unknown = session.run("schedule n PlaceOder --in 5m")
    #expect(unknown.problem?.message.contains("did you mean \"PlaceOrder\"") ?? false)
    #expect(unknown.problem?.column == 12)
    #expect(session.head.timers.count == 0 && unknown.journal == nil)
  }

  @Test func `cancel and move work on the timers of sagas`() throws {
    var session = try session(Self.order)
    let timer = try #require(session.head.timers.next)
    let name = "PaymentSaga/order-1/\(timer.key.name)"
    let moved = session.run("move \(name) +10m")
    #expect(session.head.timers.next?.due == timer.due + .minutes(10))
    #expect(
      moved.message
        == "\(timer.key.name) of PaymentSaga/order-1 is due at \(timer.due + .minutes(10))")
    _ = session.run("move \(name) -5m")
    #expect(session.head.timers.next?.due == timer.due + .minutes(5))
    _ = session.run("move \(name) 2026-01-02T00:00:00Z")
    #expect(session.head.timers.next?.due.description == "2026-01-02T00:00:00.000Z")
    let cancelled = session.run("unschedule \(name)")
    #expect(cancelled.message == "\(timer.key.name) of PaymentSaga/order-1 was called off")
    #expect(session.head.timers.count == 0)
    #expect(session.run("cancel \(name)").problem?.message.contains("There is no timer") ?? false)
  }

  @Test func `end and correct work on instances, and going back undoes them`() throws {
    var session = try session(Self.order)
    let before = session.cursor
    let reply = session.run(
      "correct PaymentSaga/order-1 attempts:=7 --reason \"card was replaced\"")
    #expect(reply.message == "PaymentSaga/order-1 was corrected")
    #expect(session.head.sagas.find("PaymentSaga", "order-1")?.data["attempts"] == 7)
    #expect(session.head.sagas.find("PaymentSaga", "order-1")?.data["orderId"] == "order-1")
    let ended = session.run("end PaymentSaga/order-1 --reason 'paid by cheque'")
    #expect(ended.message == "PaymentSaga/order-1 was ended; 1 timer was called off")
    #expect(session.head.timers.count == 0)
    let journal = session.run("journal").output?.array ?? []
    let reasons = journal.compactMap { $0["reason"].string }
    #expect(reasons.suffix(2) == ["card was replaced", "paid by cheque"])
    _ = session.run("goto j\(before.entry.number)")
    #expect(session.shown.timers.count == 1)
    #expect(session.shown.sagas.find("PaymentSaga", "order-1")?.hasEnded == false)
    #expect(
      session.run("end PaymentSaga/order-1 --reason x").problem?.message.contains("has ended")
        ?? false)
  }

  @Test func `with remove nothing of the instance stays`() throws {
    var session = try session(Self.order, "end PaymentSaga/order-1 remove --reason test")
    #expect(session.head.sagas.count(of: "PaymentSaga") == 0)
    #expect(
      session.run("end PaymentSaga/order-1 --reason x").problem?.message
        .contains("There is no instance of PaymentSaga") ?? false)
    #expect(
      session.run("correct PaymentSga/order-1 a=1 --reason x").problem?.message
        .contains("did you mean \"PaymentSaga\"") ?? false)
  }

  @Test func `a tape of these verbs makes the same history`() throws {
    let lines = [
      Self.order, "schedule n PlaceOrder customer=c-2 total:=5 --in 1m", "clock +2m",
      "correct PaymentSaga/order-1 attempts:=0 --reason \"a; b\"",
      "schedule daily PlaceOrder customer=c-1 total:=1 --cron '0 9 * * *'", "move daily +1h",
      "end PaymentSaga/order-1 --reason done", "cancel daily",
    ]
    var first = try Session(.shop)
    for line in lines { #expect(first.run(line).problem == nil, "\(line)") }
    var second = try Session(.shop)
    for line in first.tape { #expect(second.run(line).problem == nil, "\(line)") }
    #expect(first.tape == lines)
    #expect(first.run("journal").output == second.run("journal").output)
  }

  @Test func `a command that waits for a lock says so`() throws {
    let options = TransactionOptions(lockWait: .seconds(10))
    let domain = Domain(
      "test",
      commands: [
        Command("Hold", stream: "s") { _, tx in
          try tx.acquire("stock", holder: "ada", for: .seconds(5))
          return CommandResult()
        },
        Command("Free", stream: "s") { _, tx in
          try tx.release("stock", holder: "ada")
          return CommandResult()
        },
        Command("Pick", stream: "s", options: options, lock: { _ in "stock" }) { _, _ in
          CommandResult(events: [new("Picked")])
        },
      ])
    var session = try Session(domain)
    _ = session.run("do Hold")
    #expect(
      session.run("do Pick").message == "Pick waits for a lock, until 2026-01-01T09:00:05.000Z")
    let outcome = session.run("journal").output?.array?.compactMap { $0["outcome"].string }
    #expect(outcome == ["done", "waiting"])
    _ = session.run("do Free")
    #expect(session.head.log.count(of: "s") == 1)
  }

  @Test func `completion knows timers, commands, fields and flags`() throws {
    let session = try session(Self.order, "schedule n PlaceOrder customer=c-1 total:=1 --in 1m")
    let source = session.moment.completions()
    func texts(_ line: String) -> [String] {
      Completion.complete(line, caret: line.count, source: source).candidates.map(\.text)
    }
    #expect(texts("cancel c") == ["command/PlaceOrder/n"])
    #expect(texts("move P").count == 1 && texts("move n -") == ["-5m"])
    #expect(texts("schedule ").isEmpty)
    #expect(texts("schedule x Pla") == ["PlaceOrder"])
    #expect(texts("schedule x PlaceOrder cus") == ["customer="])
    #expect(
      texts("schedule x PlaceOrder customer=c total:=1 --")
        == ["--in", "--at", "--cron", "--zone", "--missed"])
    #expect(texts("schedule x PlaceOrder --missed ") == ["once", "skip", "all"])
    #expect(texts("schedule x PlaceOrder --zone Europe/Berl") == ["Europe/Berlin"])
    #expect(texts("end PaymentSaga/order") == ["order-1"])
    #expect(texts("end PaymentSaga/order-1 ") == ["--reason", "remove"])
    #expect(texts("end PaymentSaga/order-1 remove ") == ["--reason"])
    #expect(texts("correct PaymentSaga/order-1 att") == ["attempts:="])
    #expect(texts("correct PaymentSaga/order-1 --") == ["--reason"])
  }
}
