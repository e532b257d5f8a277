import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

struct HeaderBarTests {
  private func header(_ model: Model, _ columns: Int) -> String {
    Stage.draw(columns: columns, rows: 1) { rect, canvas, meter in
      HeaderBar.draw(model, in: rect, on: &canvas, &meter)
    }.rows[0]
  }

  @Test func `the header names the domain, the time word, the moment and what is wrong`() throws {
    let model = try Stage.model()
    let line = header(model, 80)
    #expect(line.hasPrefix(" shop memory   LIVE   #14.2  09:00:30"))
    #expect(line.hasSuffix("  all well  ? "))
    var wide = model
    wide.size = Size(columns: 140, rows: 40)
    #expect(header(wide, 140).contains("2026-01-01 09:00:30"))
  }

  @Test func `the header says what comes next`() throws {
    var session = try Stage.session(Array(Stage.flow.prefix(2)))
    var model = Stage.model(session, columns: 140)
    #expect(header(model, 140).contains("next: retry in 30s"))
    model.liveClock = Instant.standardStart + .seconds(5)
    #expect(header(model, 140).contains("next: retry in 25s"))
    _ = session.run("hold")
    _ = session.run("do PlaceOrder customer=c-20 total:=5")
    let held = Stage.model(session, columns: 140)
    #expect(header(held, 140).contains("queue 4: next is #6 → V OrderBoard"))
    #expect(header(held, 140).contains("next timer: retry in"))
    #expect(header(Stage.model(try Stage.session([])), 80).contains("nothing has happened yet"))
  }

  @Test(arguments: [25, 40, 60, 80, 200])
  func `the time word and what is wrong are never cut`(columns: Int) throws {
    var session = try Stage.session(Stage.flow + ["do CancelOrder orderId=order-1 reason=late"])
    var model = Stage.model(session, columns: columns)
    model.storeName = "a-very-long-store-name"
    for word in ["LIVE", "HELD", "PAST"] {
      model.isHeld = word == "HELD"
      let line = header(model, columns)
      #expect(line.contains(word) || word == "PAST")
      #expect(line.contains("! 1 refused"), "\(line)")
    }
    _ = session.run("goto #2")
    model.moment = session.moment
    #expect(header(model, columns).contains("PAST") && header(model, columns).contains("all well"))
    #expect(columns < 60 || header(model, columns).contains("12 events later"))
  }

  @Test(arguments: [25, 40, 60, 80, 200])
  func `what the file allows stands behind its name`(columns: Int) throws {
    let session = try Stage.session()
    var model = Stage.model(session, columns: columns)
    let damage = StoreDamage(
      whole: JournalIndex(8), events: 5, untrusted: 2, reason: "a step is not whole")
    let standings: [(StoreNotice.Standing, String, String)] = [
      (.following(StoreHolder(process: 4711, since: "09:14")), "READ ONLY pid 4711", "all well"),
      (.reading, "READ ONLY", "all well"), (.damaged(damage), "READ ONLY", "✗ damaged"),
      (.gone, "READ ONLY", "✗ file gone"), (.failed, "READ ONLY", "✗ write failed"),
      (.unread, "READ ONLY", "✗ read failed"), (.tablesDamaged, "READ ONLY", "✗ tables damaged"),
    ]
    for (standing, word, trouble) in standings {
      model.store = StoreNotice(standing, path: "shop.eventicle", refusal: "no")
      let line = header(model, columns)
      #expect(columns < 60 || line.contains(word), "\(line)")
      #expect(columns < 40 || line.contains(trouble), "\(line)")
    }
  }

  @Test func `how long a commit may wait is said where it may`() throws {
    var model = try Stage.model()
    model.store = StoreNotice(.writing, path: "shop.eventicle", syncWindow: .milliseconds(50))
    #expect(header(model, 100).contains(" LIVE ") && header(model, 100).contains("sync ≤50ms"))
    model.store = StoreNotice(.writing, path: "shop.eventicle")
    #expect(!header(model, 200).contains("sync"))
  }

  @Test func `the header fits any width`() throws {
    let model = try Stage.model()
    for columns in 0...60 { #expect(header(model, columns).count == columns) }
  }

  @Test func `tabs keep their numbers when their names do not fit`() throws {
    let model = try Stage.model()
    func tabs(_ columns: Int) -> String {
      Stage.draw(columns: columns, rows: 1) { rect, canvas, meter in
        TabBar.draw(open: model.focus, in: rect, on: &canvas)
      }.rows[0]
    }
    #expect(tabs(79).hasPrefix("[1 Tail] 2 Event  3 State  4 Saga  5 Next  6 Views "))
    #expect(tabs(40).hasPrefix("[1 Tail] 2  3  4  5  6 "))
  }
}
