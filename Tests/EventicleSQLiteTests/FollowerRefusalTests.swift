import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What somebody who reads a store that another program writes to may do, and what is refused.
@Suite struct FollowerRefusalTests {
  private static let order = "do PlaceOrder customer=c-1 total:=5"

  @Test func `every verb that acts is refused with who writes`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, journal) = try bench.follower()
    let holder = try #require(journal.holder)
    #expect(holder.process == getpid() && holder.host == nil)
    let refusal =
      "shop.eventicle is open in process \(getpid()) since \(holder.since); this program follows "
      + "it and writes nothing."
    let contents = reader.contents
    // These two have parts that look: the rest of what is recorded, and a comparison.
    let both: Set<String> = ["step", "run", "rebuild"]
    var refused = 0
    for verb in Verb.all where verb.effect == .acts && !both.contains(verb.name.rawValue) {
      #expect(reader.run(verb.example).problem?.message == refusal, "\(verb.example)")
      refused += 1
    }
    #expect(refused > 15)
    for line in [
      "rebuild OrderBoard swap", "import events.ndjson", "emit notes Noted a=1 --count 3",
    ] {
      #expect(reader.run(line).problem?.message == refusal, "\(line)")
    }
    #expect(throws: EventFileError.self) {
      try reader.importEvents(Array(#"{"id":"e1","type":"Noted","stream":"notes"}"#.utf8))
    }
    #expect(reader.preview(of: Self.order)?.problem == refusal)
    #expect(reader.contents == contents && reader.timeline.last == writer.timeline.last)
    #expect(journal.fault == nil && reader.storeNotice?.refusal == refusal)
  }

  @Test func `looking, marks and forks work where nothing is written`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, _) = try bench.follower()
    for verb in Verb.all where verb.effect == .looks && verb.takesExpression == false {
      guard ["events", "streams", "journal", "aggs", "sagas", "views"].contains(verb.name.rawValue)
      else { continue }
      #expect(reader.run(verb.name.rawValue).problem == nil, "\(verb.name)")
    }
    for line in [
      "mark here #1", "goto mark:here", "marks", "rebuild OrderBoard", "expect count(*) >= 1",
    ] {
      #expect(reader.run(line).problem == nil, "\(line)")
    }
    try reader.fork("trial", at: reader.timeline.headCursor)
    try reader.switchTo("trial")
    #expect(reader.run(Self.order).problem == nil && reader.timeline.last > writer.timeline.last)
    // Main goes on behind the fork.
    #expect(writer.run(Self.order).problem == nil)
    let fork = reader.contents
    reader.catchUp()
    #expect(reader.contents == fork && reader.storeNotice?.isReadOnly == true)
    try reader.switchTo(Branch.mainName)
    _ = reader.run("live")
    #expect(reader.contents == writer.contents)
    // The marks of a follower are in no store.
    #expect(reader.marks.all.map(\.name) == ["here"])
    #expect(!writer.storeFile!.lines.contains { $0.line.contains("mark") })
  }

  @Test func `names that the writer gives are known to who follows`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, _) = try bench.follower()
    #expect(reader.run("mark own #1").problem == nil)
    #expect(writer.run("mark paid #2").problem == nil)
    reader.catchUp()
    #expect(reader.marks.all.map(\.name).sorted() == ["own", "paid"])
  }

  @Test func `who declares the domain in another way shows the same and writes nothing`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    let other = Domain("shop", views: [EventView("Mine", streams: ["orders"], on: [:])])
    let store = try Store.open(bench.path("shop"), .readWhole)
    var reader = try Session(other, store: store)
    #expect(reader.timeline.last == writer.timeline.last && store.file.fault == nil)
    #expect(writer.run(Self.order).problem == nil)
    reader.catchUp()
    #expect(reader.run("events").output == writer.run("events").output)
    try reader.fork("trial", at: reader.timeline.headCursor)
    try reader.switchTo("trial")
    #expect(reader.run("emit orders Noted n-1").problem == nil)
  }
}
