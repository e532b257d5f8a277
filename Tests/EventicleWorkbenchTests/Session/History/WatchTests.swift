import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Values that are watched, and lines that are printed over all history.
@Suite struct WatchTests {
  @Test func `a watched value is that of the moment, with its last change`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    #expect(
      session.run("watch Order/order-1.status").message
        == "Order/order-1.status is onHold since #5, before paying")
    _ = session.run("goto #3")
    let notice = try #require(session.notice().watches.first)
    #expect(notice.value == "paying" && "\(notice.changed.map { "\($0)" } ?? "")" == "#2")
    _ = session.run("live")
    _ = session.run("clock +30s")
    #expect(session.notice().watches.first?.value == "paying")
  }

  @Test func `a number keeps its last values, also in a row of a view`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    #expect(session.run("watch Revenue/GBP.orders").problem == nil)
    for number in 1...3 { _ = session.run("PlaceOrder customer=c total:=\(number)") }
    let notice = try #require(session.notice().watches.first)
    #expect(notice.numbers == [1, 2, 3, 4, 5], "\(notice)")
  }

  @Test func `a saga is watched through its steps, in any branch`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    #expect(session.run("watch PaymentSaga/order-1.attempts").message.contains("is 1"))
    _ = session.run("fork f #3")
    #expect(session.notice().watches.first?.value == 0)
    _ = session.run("switch main")
    #expect(session.notice().watches.first?.value == 1)
  }

  @Test func `watches are listed and taken away, and what is not there is refused`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    #expect(session.run("watch Order/order-9.status").problem != nil)
    #expect(session.run("watch").message.hasPrefix("nothing is watched"))
    _ = session.run("watch Order/order-1.status")
    _ = session.run("watch Order/order-1.status")
    _ = session.run("watch Order/order-2.total")
    #expect(session.run("watch").output?.array?.count == 2)
    #expect(session.run("watch off 7").problem?.message.contains("1 to 2") == true)
    #expect(session.run("watch off 1").message == "Order/order-1.status is watched no longer")
    #expect(session.run("watch off").message == "nothing is watched any more")
    #expect(session.notice().watches.isEmpty)
  }

  @Test func `a probe says a line for each place of all history`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    let reply = session.run("probe \"{status} after {attempts} by {type}\" on S PaymentSaga")
    let texts = try #require(reply.output?.array).compactMap { $0["text"].string }
    #expect(
      texts == [
        "awaitingPayment after 0 by OrderCreated", "declined after 1 by PaymentDeclined",
        "awaitingPayment after 0 by OrderCreated", "paid after 0 by PaymentSucceeded",
      ], "\(texts)")
    #expect(reply.message == "4 lines")
    let some = session.run("probe \"{id}: {total} {nothing}\" on E OrderCreated if data.total>50")
    #expect(some.output?.array?.compactMap { $0["text"].string } == ["order-1: 59 –"])
  }

  @Test func `a probe that is no probe is refused where it stands`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    for line in [
      "probe", "probe x on E OrderCreated", "probe \"x\" E OrderCreated", "probe \"x\" on",
      "probe \"{a\" on E OrderCreated", "probe \"{}\" on E OrderCreated", "probe \"{a[}\" on error",
    ] { #expect(session.run(line).problem != nil, "\(line)") }
  }
}
