import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Forks as a person makes them, and as a later session makes them again.
@Suite struct ForkRecipeTests {
  private static let story = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
  ]

  private func session(_ lines: [String] = story) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  /// All that a branch shows.
  private func contents(_ session: Session, of branch: String) throws -> String {
    var session = session
    try session.switchTo(branch)
    let views = try ["journal", "events", "sagas", "views", "timers", "marks"].map { verb in
      "\(try #require(session.run(verb).output))"
    }
    return "\(session.head.clock) \(session.isHeld) \(session.cursor)\n"
      + views.joined(separator: "\n")
  }

  // MARK: - Verbs

  @Test func `fork leaves where the person looks and is used, and switch goes back`() throws {
    var session = try session()
    _ = session.run("goto #3")
    let reply = session.run("fork late-pay")
    #expect(
      reply.message
        == "fork late-pay left main at #3.2, and main is untouched; switch main goes back")
    #expect(session.forkInUse == "late-pay" && session.head.log.count == 3)
    #expect(session.run("do CapturePayment paymentId=pay-1").problem == nil)
    let listed = try #require(session.run("forks").output?.array)
    #expect(listed.map { $0["branch"].string } == ["main", "late-pay"])
    #expect(listed[1]["left"] == "#3.2" && listed[1]["inUse"] == true)
    #expect(session.run("switch main").message.hasPrefix("main, at #3.2"))
    #expect(session.run("discard late-pay").problem == nil)
    #expect(session.run("switch late-pay").problem?.message.contains("There is no branch") == true)
    #expect(session.run("forks").message == "there is no fork; fork NAME makes one")
  }

  @Test(arguments: [
    "do PlaceOrder customer=c total:=1; fork f", "fork f; hold", "switch main; live",
  ])
  func `a verb about branches is a line of its own, and else nothing is done`(line: String) throws {
    var session = try session()
    let before = (session.timeline.last, session.tape.count)
    #expect(session.run(line).problem?.message.contains("a line of their own") == true)
    #expect((session.timeline.last, session.tape.count) == before && session.forkInUse == nil)
  }

  @Test func `using a shorter branch adds nothing to the tape or the store of main`() throws {
    var made: MemoryJournalStore?
    var session = try Session(.shop) { world in
      let store = MemoryJournalStore(startingWith: world)
      made = store
      return store
    }
    for line in Self.story { _ = session.run(line) }
    let (last, lines) = (try #require(made).last, session.tape)
    for line in ["fork f #1", "switch main", "fork g", "do DeclinePayment paymentId=pay-1"] {
      _ = session.run(line)
    }
    for line in ["switch f", "switch main", "discard g"] {
      #expect(session.run(line).problem == nil, "\(line)")
    }
    #expect(session.tape == lines && made?.last == last)
    #expect(made?.lines.map(\.line) == lines)
  }

  @Test func `the names of branches are completed where one is to be named`() throws {
    var session = try session()
    _ = session.run("fork late-pay")
    let source = SessionCompletion(session.moment, branches: session.notice().branches)
    func found(_ line: String) -> [String] {
      Completion.complete(line, caret: line.count, source: source).candidates.map(\.text)
    }
    #expect(found("switch ") == ["main", "late-pay"] && found("discard ") == ["late-pay"])
  }

  @Test func `time that fires a timer at its very moment is part of the tape`() throws {
    var session = try session([Self.story[0]])
    session.pass(until: try #require(session.nextTimer).due)
    _ = session.run("hold")
    _ = session.run("do PlaceOrder customer=c-1 total:=1")
    var again = try Session(.shop)
    for line in session.tape { #expect(again.run(line).problem == nil, "\(line)") }
    #expect(again.run("events").output == session.run("events").output)
    #expect(again.run("queue").output == session.run("queue").output)
  }

  // MARK: - Again

  @Test func `a fork is made again as it was, with the time that passed by itself`() throws {
    var session = try session()
    _ = session.run("fork late-pay #3")
    _ = session.run("release")
    session.pass(until: session.head.clock + .seconds(5))
    _ = session.run("do CapturePayment paymentId=pay-1; mark paid")
    session.pass(until: session.head.clock + .hours(30))
    _ = session.run("do PlaceOrder customer=c-7 total:=5")
    _ = session.run("do Nonsense")
    _ = session.run("goto #2")
    _ = session.run("fork deeper #4")
    _ = session.run("clock +1d")
    session.pass(until: session.head.clock + .seconds(7))
    var other = try self.session()
    #expect(session.recipes.compactMap { other.remake($0) } == [])
    for branch in ["main", "late-pay", "deeper"] {
      #expect(try contents(other, of: branch) == contents(session, of: branch), "\(branch)")
    }
    #expect(other.forkInUse == nil && other.recipes == session.recipes)
  }

  @Test func `what waited in a fork waits again`() throws {
    var session = try session(Self.story + ["hold", "do PlaceOrder customer=c-1 total:=9"])
    _ = session.run("fork held")
    _ = session.run("release 2")
    var other = try self.session(Self.story + ["hold", "do PlaceOrder customer=c-1 total:=9"])
    _ = other.run("release")
    #expect(session.recipes.compactMap { other.remake($0) } == [])
    #expect(try contents(other, of: "held") == contents(session, of: "held"))
  }

  @Test func `a fork whose moment is gone is kept as it is, until it is discarded`() throws {
    var session = try session()
    _ = session.run("fork a")
    _ = session.run("clock +1h")
    _ = session.run("fork b")
    let recipes = session.recipes
    var other = try self.session([Self.story[0]])
    #expect(
      recipes.compactMap { other.remake($0) } == [
        "The fork a cannot be made again: main has no moment \(recipes[0].origin) any more.",
        "The fork b cannot be made again: There is no branch \"a\"; there is main.",
      ])
    #expect(other.recipes == recipes && other.branches.map(\.name) == ["main"])
    #expect(other.run("discard a").problem == nil)
    #expect(other.recipes.map(\.name) == ["b"])
    #expect(other.run("fork b #1").problem == nil)
    #expect(other.recipes.count == 1 && other.recipes[0].parent == "main")
  }

  @Test func `a fork that is not what it was says so`() throws {
    var session = try session()
    _ = session.run("fork a")
    _ = session.run("clock +1h")
    let made = session.recipes[0]
    let other = ForkRecipe(
      made.name, leaving: made.parent, at: made.origin, beganHeld: made.beganHeld, made.parts,
      entries: made.entries + 1)
    var again = try self.session()
    #expect(
      again.remake(other)
        == "The fork a is not what it was: its lines give \(made.entries) entries now, not "
        + "\(made.entries + 1). Its lines are kept; discard a gives it up.")
    #expect(again.recipes == [other] && again.branches.map(\.name) == ["main"])
  }

  @Test func `the lines of a recipe act in the fork alone`() throws {
    var session = try session()
    _ = session.run("fork a")
    _ = session.run("clock +1h")
    let made = session.recipes[0]
    let other = ForkRecipe(
      made.name, leaving: made.parent, at: made.origin, beganHeld: made.beganHeld,
      [.line("switch main"), .line("clock +2h")], entries: made.entries)
    var again = try self.session()
    let count = again.moment.timeline.count
    #expect(again.remake(other)?.contains("its line 1 leads out of it") == true)
    #expect(again.moment.timeline.count == count && again.branches.map(\.name) == ["main"])
    #expect(again.recipes == [other])
  }

  @Test func `making a fork again can be ended, and nothing of it is lost`() throws {
    var session = try session()
    _ = session.run("fork a")
    _ = session.run("clock +1h")
    _ = session.run("clock +1h")
    var again = try self.session()
    again.watch = WorkWatch(asking: { _ in false })
    #expect(
      again.remake(session.recipes[0])
        == "The fork a was not made again, because you ended that.")
    #expect(again.recipes == session.recipes && again.branches.count == 1)
  }

  @Test func `a fork made again has the marks that it had, whatever was named since`() throws {
    var session = try session()
    _ = session.run("mark before")
    _ = session.run("fork a")
    _ = session.run("clock +1h")
    _ = session.run("mark own")
    _ = session.run("unmark before")
    try session.switchTo("main")
    _ = session.run("mark later")
    var again = try self.session()
    _ = again.run("mark later")
    #expect(again.remake(session.recipes[0]) == nil)
    try again.switchTo("a")
    #expect(again.marks.all.map(\.name) == ["own"])
  }

  @Test(arguments: seeds(12))
  func `forks of forks with any lines are made again as they were`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var made: MemoryJournalStore?
    var session = try Session(.shop) { world in
      let store = MemoryJournalStore(startingWith: world)
      made = store
      return store
    }
    for line in Self.story { #expect(session.run(line).problem == nil, "\(line)") }
    var log: [String] = []
    func run(_ line: String) {
      log.append("\(session.run(line).problem == nil ? "" : "refused: ")\(line)")
    }
    for number in 0..<30 {
      switch random.below(8) {
      case 0: run("fork f\(number)")
      case 1: run("switch \(random.pick(session.branches.map(\.name)))")
      case 2: run("goto \(random.pick(["#2", "50%", "start", "live"]))")
      case 3:
        let instant = session.head.clock + .seconds(Int64(random.number(1...4_000)))
        session.pass(until: instant)
        log.append("until \(instant)")
      case 4: run(random.pick(["hold", "release", "live", "mark m\(number)"]))
      default:
        guard session.forkInUse != nil else { continue }
        run(
          random.pick([
            "do PlaceOrder customer=c-\(number) total:=\(number)", "clock +\(number)m",
            "do DeclinePayment paymentId=pay-2", "do CapturePayment paymentId=pay-1", "do Nothing",
          ]))
      }
    }
    try session.switchTo("main")
    var again = try Session(.shop, resuming: try #require(made))
    let steps = log.joined(separator: "; ")
    #expect(session.recipes.compactMap { again.remake($0) } == [], "\(steps)")
    for branch in session.branches.map(\.name) where branch != "main" {
      let (found, wanted) = (try contents(again, of: branch), try contents(session, of: branch))
      #expect(found == wanted, "\(branch), \(steps)")
    }
  }
}
