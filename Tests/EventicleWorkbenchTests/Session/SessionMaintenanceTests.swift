import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct SessionMaintenanceTests {
  let book = HandlerLog()

  static func domain(_ book: HandlerLog) -> Domain {
    Domain(
      "test",
      views: [
        EventView(
          "Sums", streams: ["orders"],
          onAny: { event, tx in
            guard let amount = event.data["amount"].integer else {
              throw Rejection("amount must be a whole number")
            }
            try tx.change("Sums", event.key) { $0["sum"] = .int(($0["sum"].integer ?? 0) + amount) }
          })
      ],
      adapters: [
        EventAdapter(
          "Mail", streams: ["orders"],
          onAny: {
            book.note($0)
            _ = $1
          })
      ])
  }

  func session(_ lines: String...) throws -> Session {
    var session = try Session(Self.domain(book))
    for line in lines {
      let reply = session.run(line)
      #expect(reply.problem == nil, "\(line): \(reply.problem?.message ?? "")")
    }
    return session
  }

  @Test func `groups show their position, lag and status`() throws {
    var session = try session(
      "emit orders T a amount:=1 id:e1", "group pause adapter-Mail",
      "emit orders T a amount:=2 id:e2", "emit orders T b amount=x id:e3")
    let reply = session.run("groups")
    let groups = try #require(reply.output?.array)
    #expect(groups.map { $0["group"] } == ["view-Sums", "adapter-Mail"])
    #expect(groups.map { $0["position"] } == [3, 1])
    #expect(groups.map { $0["lag"] } == [0, 2])
    #expect(groups.map { $0["status"] } == ["live", "paused"])
    #expect(groups.map { $0["degraded"] } == [true, false])
    #expect(groups.map { $0["parked"] } == [1, 0])
    #expect(reply.message == "2 groups: 1 behind, 1 degraded")
    #expect(reply.journal == nil)
    _ = session.run("group resume adapter-Mail")
    #expect(book.lines == ["e1", "e2", "e3"])
  }

  @Test func `a group moves to a position, and the tape repeats it`() throws {
    var session = try session(
      "emit orders T a amount:=1 id:e1", "emit orders T a amount:=2 id:e2")
    #expect(session.run("group move adapter-Mail #1").message == "adapter-Mail is live, at #2")
    #expect(book.lines == ["e1", "e2", "e2"])
    _ = session.run("group move adapter-Mail start")
    #expect(book.lines.suffix(2) == ["e1", "e2"])
    _ = session.run("group move adapter-Mail j1")
    #expect(book.lines.count == 6)
    #expect(session.tape.count == 5)
    var again = try Session(Self.domain(HandlerLog()))
    for line in session.tape { _ = again.run(line) }
    #expect(again.timeline.count == session.timeline.count)
    #expect(session.run("group pause adapter-Mail").message == "adapter-Mail is paused, at #2")
    let repeated = session.run("group pause adapter-Mail")
    #expect(repeated.message == "adapter-Mail is already paused, at #2")
    #expect(repeated.journal == nil)
  }

  @Test func `parked deliveries are listed, edited, retried and dropped`() throws {
    var session = try session(
      "emit orders T a amount=x note=n", "emit orders T b amount=y", "emit orders T c amount=z")
    let list = session.run("parked")
    #expect(list.output?.array?.map { $0["parked"] } == [1, 2, 3])
    #expect(list.message.hasPrefix("3 parked: 1 amount must be"))
    #expect(
      session.run("redrive 1").problem?.message
        == "What is parked under 1, for the view Sums, failed again and stays parked: "
        + "amount must be a whole number.")
    #expect(session.run("parked 1").output?["attempts"] == 2)
    let edited = session.run("edit 1 amount:=4")
    #expect(edited.output?["data"] == ["amount": 4, "note": "n"])
    #expect(edited.output?["edited"] == true)
    #expect(session.run("edit 1").output?["edited"] == false)
    #expect(session.run("redrive 1 amount:=5").problem == nil)
    #expect(session.head.record(RecordKey("Sums", "a"))?.content == ["sum": 5])
    #expect(session.run("drop 2").problem == nil)
    #expect(session.head.parked.map(\.number) == [3])
    let gone = session.run("redrive 1")
    #expect(gone.problem?.message == "Nothing is parked under 1; there is 3.")
    #expect(gone.problem?.column == 9)
    #expect(session.run("redrive 3 amount=").problem != nil)
    #expect(session.run("drop 3").problem == nil)
    #expect(session.run("parked").message == "nothing is parked")
    #expect(session.tape.count == 10)
  }

  @Test func `a view is rebuilt and compared, then swapped in one reversible entry`() throws {
    var session = try session(
      "emit orders T a amount:=1", "emit orders T b amount=x", "retain orders 5")
    let same = session.run("rebuild Sums")
    #expect(same.output?["equal"] == 1)
    #expect(same.output?["failures"].array?.count == 1)
    #expect(same.message.contains("1 events fail"))
    #expect(same.journal == nil)
    // Trimming removes the first event from the view's input.
    #expect(session.run("retain orders 1").message == "1 event of orders is handed out")
    #expect(session.run("rebuild Sums").output?["extra"].array?.count == 1)
    _ = session.run("drop 1")
    let count = session.timeline.count
    let refused = session.run("rebuild Sums swap")
    #expect(
      refused.problem?.message.hasPrefix("1 of the events that Sums is made of is not") == true)
    #expect(refused.message == "Sums keeps its rows; rebuild Sums swap anyway replaces them")
    #expect(refused.journal == nil && session.head.recordCount(of: "Sums") == 1)
    let swapped = session.run("rebuild Sums swap anyway")
    #expect(swapped.journal == (count + 1)...(count + 1))
    #expect(session.head.recordCount(of: "Sums") == 0)
    #expect(session.head.parked.count == 1)
    _ = session.run("back 1 entry")
    #expect(session.shown.recordCount(of: "Sums") == 1)
  }

  @Test func `metrics are shown as JSON and as a sentence`() throws {
    var session = try session("emit orders T a amount:=1", "emit orders T b amount=x")
    let reply = session.run("metrics")
    #expect(reply.output?["view-latency"]["view-Sums"] == ["latest": 0, "T": 0])
    #expect(reply.output?["consumers"]["view-Sums"]["failed"] == 1)
    #expect(
      reply.message
        == "0 commands done, 0 refused · 2 events · 3 handled, half of them within 0ms, 1 failed")
    #expect(reply.journal == nil)
  }

  @Test(arguments: [
    ("group pause nobody", 13, "There is no group \"nobody\""),
    ("group pause view-Sum", 13, "did you mean \"view-Sums\"?"),
    ("group move view-Sums #9", 22, "There is no event #9"),
    ("drop 7", 6, "Nothing is parked under 7; nothing is parked."),
    ("edit 7 a=1", 6, "Nothing is parked under 7"), ("parked 7", 8, "Nothing is parked"),
    ("rebuild Sum", 9, "did you mean \"Sums\"?"), ("retain order 3", 8, "did you mean \"orders\"?"),
  ])
  func `an unknown name is reported at its column`(
    line: String, column: Int, part: String
  ) throws {
    var session = try session("emit orders T a amount:=1")
    let reply = session.run(line)
    let problem = try #require(reply.problem, "\(line) was accepted")
    #expect(problem.column == column, "\(problem)")
    #expect(problem.message.contains(part), "\(problem.message)")
    #expect(reply.journal == nil)
  }

  @Test func `completion offers groups, parked deliveries and views`() throws {
    let session = try session("emit orders T a amount=x")
    let source = session.moment.completions()
    func texts(_ line: String) -> [String] {
      Completion.complete(line, caret: line.count, source: source).candidates.map(\.text)
    }
    #expect(texts("group ") == ["pause", "resume", "move"])
    #expect(texts("group pause v") == ["view-Sums"])
    #expect(texts("group pause view-Sums ").isEmpty)
    #expect(texts("group move view-Sums s") == ["start"])
    #expect(texts("redrive ") == ["1"])
    #expect(texts("parked ") == ["1"])
    #expect(texts("rebuild ") == ["Sums"])
    #expect(texts("rebuild Sums ") == ["swap"])
    #expect(texts("retain o") == ["orders"])
  }
}
