import CoreSupport
import Testing

@testable import EventicleCore

/// Inputs that handlers defer.
@Suite struct AskingTests {
  /// The journal entries of all steps.
  final class Entries { var all: [JournalEntry] = [] }

  let app: Eventicle
  let book = HandlerLog()
  let steps = Entries()
  var client: EventClient { app.eventClient }

  init() throws {
    let refuse = Command("refuse", stream: "s") { _, _ in throw Rejection("not today") }
    app = try Eventicle(Domain("test", commands: [refuse]))
    book.app = app
    let steps = steps
    app.onStep { steps.all += $0.entries }
  }

  var troubles: [String] {
    steps.all.compactMap { if case .trouble(let reason) = $0.kind { reason } else { nil } }
  }

  /// A handler that does something with the engine around it, and then fails if its event says so.
  func hot(_ body: @escaping (EventClient, Event) throws -> Void) throws {
    try client.hotStream("s", group: "g") { [book] event in
      let app = try #require(book.app)
      try body(app.eventClient, event)
      if event.type == "Bad" { throw Rejection("bad") }
    }
  }

  @Test func `inputs deferred by a handler that fails are dropped`() throws {
    try hot { client, event in
      if event.type != "Made" { try client.emit([new("Made")], to: "made") }
    }
    try client.emit([new("Good"), new("Bad"), new("Good")], to: "s")
    #expect(app.world.log.count(of: "made") == 2)
    #expect(app.world.parkedCount == 1)
    #expect(troubles.isEmpty)
  }

  @Test func `inputs deferred by a handler run once, after the successful attempt`() throws {
    let policy = ErrorPolicy.retry(3, .fixed(.seconds(1)))
    book.isFailing = true
    try client.hotStream("s", group: "g", options: ConsumerOptions(policy: policy)) {
      [book] event in
      try book.app?.eventClient.emit([new("Made")], to: "made")
      try book.handle(event)
    }
    try client.emit([new("T")], to: "s")
    #expect(app.world.log.count(of: "made") == 0)
    book.isFailing = false
    try app.advance(by: .seconds(1))
    #expect(app.world.log.count(of: "made") == 1)
  }

  @Test func `a refused command defers nothing`() throws {
    let book = book
    #expect(throws: Rejection.self) {
      try app.dispatch(on: "s") { _ in
        try book.app?.eventClient.emit([new("Made")], to: "made")
        throw Rejection("no")
      }
    }
    #expect(app.world.log.count == 0)
  }

  @Test func `inputs deferred only by a rolled-back part are dropped`() throws {
    let book = book
    try app.dispatch(on: "s") { transaction in
      try book.app?.eventClient.emit([new("Kept", "1")], to: "made")
      try? transaction.nested { _ in
        try book.app?.eventClient.emit([new("Dropped", "2")], to: "made")
        throw Rejection("no")
      }
      try? transaction.requiresNew { _ in
        try book.app?.eventClient.emit([new("Dropped", "3")], to: "made")
        throw Rejection("no")
      }
      try transaction.requiresNew { _ in
        try book.app?.eventClient.emit([new("Kept", "4")], to: "made")
      }
      return CommandResult()
    }
    #expect(app.world.events(in: "made").map(\.id) == ["1", "4"])
  }

  @Test func `an error handler may defer inputs although the handler failed`() throws {
    let book = HandlerLog()
    let adapter = EventAdapter(
      "A", streams: ["s"],
      on: [
        "T": { _, _ in
          try book.app?.eventClient.emit([new("Dropped")], to: "made")
          throw Rejection("bad")
        }
      ],
      onError: { _, _ in try book.app?.eventClient.emit([new("Kept")], to: "made") })
    let app = try Eventicle(Domain("test", adapters: [adapter]))
    book.app = app
    try app.eventClient.emit([new("T")], to: "s")
    #expect(app.world.events(in: "made").map(\.type) == ["Kept"])
  }

  @Test func `the refusal of a deferred input is journaled`() throws {
    try hot { client, event in
      try client.emit([new("", "1")], to: "made")
      try client.redrive(7)
      try client.emit([new("Made")], to: "made")
    }
    try client.emit([new("Good")], to: "s")
    #expect(
      troubles == [
        "A handler asked to emit 1 event to made, and could not be served: "
          + TransactionError.emptyEventType.description,
        "A handler asked to do parked 7 again, and could not be served: "
          + EngineError.unknownParked(7, known: [], count: 0).description,
      ])
    #expect(app.world.log.count(of: "made") == 1)
    let note = try #require(
      steps.all.first { if case .trouble = $0.kind { true } else { false } })
    let cause = try #require(note.cause)
    let index = try #require(steps.all.indices.first { $0 + 1 == cause.number })
    guard case .delivery = steps.all[index].kind else {
      Issue.record("the note is not of the delivery")
      return
    }
  }

  @Test func `a refused deferred command has only its own entry`() throws {
    try hot { [book] _, _ in try book.app?.dispatch("refuse") }
    try client.emit([new("Good")], to: "s")
    #expect(troubles.isEmpty)
    #expect(steps.all.compactMap(\.kind.problem) == ["not today"])
  }

  @Test func `an error handler that fails too leaves only its error`() throws {
    let adapter = EventAdapter(
      "A", streams: ["s"], on: ["T": { _, _ in throw Rejection("bad") }],
      onError: { _, transaction in
        try transaction.put("Row", "1", [:])
        throw Rejection("worse")
      })
    let saga = Saga("S", streams: ["s"])
      .startOn("T") { step, _ in try step.upsertTimer("t", after: .seconds(1)) }
      .onTimer("t") { _ in throw Rejection("late") }
      .onError { failure, _ in throw Rejection("no help for \(failure.reason)") }
    var bench = try RecordedEngine(Domain("test", sagas: [saga], adapters: [adapter]))
    bench.emit(new("T"), to: "s")
    bench.pass(.seconds(2))
    let troubles = bench.entries.filter { if case .trouble = $0.kind { true } else { false } }
    #expect(
      troubles.map(\.kind) == [
        .trouble("The error handler of A failed as well: worse"),
        .trouble("The error handler of S failed as well: no help for late"),
      ])
    #expect(troubles.allSatisfy { $0.cause != nil && $0.kind.problem != nil })
    #expect(bench.world.recordCount(of: "Row") == 0)
    #expect(bench.world.parked.map(\.reason) == ["bad", "late"])
  }
}
