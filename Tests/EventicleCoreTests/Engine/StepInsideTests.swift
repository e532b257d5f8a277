import CoreSupport
import Testing

@testable import EventicleCore

/// Steps of their own inside others: what stays, what goes, and what both must not write.
@Suite struct StepInsideTests {
  static func bench(_ body: @escaping Command.Handler, _ more: Command...) throws -> RecordedEngine
  {
    try RecordedEngine(
      Domain("test", commands: [Command("C", stream: "s", handler: body)] + more))
  }

  /// `resume` drops the outer's record of a tenant that the own step made known, so that the
  /// savepoint of the nested part counts one change too many.
  @Test func `a nested part that fails rolls back, even after an independent tenant step`() throws {
    var bench = try Self.bench { _, tx in
      try tx.within("acme") { tx in
        #expect(throws: Rejection.self) {
          try tx.nested { tx in
            try tx.put("t", "inside", [:])
            try tx.requiresNew { try $0.put("t", "own", [:]) }
            throw Rejection("no")
          }
        }
        #expect(tx.record("t", "own") != nil)
        #expect(tx.record("t", "inside") == nil)
      }
      return CommandResult()
    }
    #expect(bench.run("C").problem == nil)
    #expect(bench.world.record(RecordKey("t", "inside", in: "acme")) == nil)
  }

  /// The same through a saga-like refusal of a command that joins.
  @Test func `a refused command leaves nothing, even after an independent tenant step`() throws {
    let refused = Command("Refused", stream: "s") { _, tx in
      try tx.put("t", "inside", [:])
      try tx.requiresNew { try $0.put("t", "own", [:]) }
      throw Rejection("no")
    }
    var bench = try Self.bench(
      { _, tx in
        _ = try tx.within("acme") { tx in
          #expect(throws: Rejection.self) { try tx.dispatch("Refused") }
        }
        return CommandResult()
      }, refused)
    #expect(bench.run("C").problem == nil)
    #expect(bench.world.record(RecordKey("t", "inside", in: "acme")) == nil)
  }

  @Test func `a doubly nested independent step that repeats an outer write is a conflict`() throws {
    var bench = try Self.bench { _, tx in
      try tx.put("t", "1", ["by": "outer"])
      _ = try? tx.requiresNew { middle in
        try middle.requiresNew { try $0.put("t", "1", ["by": "innermost"]) }
      }
      return CommandResult()
    }
    bench.run("C")
    #expect(bench.world.recordCount(of: "t") == 1)
    // Going back and on leads to the same world.
    var world = bench.world
    for entry in bench.entries.reversed() where entry.stepCount > 0 { world.revert(entry.changes) }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
    for entry in bench.entries where entry.stepCount > 0 { world.apply(entry.changes) }
    #expect(
      bench.fingerprint(world).difference(from: bench.fingerprint(bench.world)) == nil)
  }

  @Test func `a doubly nested independent step survives the failure of the outermost`() throws {
    var bench = try Self.bench { _, tx in
      try tx.put("t", "1", ["by": "outer"])
      try tx.requiresNew { middle in
        try middle.requiresNew { try $0.put("t", "1", ["by": "innermost"]) }
      }
      throw Rejection("no")
    }
    bench.run("C")
    // Either the innermost step was refused as a conflict and is not in the journal, or it stays.
    let isJournaled = bench.entries.contains { entry in
      entry.changes.others.contains {
        if case .record(let key, _, .some) = $0 { key == RecordKey("t", "1") } else { false }
      }
    }
    #expect((bench.world.record(RecordKey("t", "1")) != nil) == isJournaled)
  }

  @Test func `a reply has only the events that its command appended`() throws {
    let inner = Command("Inner", stream: "s") { _, tx in
      try tx.requiresNew { try $0.emit([new("Audit", "audit")], to: "audit") }
      return CommandResult(events: [new("Mine", "mine")])
    }
    let book = HandlerLog()
    var bench = try Self.bench(
      { _, tx in
        try tx.emit([new("Before", "before-1"), new("Before", "before-2")], to: "s")
        let reply = try tx.dispatch(CommandIntent("Inner"))
        book.note(reply.events.map(\.id.text).joined(separator: " "))
        return CommandResult()
      }, inner)
    #expect(bench.run("C").problem == nil)
    #expect(book.lines == ["mine"])
  }

  @Test func `inputs deferred by an independent step run, because the step stays`() throws {
    let app = try Eventicle(source: "test")
    let book = HandlerLog()
    book.app = app
    try app.eventClient.hotStream("s", group: "g") { _ in
      _ = book.app?.world.clock
    }
    _ = try? app.dispatch(on: "s") { tx in
      try tx.requiresNew { inner in
        try inner.put("t", "own", [:])
        try book.app?.eventClient.emit([new("Asked")], to: "asked")
      }
      throw Rejection("no")
    }
    #expect(app.world.record(RecordKey("t", "own")) != nil)
    #expect(app.world.events(in: "asked").count == 1)
  }

  @Test
  func
    `a timer armed before an own step keeps the entry that armed it when arming again is undone`()
    throws
  {
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      try step.upsertTimer("t", after: .seconds(5))
      try? step.transaction.nested { tx in
        try step.upsertTimer("t", after: .seconds(9))
        try tx.requiresNew { try $0.emit([new("Audit")], to: "audit") }
        throw Rejection("no")
      }
    }
    .onTimer("t") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    let timer = try #require(bench.world.timers.next)
    guard case .timerArmed(timer.key, _, _, _)? = bench.timeline.entry(timer.armedBy)?.kind else {
      let kind = bench.timeline.entry(timer.armedBy).map { "\($0.kind)" } ?? "nothing"
      Issue.record("\(timer.armedBy) did not arm it, but is \(kind)")
      return
    }
  }

  /// `Change.moved` moves the arming entry of timers, but not the entry of what is parked.
  @Test
  func `parked work names the entry of its failure despite independent steps`() throws {
    let adapter = EventAdapter(
      "A", streams: ["s"], on: ["T": { _, _ in throw Rejection("bad") }],
      onError: { _, tx in
        _ = try tx.requiresNew { try $0.emit([new("Failed")], to: "audit") }
      })
    var bench = try RecordedEngine(Domain("test", adapters: [adapter]))
    bench.emit(new("T"), to: "s")
    let parked = try #require(bench.world.parked.first)
    guard case .delivery(_, _, _, .failed)? = bench.timeline.entry(parked.entry)?.kind else {
      let kind = bench.timeline.entry(parked.entry).map { "\($0.kind)" } ?? "nothing"
      Issue.record("\(parked.entry) is \(kind)")
      return
    }
  }

  /// Whether an error handler may take a step of its own must not depend on what else waits.
  @Test(arguments: [1, 2])
  func `an error handler may take an independent step whatever else is queued`(events: Int) throws {
    let adapter = EventAdapter(
      "A", streams: ["s"],
      options: ConsumerOptions(policy: .retry(1, after: .seconds(1))),
      on: ["T": { _, _ in throw Rejection("bad") }],
      onError: { _, tx in
        _ = try tx.requiresNew { try $0.emit([new("Failed")], to: "audit") }
      })
    var bench = try RecordedEngine(Domain("test", adapters: [adapter]))
    bench.perform(.emit((0..<events).map { _ in new("T") }, to: "s"))
    bench.settle()
    let troubles = bench.entries.compactMap {
      if case .trouble(let reason) = $0.kind { reason } else { nil }
    }
    #expect(troubles == [])
    #expect(bench.world.events(in: "audit").count >= 1)
  }

  /// The outer's `.dequeued` is made again behind a step that took deliveries out of the queue.
  @Test func `an independent step that would remove deliveries is refused, and none is lost`()
    throws
  {
    let book = HandlerLog()
    let first = EventView(
      "First", streams: ["s"],
      on: [
        "Bad": { event, _ in
          if !book.isFailing { throw Rejection("bad") }
          book.note("First \(event.id)")
        },
        "Again": { event, tx in
          book.isFailing = true
          book.note("First \(event.id)")
          try tx.requiresNew { try $0.emit([new("Bad", "bad")], to: "s") }
        },
      ])
    let second = EventView(
      "Second", streams: ["s"], onAny: { event, _ in book.note("Second \(event.id)") })
    var bench = try RecordedEngine(Domain("test", views: [first, second]))
    bench.emit(new("Bad", "bad"), to: "s")
    #expect(bench.world.parkedCount == 1)
    bench.emit(new("Again", "again"), to: "s")
    #expect(book.lines.filter { $0 == "Second again" }.count == 1)
    #expect(book.lines.filter { $0 == "First again" }.count == 1)
    // It would take deliveries away from behind the one at hand, so that it is refused.
    #expect(book.lines.filter { $0 == "First bad" }.isEmpty)
    #expect(bench.world.parked.map(\.reason).contains { $0.contains("the queue of deliveries") })
    #expect(bench.world.parkedCount == 2)
    var world = bench.world
    for entry in bench.entries.reversed() where entry.stepCount > 0 { world.revert(entry.changes) }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
  }

  /// The ledger of the group at work writes its own copy of the state over the lane that the
  /// handler's emit made.
  @Test func `a handler of a lagging group that emits its parked event again receives it`() throws {
    let book = HandlerLog()
    let view = EventView(
      "V", streams: ["s"], options: ConsumerOptions(waitsForParked: true),
      on: [
        "Bad": { event, _ in
          book.note("\(event.id)")
          if !book.isFailing { throw Rejection("bad") }
        },
        "Again": { event, tx in
          book.isFailing = true
          book.note("\(event.id)")
          try tx.emit([new("Bad", "bad", of: "a")], to: "s")
        },
      ])
    var bench = try RecordedEngine(Domain("test", views: [view]))
    bench.emit(new("Bad", "bad", of: "a"), to: "s")
    #expect(bench.world.parkedCount == 1)
    bench.emit(new("Again", "again", of: "b"), to: "s")
    // It is handled again, or still parked; it must not be gone.
    #expect(book.lines.filter { $0 == "bad" }.count == 2 || bench.world.parkedCount == 1)
    #expect(bench.world.group("view-V")?.lanes.isEmpty == true)
  }
}
