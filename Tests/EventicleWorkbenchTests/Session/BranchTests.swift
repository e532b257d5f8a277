import CoreSupport
import EventicleSamples
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Alternative histories of a session.
@Suite struct BranchTests {
  private static let order = "do PlaceOrder customer=c-19 total:=59"
  private static let story = [
    order, "clock +2s", "do DeclinePayment paymentId=pay-1", "clock +30s",
    "do CapturePayment paymentId=pay-2",
  ]

  /// All that a session shows, and its tape.
  private func contents(_ session: Session) -> String {
    var lines: [String] = ["\(session.head.clock) \(session.head.draws)", "\(session.tape)"]
    for verb in ["journal", "events", "aggs", "sagas", "views", "timers", "groups", "metrics"] {
      var session = session
      lines.append("\(session.run(verb).output ?? .null)")
    }
    return lines.joined(separator: "\n")
  }

  private func bytes(_ store: any JournalStore) -> [[UInt8]] {
    var all: [[UInt8]] = []
    store.forEachStep(after: JournalIndex(0), upTo: store.last) { step in
      all.append(StepCodec.encodeAlone(step))
      return true
    }
    return all
  }

  @Test func `main is untouched by what is done in a fork, its tape and store included`() throws {
    var made: MemoryJournalStore?
    var session = try Session(.shop) { world in
      let store = MemoryJournalStore(startingWith: world)
      made = store
      return store
    }
    for line in Self.story.dropLast() { #expect(session.run(line).problem == nil) }
    let store = try #require(made)
    let (before, kept) = (contents(session), bytes(store))
    try session.fork("late-pay", at: session.timeline.cursor(after: Position(3)))
    #expect(contents(session) == before)
    try session.switchTo("late-pay")
    #expect(session.forkInUse == "late-pay" && session.notice().fork == "late-pay")
    #expect(session.run("do CapturePayment paymentId=pay-1; clock +1d").problem == nil)
    let hasFired = session.pass(until: session.head.clock + .hours(30))
    #expect(hasFired)
    #expect(session.run(Self.order).problem == nil)
    #expect(contents(session) != before && bytes(store) == kept && store.lines.count == 4)
    try session.switchTo("main")
    #expect(session.forkInUse == nil && contents(session) == before)
    try session.discard("late-pay")
    #expect(session.run(Self.story[4]).problem == nil)
    var plain = try Session(.shop)
    for line in Self.story { _ = plain.run(line) }
    #expect(contents(session) == contents(plain))
    #expect(contents(try Session(.shop, resuming: store)) == contents(plain))
  }

  @Test func `a fork's tape has its parent's lines up to the moment, and its own`() throws {
    var session = try Session(.shop)
    for line in Self.story { _ = session.run(line) }
    session.markSaved(lines: session.tape.count)
    let end = try #require(session.timeline.cursor(named: MomentName(Position(3), steps: 0)))
    #expect(end.entry.number > 0)
    var plain = try Session(.shop)
    for line in Self.story.prefix(2) { _ = plain.run(line) }
    let moment = TimeCursor(entry: plain.timeline.last)
    try session.fork("late-pay", at: moment)
    try session.switchTo("late-pay")
    #expect(session.tape == Array(Self.story.prefix(2)) && session.unsavedLines == 0)
    let line = "do CapturePayment paymentId=pay-1"
    _ = (session.run(line), plain.run(line))
    #expect(session.tapeIsWhole && session.tape == plain.tape && session.unsavedLines == 1)
    #expect(session.linesOfMain.lines == Self.story && session.linesOfMain.unsaved == 0)
    #expect(session.timeline.count == plain.timeline.count)
    // In the middle of what the first line did there is no line to end the tape with.
    try session.fork("inside", at: TimeCursor(entry: session.timeline.stepEnd(of: JournalIndex(1))))
    try session.switchTo("inside")
    #expect(!session.tapeIsWhole && session.tape == [] && session.isHeld)
  }

  @Test func `switching forth and back neither repeats nor loses an effect`() throws {
    let calls = HandlerLog()
    let mailer = EventAdapter(
      "Mailer", streams: ["s"], on: ["A": { event, _ in calls.note(event) }])
    var session = try Session(Domain("d", adapters: [mailer]))
    for line in ["emit s A a id:a1", "hold", "emit s A a id:a2"] { _ = session.run(line) }
    #expect(calls.lines == ["a1"])
    try session.fork("f", at: session.cursor)
    try session.switchTo("f")
    for line in ["release", "emit s A a id:a3"] { #expect(session.run(line).problem == nil) }
    #expect(calls.lines == ["a1"] && session.head.queue.count == 0)
    try session.switchTo("main")
    #expect(session.isHeld && session.run("release").problem == nil)
    #expect(calls.lines == ["a1", "a2"])
    try session.switchTo("f")
    try session.switchTo("main")
    try session.discard("f")
    #expect(session.run("emit s A a id:a3").problem == nil)
    #expect(calls.lines == ["a1", "a2", "a3"])
  }

  @Test func `errors say what was expected, what was found and the way out`() throws {
    var session = try Session(.shop)
    _ = session.run(Self.order)
    func problem(_ body: () throws(BranchError) -> Void) -> String? {
      do throws(BranchError) { try body() } catch { return error.description }
      return nil
    }
    let head = session.cursor
    for name in ["", "1st", "a b", "é", String(repeating: "x", count: 41)] {
      #expect(problem { () throws(BranchError) in try session.fork(name, at: head) } != nil)
    }
    try session.fork("a", at: head)
    #expect(
      problem { () throws(BranchError) in try session.fork("a", at: head) }
        == "There is a branch a already; take another name or discard it.")
    #expect(problem { () throws(BranchError) in try session.fork("main", at: head) } != nil)
    #expect(
      problem { () throws(BranchError) in try session.switchTo("b") }
        == "There is no branch \"b\"; there are main, a.")
    #expect(
      problem { () throws(BranchError) in
        try session.fork("z", at: TimeCursor(entry: JournalIndex(999)))
      }
        == "There is no moment j999; the journal ends at \(session.timeline.last).")
    try session.switchTo("a")
    try session.fork("deep", at: session.cursor)
    #expect(
      problem { () throws(BranchError) in try session.discard("main") }?.hasPrefix("main is")
        == true)
    #expect(
      problem { () throws(BranchError) in try session.discard("a") }?.hasPrefix("a is in use")
        == true)
    try session.switchTo("main")
    #expect(
      problem { () throws(BranchError) in try session.discard("a") }
        == "deep left a, so it cannot be discarded; discard that fork first.")
    #expect(session.branches.map(\.name) == ["main", "a", "deep"])
    #expect(session.branches.map(\.isInUse) == [true, false, false])
    try session.discard("deep")
    try session.discard("a")
    #expect(session.branches.map(\.name) == ["main"])
  }

  private struct Held {
    weak var object: AnyObject?
  }

  @Test func `nothing of a discarded fork is left in memory`() throws {
    var session = try Session(.shop)
    for line in Self.story { _ = session.run(line) }
    try session.fork("f", at: session.timeline.cursor(after: Position(2)))
    try session.switchTo("f")
    _ = session.run(Self.order)
    func storage(_ session: Session) -> AnyObject? {
      Mirror(reflecting: session.engine.world.log).descendant("box").map { $0 as AnyObject }
    }
    let held = Held(object: storage(session))
    #expect(held.object != nil)
    try session.switchTo("main")
    #expect(held.object != nil)
    try session.discard("f")
    #expect(held.object == nil)
  }

  // MARK: - The program behind a domain

  private final class Asking: DomainHost {
    let waiting = Mutex<[HostRequest]>([])
    let domain = Domain.shop
    let readableDescriptor: Int32? = nil

    func take() -> [HostRequest] {
      waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
    }
  }

  @Test func `a fork takes nothing from the program behind the domain`() throws {
    var session = try Session(.shop)
    try session.fork("f", at: session.cursor)
    try session.switchTo("f")
    let (host, answers) = (Asking(), HandlerLog())
    host.waiting.withLock {
      $0.append(.input(.emit([NewEvent("A", nil)], to: "s")) { answers.note($0.problem ?? "done") })
    }
    let turn = session.perform(host: host)
    #expect(turn.inputs == 0 && turn.problems == answers.lines && session.head.log.count == 0)
    #expect(answers.lines.first?.contains("the fork f is in use") == true)
    try session.switchTo("main")
    #expect(session.head.log.count == 0)
  }

  @Test func `every branch goes on with a domain that is adopted`() throws {
    var session = try Session(Domain("d"))
    _ = session.run("emit s A a")
    try session.fork("f", at: session.cursor)
    let view = EventView(
      "Seen", streams: ["s"],
      onAny: { event, transaction in try transaction.put("Seen", event.id.text, [:]) })
    try session.adopt(Domain("d", views: [view]))
    #expect(session.head.recordCount(of: "Seen") == 1)
    try session.switchTo("f")
    #expect(session.head.recordCount(of: "Seen") == 1)
    // A fork of a moment before the change opens the view as a step of its own.
    try session.fork("early", at: TimeCursor(entry: JournalIndex(0)))
    try session.switchTo("early")
    #expect(session.timeline.count == 1 && session.run("emit s A b").problem == nil)
    #expect(session.head.recordCount(of: "Seen") == 1)
  }
}
