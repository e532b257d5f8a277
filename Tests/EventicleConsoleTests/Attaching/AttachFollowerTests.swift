import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// What comes from an attached system gets into the session, and the person is told how it is.
@Suite struct AttachFollowerTests {
  private let source = FakeSource()
  private let clock = TestClock()

  /// A clock that a test moves.
  private final class TestClock {
    var now = Instant(milliseconds: 1_767_258_010_000)
  }

  private func follower(_ file: String? = nil) throws -> AttachFollower {
    var system = AttachedSystem(
      name: "shop-prod", colour: .production, transport: "redis", source: source)
    system.file = file
    return try AttachFollower(system) { [clock] in clock.now }
  }

  private func session() throws -> Session {
    var session = try Session(.shop)
    session.attach(as: "shop-prod")
    return session
  }

  private func events(_ numbers: ClosedRange<Int>, old: Bool = false) -> PortNotice {
    .events(numbers.map { FakeSource.event($0) }, areHistory: old)
  }

  @Test func `history and live events are taken, and the lag and rate told`() throws {
    let follower = try follower()
    var session = try session()
    source.say(.connected(server: "x"), events(1...20, old: true), .live, events(21...34))
    let look = follower.look(&session)
    #expect(look.hasNews && session.head.log.count == 34)
    let remote = try #require(look.remote)
    #expect(remote.state == .live)
    #expect(remote.lag == Interval(milliseconds: 10_000 - 34))
    #expect(remote.rate == 1)
    #expect(remote.attachment.taken == 34)
    // Nothing new is nothing to tell.
    #expect(follower.look(&session).remote == nil)
  }

  @Test func `a lost connection and its return are rows, and tries between are none`() throws {
    let follower = try follower()
    var session = try session()
    source.say(.connected(server: "x"), .live, events(1...1))
    _ = follower.look(&session)
    source.say(.lost("the server closed the connection", next: Interval(milliseconds: 100)))
    let lost = follower.look(&session)
    #expect(lost.remote?.state.isLost == true)
    clock.now = clock.now + Interval(milliseconds: 3_400)
    source.say(.lost("nobody listens there", next: Interval(milliseconds: 200)))
    guard case .lost(let time, let reason, _)? = follower.look(&session).remote?.state else {
      Issue.record("it is lost")
      return
    }
    #expect(time == Interval(milliseconds: 3_000) && reason == "nobody listens there")
    source.say(.connected(server: "x"), events(2...2))
    let back = follower.look(&session)
    #expect(back.remote?.state == .live)
    #expect(back.remark?.text.contains("nothing is read twice") == true)
    let troubles = (1...session.timeline.count).compactMap { entry -> String? in
      guard case .trouble(let text)? = session.timeline.entry(JournalIndex(entry))?.kind else {
        return nil
      }
      return text
    }
    #expect(troubles.count == 2)
    #expect(troubles.first == "the connection is lost: the server closed the connection")
    #expect(troubles.last?.hasPrefix("connected again after 3") == true)
    #expect(session.head.log.count == 2)
  }

  @Test func `a gap is a row, and a system that falls behind is told`() throws {
    let follower = try follower()
    var session = try session()
    var stream = RemoteStream(name: "orders", length: 50_000)
    stream.unread = 40_112
    source.say(
      .connected(server: "x"), .live,
      .gap(RemoteGap(stream: "orders", count: 1_204, reason: "retention")), .figures([stream]))
    let look = follower.look(&session)
    #expect(look.remote?.state == .behind(40_112))
    #expect(
      session.timeline.entry(JournalIndex(1))?.kind
        == .trouble("1,204 events of orders are gone (retention)"))
    stream.unread = 0
    source.say(.figures([stream]))
    #expect(follower.look(&session).remote?.state == .live)
  }

  @Test func `a system that is not reached or refuses is said`() throws {
    let follower = try follower()
    var session = try session()
    source.say(.lost("nobody listens there", next: Interval(milliseconds: 100)))
    let first = follower.look(&session)
    #expect(first.remote?.state == .connecting("nobody listens there"))
    #expect(first.remark?.text.hasPrefix("shop-prod cannot be reached") == true)
    #expect(session.timeline.count == 0)
    source.say(.refused("x does not take this user and password."))
    let last = follower.look(&session)
    #expect(last.remote?.state == .refused("x does not take this user and password."))
    #expect(last.next == nil)
  }

  @Test func `the events are kept in a new file with their places`() throws {
    let folder = try TemporaryFolder()
    let follower = try follower(folder.file("kept.ndjson"))
    var session = try session()
    source.say(.connected(server: "x"), events(1...3, old: true))
    _ = follower.look(&session)
    let lines = try #require(folder.text("kept.ndjson")).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first?.contains(#""place":"orders@1767258000001-1""#) == true)
    var offline = try Session(.shop)
    let bytes = Array((folder.text("kept.ndjson") ?? "").utf8)
    #expect(try offline.importEvents(bytes) == 3)
    #expect(throws: FileProblem.self) { try self.follower(folder.file("kept.ndjson")) }
  }

  @Test func `the workbench takes what comes while the person works, and ends the source`() throws {
    let thread = WorkbenchThread(try Session(.shop), wake: {})
    defer { thread.close() }
    let system = AttachedSystem(name: "shop-prod", transport: "redis", source: source)
    let program = ConsoleProgram(
      port: thread, notice: try Session(.shop).notice(), size: Size(columns: 120, rows: 40),
      effectRunner: NoEffects())
    program.add(try thread.attaching(system, nil))
    source.say(.connected(server: "x"), events(1...5, old: true), .live)
    try wait(program) { $0.model.moment.log.count == 5 && $0.model.remote?.state == .live }
    #expect(program.model.isReadOnly)
    program.run(line: "goto #2")
    try wait(program) { $0.model.mode == .past }
    source.say(events(6...9))
    try wait(program) { $0.model.moment.log.count == 9 }
    #expect(program.model.mode == .past)
    program.run(line: "emit orders X")
    try wait(program) { $0.model.message?.text.contains("attached read-only") == true }
    thread.close()
    #expect(source.hasEnded)
  }

  private final class NoEffects: EffectRunner {
    func perform(_ effect: Effect, for workbench: ConsoleProgram) -> [Message] { [] }
  }

  private func wait(
    _ program: ConsoleProgram, until isSo: (ConsoleProgram) -> Bool
  ) throws {
    for _ in 0..<200 {
      program.collect()
      if isSo(program) { return }
      program.port.wait(milliseconds: 100)
    }
    Issue.record("it did not become so")
  }
}

extension RemoteNotice.State {
  /// Whether the connection is lost.
  fileprivate var isLost: Bool { if case .lost = self { true } else { false } }
}
