import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Places that are told by what is around them, and places with a name.
@Suite struct PlaceTests {
  private static func shop() throws -> Session {
    var session = try Session(.shop)
    for line in ["do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1"] {
      #expect(session.run(line).problem == nil)
    }
    return session
  }

  @Test func `a number with a sign goes so many events on or back`() throws {
    // given
    var session = try Self.shop()
    _ = session.run("goto #3")
    // Events of one step share their moment, so that this may be the moment of a later one.
    let here = session.timeline.lastEvent(at: session.cursor).number
    // when
    #expect(session.run("goto #-2").problem == nil)
    // then
    let back = session.timeline.lastEvent(at: session.cursor).number
    #expect(session.cursor == session.timeline.cursor(after: Position(here - 2)))
    #expect(session.run("+2").problem == nil)
    let place = session.cursor
    #expect(place == session.timeline.cursor(after: Position(back + 2)))
    let refused = try #require(session.run("goto #-9").problem)
    let count = session.timeline.lastEvent(at: place).number
    #expect(refused.message == "There are \(count) events before this, not 9.")
    #expect(refused.column == 6)
    #expect(session.cursor == place)
  }

  @Test func `entries back always arrive at an earlier moment`() throws {
    var session = try Self.shop()
    while session.cursor.entry.number > 0 {
      let before = session.cursor
      #expect(session.run("j-1").problem == nil)
      #expect(session.cursor.entry < before.entry)
      #expect(session.cursor == session.timeline.moment(of: session.cursor.entry))
    }
  }

  @Test func `the newest event of a type is gone to, and an unknown type refused`() throws {
    var session = try Self.shop()
    #expect(session.run("goto last PaymentReq*").problem == nil)
    let position = session.timeline.lastEvent(at: session.cursor)
    #expect(session.head.log.event(at: position)?.type == "PaymentRequested")
    let refused = try #require(session.run("goto last OrderCreatd").problem)
    #expect(refused.message.contains("did you mean \"OrderCreated\""))
    #expect(refused.column == 6)
  }

  @Test func `a bare time is a position, alone and after goto, in a tape as well`() throws {
    var session = try Self.shop()
    _ = session.run("clock +1h")
    for line in ["09:30", "goto 09:30", "goto @09:30"] {
      #expect(session.run("live").problem == nil)
      #expect(session.run(line, comments: true).problem == nil, "\(line)")
      #expect(!session.isAtHead, "\(line)")
    }
    #expect(session.run("#-1 # one back", comments: true).problem == nil)
  }

  @Test func `a mark is gone to, listed, completed and forgotten`() throws {
    // given
    var session = try Self.shop()
    _ = session.run("goto #2")
    let place = session.cursor
    // when
    #expect(session.run("mark 'before lunch'; live").problem == nil)
    // then
    #expect(session.run("goto mark:before\\ lunch").problem == nil)
    #expect(session.cursor == place)
    #expect(session.run("marks").output?.array?.first?["mark"] == "before lunch")
    let source = SessionCompletion(session.moment, marks: session.marks)
    let found = Completion.complete("goto mark:", caret: 10, source: source)
    #expect(found.candidates.map(\.text) == ["mark:\"before lunch\""])
    #expect(session.run("goto \(found.candidates[0].text)").problem == nil)
    #expect(session.run("unmark 'before lunch'").problem == nil)
    #expect(session.run("goto mark:before\\ lunch").problem != nil)
    #expect(session.run("unmark nothing").problem?.message.contains("There is no mark") == true)
  }

  @Test func `the name of a mark alone is a place, where it means nothing else`() throws {
    // given
    var session = try Self.shop()
    _ = session.run("goto #2")
    let place = session.cursor
    // when
    #expect(session.run("mark here").message == "here is #2.2; goto here comes back")
    #expect(session.run("mark start; live").problem == nil)
    #expect(session.run("mark 2nd #1").message == "2nd is #2.2; goto mark:2nd comes back")
    // then
    #expect(session.run("goto here").problem == nil)
    #expect(session.cursor == place)
    #expect(session.run("goto start").problem == nil)
    #expect(session.cursor.entry.number == 0)
    let problem = session.run("goto heree").problem
    #expect(
      problem?.message.hasPrefix("\"heree\" is not a position; did you mean \"here\"?") == true)
    #expect(problem?.message.contains("mark:NAME") == true && problem?.column == 6)
  }

  @Test func `a tape gives the same marks again, wherever they were given`() throws {
    // given
    var session = try Self.shop()
    _ = session.run("mark end-of-day")
    _ = session.run("goto #2; mark early")
    _ = session.run("mark gone; unmark gone; live")
    // when
    let tape = SessionFile.tape(of: session)
    var again = try Session(.shop)
    for line in try TapeLine.lines(of: tape) {
      #expect(again.run(line.text, comments: true).problem == nil, "\(line.text)")
    }
    // then
    #expect(again.marks == session.marks)
    #expect(again.marks.all.map(\.name) == ["early", "end-of-day"])
  }

  @Test func `a stored session knows its marks when it is opened again`() throws {
    var store: MemoryJournalStore?
    var session = try Session(
      .shop,
      storingIn: { world in
        let made = MemoryJournalStore(startingWith: world)
        store = made
        return made
      })
    _ = session.run("do PlaceOrder customer=c-19 total:=59; mark placed")
    _ = session.run("goto #1; mark first")
    let opened = try Session(.shop, resuming: try #require(store))
    #expect(opened.marks == session.marks)
    #expect(opened.marks.all.map(\.name) == ["first", "placed"])
  }
}
