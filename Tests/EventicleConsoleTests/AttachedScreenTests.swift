import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// How a console looks that is attached to a running system.
@Suite struct AttachedScreenTests {
  private func remote(
    _ state: RemoteNotice.State = .live, _ colour: RemoteNotice.Colour = .production
  ) -> RemoteNotice {
    var remote = RemoteNotice(name: "shop-prod", colour: colour, transport: "redis", state: state)
    remote.lag = Interval(milliseconds: 240)
    remote.rate = 14
    var orders = RemoteStream(
      name: "orders", length: 5_412, first: .redis(milliseconds: 1_767_258_000_000, sequence: 0),
      last: .redis(milliseconds: 1_767_258_130_000, sequence: 1))
    var saga = RemoteGroup(name: "saga-PaymentSaga", lag: 3, pending: 2, consumers: 2)
    (saga.silent, saga.silence) = (1, Interval(milliseconds: 16 * 60_000))
    orders.groups = [RemoteGroup(name: "board", lag: 0, pending: 0, consumers: 1), saga]
    remote.streams = [orders, RemoteStream(name: "payments", length: 0)]
    return remote
  }

  /// A console that is attached, with some events, one that is none, and a gap.
  private func pilot(
    _ columns: Int, _ rows: Int, _ remote: RemoteNotice, domain: Domain = .shop
  ) throws -> ConsolePilot {
    var session = try Session(domain)
    session.attach(as: remote.name)
    let now = Instant(milliseconds: 1_767_258_200_000)
    session.take((1...3).map { FakeSource.event($0) }, arrivedAt: now)
    session.note(remote: "1,204 events of orders are gone (retention)")
    var bad = FakeSource.event(4, stream: "payments", at: 1_767_258_002_000)
    bad.body = [0, 1, 2]
    bad.headers = [.init("type", Array("PaymentRequested".utf8))]
    var bare = FakeSource.event(5, at: 1_767_258_003_000)
    bare.body = Array(
      #"{"type":"OrderOnHold","domainId":"order-1","createdAt":1767258003000,"data":{}}"#.utf8)
    session.take([bad, bare], arrivedAt: now)
    var remote = remote
    remote.attachment = try #require(session.attachment)
    let pilot = ConsolePilot(session, columns: columns, rows: rows)
    pilot.workbench.send(.attached(session.notice(), remote))
    return pilot
  }

  @Test func `production and live, 120x40`() throws {
    try pilot(120, 40, remote()).golden.expectMatches("attached-120x40")
  }

  @Test func `production and lost, 80x24`() throws {
    let state = RemoteNotice.State.lost(
      for: .seconds(3), "nobody listens there", next: Interval(milliseconds: 800))
    try pilot(80, 24, remote(state)).golden.expectMatches("attached-lost-80x24")
  }

  @Test func `streams and the groups of others, 160x40`() throws {
    try pilot(160, 40, remote(.live, .none), domain: .inferred).press("8")
      .golden.expectMatches("attached-explore-160x40")
  }

  private func header(_ state: RemoteNotice.State, _ columns: Int = 140) throws -> String {
    try pilot(columns, 30, remote(state)).lines[0]
  }

  @Test func `the header says how the system is`() throws {
    #expect(
      try header(.live).contains(
        "shop-prod  ▌PRODUCTION▐  redis  READ-ONLY  ● live  lag 0.2 s  14/s"))
    #expect(try header(.behind(40_112)).contains("▲ behind 40,112"))
    #expect(try header(.connecting(nil)).contains("○ connecting"))
    #expect(try header(.connecting("x")).contains("◌ not reached"))
    #expect(try header(.reading).contains("○ reading"))
    #expect(try header(.refused("x")).contains("✗ refused"))
    let lost = RemoteNotice.State.lost(for: .seconds(3), "x", next: .seconds(1))
    #expect(try header(lost).contains("◌ lost 3 s"))
  }

  @Test(arguments: [40, 60, 80, 100])
  func `what is dangerous and what is wrong are never cut`(columns: Int) throws {
    let lost = RemoteNotice.State.lost(for: .seconds(3), "x", next: .seconds(1))
    let line = try header(lost, columns)
    #expect(line.contains("PRODUCTION") && line.contains("◌ lost 3 s"), "\(line)")
  }

  @Test func `the frame of a production system is around everything, and around no other`() throws {
    func edge(_ colour: RemoteNotice.Colour) throws -> Set<StyleRole?> {
      let buffer = try pilot(80, 24, remote(.live, colour)).frame.buffer
      let rows = (0..<24).flatMap { [buffer[0, $0], buffer[79, $0]] }
      let columns = (0..<80).flatMap { [buffer[$0, 0], buffer[$0, 23]] }
      return Set((rows + columns).map(\.style.overlay))
    }
    #expect(try edge(.production) == [.contextProduction])
    #expect(try !edge(.staging).contains(.contextProduction))
    #expect(try !edge(.none).contains(.contextProduction))
  }

  @Test func `events have their place, and what is gone is a row`() throws {
    let lines = try pilot(120, 40, remote()).lines
    #expect(lines.contains { $0.contains("o@…0001-1") })
    #expect(lines.contains { $0.contains("p@…2004-1 ?") })
    #expect(lines.contains { $0.contains("o@…3005-1 ~") })
    #expect(lines.contains { $0.contains("── 1,204 events of orders are gone (retention) ──") })
    #expect(lines[0].contains("all well"))
  }

  @Test func `a fork is local, and keys that write are off in main`() throws {
    let pilot = try pilot(140, 40, remote())
    try pilot.press("<Space>")
    #expect(pilot.model.message?.text.contains("this history is only looked at") == true)
    try pilot.type("fork what-if")
    #expect(pilot.lines[0].contains("LOCAL FORK what-if"))
    #expect(!pilot.lines[0].contains("READ-ONLY"))
    try pilot.type("switch main")
    #expect(pilot.lines[0].contains("READ-ONLY"))
  }

  @Test func `the start list offers a system to attach to, and the line asks for it`() throws {
    let pilot = try ConsolePilot()
    try pilot.press("j j j j j <Enter>")
    #expect(pilot.model.bar?.text == "attach redis://")
    try pilot.press("<Esc>")
    try pilot.type("attach redis://127.0.0.1:1/orders")
    #expect(pilot.effectRunner.effects.contains(.attach("redis://127.0.0.1:1/orders")))
  }
}
