import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct WatchTests {
  static let account = AggregateRoot(
    "acc", stream: "acc",
    reducers: [
      "Dep": { state, event in
        let sum = (state["balance"].integer ?? 0) + (event.data["sum"].integer ?? 0)
        state["balance"] = .int(sum)
      }
    ])

  static func app() throws -> (Eventicle, HandlerLog) {
    let app = try Eventicle(Domain("bank", aggregates: [account]))
    try app.eventClient.emit([new("Dep", of: "A1", ["sum": 10])], to: "acc")
    return (app, HandlerLog())
  }

  static func ms(_ count: Int) -> Interval { Interval(milliseconds: Int64(count)) }

  @Test func `a condition that already holds is reported at once`() throws {
    let (app, notes) = try Self.app()
    app.watch(Self.account, "A1", timeout: Self.ms(500), until: { $0?["balance"] == 10 }) {
      notes.note("\($0)")
    }
    #expect(notes.lines.count == 1)
  }

  @Test func `a condition that comes to hold is reported with the state`() throws {
    let (app, notes) = try Self.app()
    app.watch(
      Self.account, "A1", timeout: Self.ms(500), until: { $0?["balance"].integer ?? 0 > 100 }
    ) { notes.note((try? $0.get())?["balance"].description ?? "failed") }
    try app.advance(by: Self.ms(50))
    #expect(notes.lines.isEmpty)
    try app.eventClient.emit([new("Dep", of: "A1", ["sum": 500])], to: "acc")
    #expect(notes.lines == ["510"])
    try app.advance(by: Self.ms(500))
    #expect(notes.lines == ["510"])
  }

  @Test func `a condition that never holds times out at its moment, once`() throws {
    let (app, notes) = try Self.app()
    app.watch(Self.account, "A1", timeout: Self.ms(50), until: { _ in false }) {
      notes.note("\($0)")
    }
    try app.advance(by: Self.ms(49))
    #expect(notes.lines.isEmpty)
    try app.advance(by: Self.ms(1))
    #expect(notes.lines.count == 1)
    #expect(
      notes.lines[0].contains(
        "acc/A1 was to reach a state within the timeout of 50ms, but at 2026-01-01T09:00:00.050Z it "
          + "is at version 1 and has not; wait longer, or look for the event that is missing."))
    try app.advance(by: Self.ms(100))
    #expect(notes.lines.count == 1)
  }

  @Test func `a wait can be cancelled, and ends when its condition throws`() throws {
    let (app, notes) = try Self.app()
    let wait = app.watch(Self.account, "A1", timeout: Self.ms(50), until: { _ in false }) { _ in
      notes.note("told")
    }
    wait.cancel()
    try app.advance(by: Self.ms(60))
    #expect(notes.lines.isEmpty)
    app.watch(Self.account, "A1", timeout: Self.ms(50), until: { _ in throw Rejection("broken") }) {
      notes.note("\($0)")
    }
    #expect(notes.lines.count == 1)
    #expect(notes.lines[0].contains("broken"))
  }
}
