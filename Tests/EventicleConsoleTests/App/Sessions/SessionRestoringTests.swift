import EventicleSamples
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleCore
@testable import EventicleWorkbench

/// What a person left in a session, and what the console shows when it is opened again.
@Suite struct SessionRestoringTests {
  private static let story = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
    "do PlaceOrder customer=c-7 total:=20",
  ]

  private static let session = Result {
    var session = try Session(.shop)
    for line in story { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private func pilot(_ columns: Int = 120) throws -> ConsolePilot {
    ConsolePilot(try Self.session.get(), columns: columns, rows: 40)
  }

  /// What is kept of a console.
  private func kept(_ pilot: ConsolePilot) throws -> KeptSession {
    var kept = KeptSession()
    kept.take(pilot.workbench.session)
    kept.look = pilot.model.look
    return try KeptSession(kept.bytes(of: "h"), of: "h")
  }

  /// Another console on the same main, with what was kept made again.
  private func again(_ kept: KeptSession, columns: Int = 120) throws -> ConsolePilot {
    let again = try pilot(columns)
    again.workbench.add(.restore(SessionKeeper.Opened(kept: kept), SessionKeeper(folder: "/none")))
    return again
  }

  @Test(arguments: [
    "1", "5 f", "3 ]", "+ 4", "5 d", "4 ] k", "gs", ":sagas<Enter>", ":view OrderBoard<Enter>",
    ":agg Order/order-2 @v1<Enter>", ":filter type:Payment*<Enter>",
    ":filter type:Payment*<Enter> za",
    "/ order-2 <Enter>", "/ order-2 <Tab> <Enter>", ", , ,", ":goto #2 <Enter>", "<Space>",
    ":fork late #3<Enter>",
    ":fork late #3<Enter> :release<Enter> :do CapturePayment paymentId=pay-1<Enter> ,",
    ":fork a<Enter> :clock +1h<Enter> :switch main<Enter> , 3", "1 j j za", "%",
  ])
  func `the screen is the same again`(keys: String) throws {
    let before = try pilot().press(keys.replacing("<Enter>", with: " <Enter>"))
    let after = try again(try kept(before))
    // The list's place and the message are not kept.
    #expect(after.model.look == before.model.look, "\(keys)")
    #expect(after.model.moment.cursor == before.model.moment.cursor)
    #expect(after.model.fork == before.model.fork && after.model.isHeld == before.model.isHeld)
    #expect(after.model.tail.find?.text == before.model.tail.find?.text)
    #expect(after.model.tail.find?.hits.entries == before.model.tail.find?.hits.entries)
    #expect(after.lines[0] == before.lines[0])
    #expect(after.workbench.session.recipes == before.workbench.session.recipes)
  }

  @Test func `a message says what is not as in a new console`() throws {
    let before = try pilot().press(
      ":fork late #3 <Enter> :switch main <Enter> / id:order-1 <Tab> <Enter>")
    let after = try again(try kept(before))
    #expect(
      after.model.message?.text
        == "as you left it: at \(before.model.moment.name.position)."
        + "\(before.model.moment.name.steps), L goes live · only id:order-1 · 1 fork")
    #expect(try again(try kept(pilot())).model.message == (try pilot()).model.message)
  }

  @Test func `what is gone is said, and the rest is there`() throws {
    var kept = try kept(try pilot().press(":fork late #3 <Enter> :switch main <Enter>"))
    kept.place = MomentName(Position(99))
    kept.look.find = "type:("
    kept.look.subjects = [.saga(SagaKey("Gone", "x")), .view("Gone"), .aggregates("Gone")]
    kept.forks.append(
      ForkRecipe("other", leaving: "gone", at: MomentName(Position(1)), [], entries: 1))
    let after = try again(kept)
    #expect(after.model.message?.kind == .warning)
    #expect(
      after.model.message?.text
        == "The fork other cannot be made again: There is no branch \"gone\"; there are main, late. "
        + "There is no moment #99 any more.")
    #expect(after.model.moment.isAtHead && after.model.tail.find == nil)
    #expect(after.workbench.session.branches.map(\.name) == ["main", "late"])
  }

  @Test func `lines of a fork are not unsaved while the session is kept`() throws {
    let pilot = try pilot()
    let unsaved = pilot.model.unsavedLines
    pilot.workbench.add(.restore(SessionKeeper.Opened(), SessionKeeper(folder: "/none")))
    try pilot.type("fork late").type("clock +1h")
    #expect(pilot.model.unsavedLines == unsaved)
  }

  @Test func `in the past of a long record the row and the subjects come with the rows`() throws {
    var session = try Session(.shop)
    for line in ["do PlaceOrder customer=c-1 total:=5", "emit notes Noted n-1 --count 4500"] {
      #expect(session.run(line).problem == nil)
    }
    let before = ConsolePilot(session, columns: 120, rows: 40)
    before.workbench.run(line: "agg Order/order-1")
    before.workbench.run(line: "goto #4400")
    let after = ConsolePilot(session, columns: 120, rows: 40)
    #expect(before.model.tail.count > TailRows.Budget.atOnce.entries)
    let opened = SessionKeeper.Opened(kept: try kept(before))
    after.workbench.add(.restore(opened, SessionKeeper(folder: "/none")))
    #expect(after.model.selectedPosition == Position(4_400))
    #expect(after.model.state.subject == .instance(AggregateKey("Order", "order-1")))
  }
}
