import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// What a domain says of the tone of its events wins over the words of their names, everywhere.
@Suite struct ToneTests {
  private static let words = ["Opened", "Jammed", "Released", "Undone", "Failed"]

  private static func becoming(_ word: String) -> AggregateRoot.Reducer {
    { state, _ in state["status"] = .string(word.lowercased()) }
  }

  private static let job = AggregateRoot(
    "Job", stream: "jobs",
    reducers: Dictionary(
      uniqueKeysWithValues: words.map { (EventType("Job\($0)"), becoming($0)) }))

  private static func domain(_ events: [EventDeclaration]) -> Domain {
    Domain("press") {
      job
      events
    }
  }

  private static let said = [
    EventDeclaration("JobJammed", tone: .badNews), EventDeclaration("JobReleased", tone: .plain),
    EventDeclaration("JobOpened", tone: .takenBack), EventDeclaration("JobUndone"),
  ]

  private func pilot(_ events: [EventDeclaration]) throws -> ConsolePilot {
    let pilot = try ConsolePilot(columns: 120, rows: 40, domain: Self.domain(events))
    for word in Self.words {
      pilot.run("emit jobs Job\(word) job-1")
    }
    return pilot
  }

  private func marks(_ pilot: ConsolePilot) throws -> [Character] {
    try Self.words.map { word in
      let line = try #require(
        pilot.lines.first { $0.contains("Job\(word) ") && $0.contains("jobs") })
      let place = try #require(line.firstRange(of: "Job\(word)"))
      return line[line.index(before: place.lowerBound)]
    }
  }

  @Test func `the last word of a name tells, and what the domain says wins`() throws {
    #expect(try marks(pilot([])) == [" ", " ", "↶", "↶", "▼"])
    #expect(try marks(pilot(Self.said)) == ["↶", "▼", " ", "↶", "▼"])
  }

  @Test func `the scrubber, Explore and the map say the same as the row`() throws {
    let pilot = try pilot(Self.said).run("emit jobs JobJammed job-1")
    let marks = pilot.model.tail.rows.marks
    #expect(marks[.bad].count == 3 && marks[.undone].count == 2)
    try pilot.press("8 f")
    #expect(pilot.text.contains("▼ jammed"))
    try pilot.press("7")
    #expect(pilot.text.contains("job-1 ▼ jammed"))
    pilot.run("emit jobs JobReleased job-1")
    #expect(pilot.text.contains("job-1 released"))
  }

  @Test func `a state takes the tone of the event whose name ends in it`() {
    let domain = Self.domain(Self.said)
    #expect(Severity(state: "jammed", in: domain) == .bad)
    #expect(Severity(state: "released", in: domain) == nil)
    #expect(Severity(state: "failed", in: domain) == .bad)
    #expect(Severity(state: "", in: domain) == nil)
    #expect(Severity(state: "onHold", in: Self.domain([])) == .bad)
    let dotted = Self.domain([EventDeclaration("order.on-hold", tone: .plain)])
    #expect(Severity(state: "onHold", in: dotted) == nil)
  }

  @Test func `ge goes to failures and refusals, and to bad news only when all is well`() throws {
    let pilot = try pilot(Self.said).press("gg ge")
    #expect(pilot.model.selectedPosition == Position(2))
    #expect(try pilot.press("ge").model.selectedPosition == Position(4))
    let shop = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.trouble)
    let trouble = try shop.press("gg ge").model.selectedEntry
    #expect(trouble.flatMap { shop.model.moment.timeline.entry($0)?.kind.problem } != nil)
    let quiet = try ConsolePilot().run("do PlaceOrder customer=c-1 total:=5").press("ge")
    #expect(quiet.model.message?.text == "nothing went wrong")
  }

  @Test func `the list of sagas marks a state that is bad news`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders)
    #expect(try pilot.press("4 ]").text.contains("■ ▼failed"))
  }

  @Test func `a type that is spoken of twice is a fault of the declarations`() {
    let events = [EventDeclaration("A", tone: .plain), EventDeclaration("A")]
    #expect(Domain("t", events: events).problems == [.declaredTwice(kind: "event", name: "A")])
  }
}
