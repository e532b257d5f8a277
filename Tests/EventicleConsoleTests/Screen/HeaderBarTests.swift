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

  @Test func `the header names the domain, the mode, the position and the time`() throws {
    let model = try Stage.model()
    let line = header(model, 80)
    #expect(line.hasPrefix(" mem:shop  ● LIVE  #14.2  09:00:30.000  clock 1x  queue 0"))
    #expect(line.hasSuffix("? help "))
    #expect(header(try Stage.model(), 140).contains("2026-01-01 09:00:30.000"))
  }

  @Test func `a wide header adds the number of timers and the next one`() throws {
    let session = try Stage.session(Array(Stage.flow.prefix(2)))
    var model = Stage.model(session)
    #expect(header(model, 140).contains("2 timers  next retry in 30s"))
    model.liveClock = Instant.standardStart + .seconds(5)
    #expect(header(model, 140).contains("next retry in 25s"))
  }

  @Test(arguments: [25, 40, 60, 80, 200])
  func `the mode is always within the first 25 columns`(columns: Int) throws {
    var session = try Stage.session()
    var model = Stage.model(session)
    model.storeName = "a-very-long-store-name"
    for word in ["LIVE", "HELD", "PAUSED", "REPLAY"] {
      model.isHeld = word == "HELD"
      model.frozen = word == "PAUSED" ? session.moment : nil
      if word == "REPLAY" { _ = session.run("goto #2") }
      model.moment = session.moment
      #expect(header(model, columns).prefix(25).contains(word))
    }
  }

  @Test(arguments: [25, 40, 60, 80, 200])
  func `what the file allows takes the place of LIVE`(columns: Int) throws {
    var session = try Stage.session()
    var model = Stage.model(session)
    let damage = StoreDamage(
      whole: JournalIndex(8), events: 5, untrusted: 2, reason: "a step is not whole")
    let standings: [(StoreNotice.Standing, String, String)] = [
      (.following(StoreHolder(process: 4711, since: "09:14")), "FOLLOWS pid 4711", ""),
      (.reading, "READ ONLY", ""), (.damaged(damage), "READ ONLY", "damaged"),
      (.gone, "READ ONLY", "file gone"), (.failed, "READ ONLY", "write failed"),
      (.unread, "READ ONLY", "read failed"), (.tablesDamaged, "READ ONLY", "tables damaged"),
    ]
    for (standing, word, trouble) in standings {
      model.store = StoreNotice(standing, path: "shop.eventicle", refusal: "no")
      model.moment = session.moment
      let line = header(model, columns)
      #expect(line.prefix(columns < 40 ? 18 : 40).contains(word) && !line.contains("LIVE"))
      #expect(columns < 60 || line.contains(trouble))
      #expect(!line.contains("clock 1x"))
    }
    // In the past, and in a fork, it is said beside the place in time.
    model.store = StoreNotice(.reading, path: "shop.eventicle", refusal: "no")
    _ = session.run("goto #2")
    model.moment = session.moment
    #expect(columns < 60 || header(model, columns).contains("READ ONLY"))
    #expect(header(model, columns).contains("REPLAY"))
  }

  @Test func `how long a commit may wait is said where it may`() throws {
    var model = try Stage.model()
    model.store = StoreNotice(.writing, path: "shop.eventicle", syncWindow: .milliseconds(50))
    #expect(header(model, 80).contains("● LIVE ") && header(model, 80).contains("sync ≤50ms"))
    model.store = StoreNotice(.writing, path: "shop.eventicle")
    #expect(!header(model, 200).contains("sync"))
  }

  @Test func `failures and filters are counted`() throws {
    let session = try Stage.session(Stage.flow + ["do CancelOrder orderId=order-1 reason=late"])
    var model = Stage.model(session)
    model.tail.filter = try FilterExpression(parsing: "type:Order*")
    let line = header(model, 80)
    #expect(line.contains("filter:1  err:1"))
  }

  @Test func `the header fits any width`() throws {
    let model = try Stage.model()
    for columns in 0...60 { #expect(header(model, columns).count == columns) }
  }

  @Test func `tabs keep their numbers when their names do not fit`() throws {
    let model = try Stage.model()
    func tabs(_ columns: Int) -> String {
      Stage.draw(columns: columns, rows: 1) { rect, canvas, meter in
        TabBar.draw(model, in: rect, on: &canvas, &meter)
      }.rows[0]
    }
    #expect(tabs(79).hasPrefix(" 1 Explore [2 Tail] 3 Inspect  4 Aggregate  5 Saga  6 Timers"))
    #expect(tabs(40).hasPrefix(" 1 [2 Tail] 3  4  5  6 "))
  }
}
