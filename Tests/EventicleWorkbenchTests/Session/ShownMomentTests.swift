import EventicleSamples
import Synchronization
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What a line that runs long shows before it is over.
@Suite struct ShownMomentTests {
  /// The moments that were shown, each due after so many steps.
  private final class Shown: Sendable {
    private let state = Mutex<(notices: [SessionNotice], asked: Int)>(([], 0))
    let every: Int

    init(every: Int) { self.every = every }

    var notices: [SessionNotice] { state.withLock { $0.notices } }

    var watch: WorkWatch {
      WorkWatch(
        asking: { _ in true },
        showing: WorkWatch.Showing(
          isDue: { [self] in
            state.withLock { state in
              state.asked += 1
              return state.asked.isMultiple(of: every)
            }
          },
          show: { [self] notice in state.withLock { $0.notices.append(notice) } }))
    }
  }

  /// Runs lines with and without showing, and compares what came of them.
  private func check(_ lines: [String], every: Int) throws -> [SessionNotice] {
    let shown = Shown(every: every)
    var session = try Session(.shop)
    var quiet = try Session(.shop)
    session.watch = shown.watch
    for line in lines {
      let (reply, expected) = (session.run(line), quiet.run(line))
      #expect(reply.message == expected.message && reply.problem == expected.problem, "\(line)")
      #expect(reply.journal == expected.journal, "\(line)")
    }
    #expect(session.timeline.count == quiet.timeline.count)
    #expect(session.tape == quiet.tape)
    #expect(session.cursor == quiet.cursor)
    var ends: Set<Int> = []
    for number in 1...session.timeline.count {
      let entry = session.timeline.entry(JournalIndex(number))
      #expect(entry?.kind == quiet.timeline.entry(JournalIndex(number))?.kind)
      if let start = entry?.stepStart { ends.insert(session.timeline.stepEnd(of: start).number) }
    }
    for notice in shown.notices {
      let moment = notice.moment
      #expect(moment.isAtHead)
      // Only the boundary of a step is a moment.
      #expect(ends.contains(moment.cursor.entry.number))
      #expect(moment.timeline.count == moment.cursor.entry.number)
      let again = quiet.timeline.world(after: moment.cursor.entry)
      #expect(moment.world.log.count == again.log.count)
      #expect(moment.world.clock == again.clock)
      #expect(moment.world.queue.count == again.queue.count)
      #expect(moment.world.timers.count == again.timers.count)
    }
    return shown.notices
  }

  @Test(arguments: [1, 3, 7])
  func `a repeated line shows moments that there were, and does the same`(every: Int) throws {
    let shown = try check(["do PlaceOrder customer=c-1 total:=5 --count 20"], every: every)
    #expect(shown.count >= 100 / every)
    let counts = shown.map(\.moment.log.count)
    #expect(counts == counts.sorted() && Set(counts).count > 5)
  }

  @Test func `letting time pass, firing, releasing and running on show moments as well`() throws {
    let order = "do PlaceOrder customer=c-1 total:=5"
    for line in ["clock +3d", "fire PaymentSaga/order-1/timeout", "clock +1h"] {
      #expect(!(try check([order, line], every: 2)).isEmpty, "\(line)")
    }
    for line in ["release 3", "release", "run", "live"] {
      let before = try check(["hold", order], every: 1).count
      #expect(try check(["hold", order, line], every: 1).count > before, "\(line)")
    }
  }

  @Test func `time that passes by itself shows nothing to someone who looks at the past`() throws {
    let shown = Shown(every: 1)
    var session = try Session(.shop)
    #expect(session.run("do PlaceOrder customer=c-1 total:=5").problem == nil)
    #expect(session.run("goto #1").problem == nil)
    session.watch = shown.watch
    let due = try #require(session.head.timers.next?.due)
    let fired = session.pass(until: due)
    #expect(fired)
    #expect(shown.notices.isEmpty && !session.isAtHead)
    #expect(session.run("live").problem == nil)
    #expect(session.run("do PlaceOrder customer=c-2 total:=6").problem == nil)
    let later = Shown(every: 1)
    session.watch = later.watch
    let next = try #require(session.head.timers.next?.due)
    let firedAgain = session.pass(until: next)
    #expect(firedAgain)
    #expect(!later.notices.isEmpty)
  }

  @Test func `trying a line shows nothing`() throws {
    let shown = Shown(every: 1)
    var session = try Session(.shop)
    session.watch = shown.watch
    #expect(session.preview(of: "do PlaceOrder customer=c-1 total:=5")?.events ?? 0 > 0)
    #expect(shown.notices.isEmpty)
  }
}
