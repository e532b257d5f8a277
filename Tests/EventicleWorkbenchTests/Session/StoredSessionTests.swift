import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct StoredSessionTests {
  static let story = [
    "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s",
    "do CapturePayment paymentId=pay-2", "emit notes Noted n-1 a=1", "do Nonsense",
    "do DispatchShipment shipmentId=ship-1 carrier=DHL", "group pause OrderBoard",
    "do DeliverShipment shipmentId=ship-1", "group resume OrderBoard", "clock +1d",
  ]

  /// All that a session has, as text.
  private func contents(_ session: Session) -> String {
    var lines: [String] = ["\(session.head.clock) \(session.head.queue.count)"]
    for verb in ["journal", "events", "streams", "aggs", "sagas", "views", "timers", "groups"] {
      var session = session
      lines.append("\(session.run(verb).output ?? .null)")
    }
    return lines.joined(separator: "\n")
  }

  @Test func `a session that goes on from its store is the one that was left`() throws {
    var store: (any JournalStore)?
    var session = try Session(.shop) { world in
      let made = MemoryJournalStore(startingWith: world)
      store = made
      return made
    }
    var plain = try Session(.shop)
    for line in Self.story {
      #expect(session.run(line).problem == plain.run(line).problem)
      let kept = try #require(store)
      _ = kept.reload()
      let again = try Session(.shop, resuming: kept)
      #expect(contents(again) == contents(plain))
      #expect(again.tape == plain.tape)
      for number in 0...again.timeline.count {
        #expect(
          again.timeline.world(after: JournalIndex(number)).log.count
            == plain.timeline.world(after: JournalIndex(number)).log.count)
      }
    }
  }

  @Test func `a store that fails at any operation costs the line and nothing else`() throws {
    var operation = 0
    var failures = 0
    while true {
      operation += 1
      var faulty: FaultyStore?
      var session = try Session(.shop) { world in
        let made = FaultyStore(startingWith: world, failing: operation)
        faulty = made
        return made
      }
      var plain = try Session(.shop)
      for line in Self.story {
        let reply = session.run(line)
        if reply.problem?.message == StoreFault.full.description {
          failures += 1
          // Nothing of the line is kept, and the session shows what the store has.
          #expect(contents(session) == contents(plain))
          #expect(reply.journal == nil)
          #expect(session.run(line).problem == plain.run(line).problem)
        } else {
          #expect(reply.problem == plain.run(line).problem)
        }
        #expect(contents(session) == contents(plain), "operation \(operation), \(line)")
      }
      let kept = try #require(faulty)
      guard kept.operations >= operation else { break }
      #expect(contents(try Session(.shop, resuming: kept)) == contents(plain))
    }
    #expect(failures > 20)
  }

  /// Contents as a person gets them who asks again after a fault.
  private func patientContents(_ session: Session) -> String {
    var lines: [String] = ["\(session.head.clock) \(session.head.queue.count)"]
    for verb in ["journal", "events", "streams", "aggs", "sagas", "views", "timers", "groups"] {
      var session = session
      var reply = session.run(verb)
      if let problem = reply.problem {
        // A look that failed shows nothing of it.
        #expect(problem.message == StoreFault.full.description && reply.output == nil)
        reply = session.run(verb)
      }
      lines.append("\(reply.output ?? .null)")
    }
    return lines.joined(separator: "\n")
  }

  static let looks = [
    "goto #1", "back", "goto #3", "step", "goto start", "step saga", "live", "back 3 delivery",
    "goto 50%", "live",
  ]

  @Test func `a session that lets go of everything older is the one that keeps it`() throws {
    for budget in [0, 1, 5] {
      var session = try Session(.shop) { MemoryJournalStore(startingWith: $0, pages: 1) }
      session.used.keeper?.residentEntries = budget
      var plain = try Session(.shop)
      for line in Self.story.flatMap({ [$0] + Self.looks }) {
        let (mine, others) = (session.run(line), plain.run(line))
        #expect(mine.problem == others.problem && mine.message == others.message, "\(line)")
        #expect(session.timeline.residentCount < 80)
        #expect(contents(session) == contents(plain), "\(budget), \(line)")
        #expect(session.moment.name == plain.moment.name)
      }
      #expect(
        session.timeline.count > 30 && session.timeline.residentCount < session.timeline.count)
    }
  }

  @Test func `a paged session loses nothing when any operation of its store fails`() throws {
    var operation = 0
    var failures = 0
    while true {
      operation += 7
      var faulty: FaultyStore?
      var session = try Session(.shop) { world in
        let made = FaultyStore(startingWith: world, failing: operation, pages: 1)
        faulty = made
        return made
      }
      session.used.keeper?.residentEntries = 1
      var plain = try Session(.shop)
      for line in Self.story.prefix(4).flatMap({ [$0] + Self.looks }) {
        let reply = session.run(line)
        if reply.problem?.message == StoreFault.full.description {
          failures += 1
          #expect(reply.output == nil && reply.journal == nil && session.isAtHead)
          _ = plain.run("live")
          #expect(patientContents(session) == patientContents(plain))
          let again = session.run(line)
          #expect(again.problem == plain.run(line).problem)
        } else {
          #expect(reply.problem == plain.run(line).problem)
        }
      }
      _ = session.run("live")
      _ = plain.run("live")
      #expect(patientContents(session) == patientContents(plain), "operation \(operation)")
      let kept = try #require(faulty)
      guard kept.operations >= operation else { break }
    }
    #expect(failures > 20)
  }

  @Test func `a copy of a session that is behind its store is refused`() throws {
    var session = try Session(.shop) { MemoryJournalStore(startingWith: $0) }
    var copy = session
    #expect(session.run("do PlaceOrder customer=c-1 total:=1").problem == nil)
    let reply = copy.run("do PlaceOrder customer=c-2 total:=2")
    #expect(reply.problem?.message.hasPrefix("A step at j1 does not follow j") ?? false)
    #expect(contents(copy) == contents(session))
  }

  @Test func `consumers that the domain has gained are opened as a step of their own`() throws {
    var store: (any JournalStore)?
    var session = try Session(Domain("d")) { world in
      let made = MemoryJournalStore(startingWith: world)
      store = made
      return made
    }
    #expect(session.run("emit notes Noted n-1 a=1").problem == nil)
    let view = EventView(
      "Seen", streams: ["notes"],
      onAny: { event, transaction in
        try transaction.put("Seen", event.id.text, ["type": .string(event.type.text)])
      })
    let kept = try #require(store)
    let opened = try Session(Domain("d", views: [view]), resuming: kept)
    #expect(kept.last == opened.timeline.last && opened.timeline.count > session.timeline.count)
    guard case .reconcile? = opened.timeline.input(of: opened.timeline.last)?.action else {
      Issue.record("The last step is no opening of groups.")
      return
    }
  }
}
