import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Importing a file again, and past bad lines.
@Suite struct ImportAgainTests {
  private func line(
    _ number: Int, total: String = "5", source: String = "", more: String = ""
  ) -> String {
    #"{"id":"e\#(number)","type":"OrderCreated","source":"\#(source)","stream":"orders","#
      + #""domainId":"order-\#(number)","createdAt":\#(1_767_258_000_000 + number * 40),"#
      + #""data":{"customer":"c","total":\#(total),"currency":"GBP"}\#(more)}"#
  }

  private func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

  private func imported(
    _ lines: [String], into session: inout Session, _ bad: inout [BadLine]
  ) throws {
    var options = ImportOptions()
    options.skipsBadLines = true
    var work = session.beginImport(options)
    let file = bytes(lines)
    var start = 0
    while start < file.count {
      work.add(file[start..<min(file.count, start + 700)])
      start += 700
      if start >= file.count { work.finish() }
      while try session.continueImport(&work, events: 7) {}
      bad += work.takeBadLines()
    }
    try session.endImport(work)
  }

  @Test(arguments: [0, 1, 40, 99, 100])
  func `an import that was ended goes on when the file is imported again`(count: Int) throws {
    let file = (1...100).map { line($0) }
    var session = try Session(.shop)
    try session.importEvents(bytes(Array(file[..<count])))
    #expect(try session.importEvents(bytes(file)) == 100 - count)
    #expect(session.lastImport?.known == count)
    #expect(session.head.log.count == 100)
    var whole = try Session(.shop)
    try whole.importEvents(bytes(file))
    #expect(EventFile.bytes(of: session.head.log) == EventFile.bytes(of: whole.head.log))
    #expect(session.head.clock == whole.head.clock)
    // Nothing is done the third time, and nothing stands on the tape for it.
    let tape = session.tape
    #expect(try session.importEvents(bytes(file), from: "a.ndjson") == 0)
    #expect(session.tape == tape)
    #expect(session.lastImport?.description == "0 events imported; 100 events were there already")
  }

  @Test func `the lines of events are right behind those that were there`() throws {
    var session = try Session(.shop)
    try session.importEvents(bytes([line(2), line(4)]))
    let error = #expect(throws: EventFileError.self) {
      try session.importEvents(
        bytes([line(1), line(2), "", line(3), line(4), line(5), line(3, total: "6")]))
    }
    #expect(error?.line == 7)
    #expect(error?.reason == "the id e3 is the same as in line 4, but with other data")
    #expect(session.head.log.count == 2)
  }

  @Test func `an event that is twice in a file is imported once`() throws {
    var session = try Session(.shop)
    #expect(try session.importEvents(bytes([line(1), line(2), line(1)])) == 2)
    #expect(session.lastImport?.known == 1)
  }

  @Test(arguments: [
    (#""type":"OrderCreated""#, #""type":"OrderPaid""#, "another type"),
    (#""domainId":"order-1""#, #""domainId":"order-2""#, "another domain id"),
    (#""total":5"#, #""total":6"#, "other data"),
    (#""source":"""#, #""source":"x""#, "another source"),
    (#""createdAt":1767258000040"#, #""createdAt":1767258000041"#, "another createdAt"),
    (#""stream":"orders""#, #""stream":"others""#, "another stream"),
    (#""source":"""#, #""source":"","causedById":"c""#, "another cause"),
    (#""source":"""#, #""source":"","apmTrace":"c""#, "another trace"),
    (#""source":"""#, #""source":"","seen":1"#, "other additional members"),
  ])
  func `another event with the id is refused, naming what differs`(
    old: String, new: String, words: String
  ) throws {
    var session = try Session(.shop)
    try session.importEvents(bytes([line(1)]))
    let other = line(1).replacing(old, with: new)
    try #require(other != line(1))
    let error = #expect(throws: EventFileError.self) {
      try session.importEvents(bytes([line(2), other]))
    }
    #expect(error?.line == 2)
    #expect(error?.reason == "an event with the id e1 is in the log already, with \(words)")
    #expect(session.head.log.count == 1)
    // A look at all lines finds it too.
    var check = ImportCheck(session, .detected)
    let found = #expect(throws: EventFileError.self) {
      try check.add(bytes([line(2), other]))
      _ = try check.finish()
    }
    #expect(found == error)
  }

  // MARK: - Bad lines

  @Test func `bad lines are handed out as they were, and the others are taken`() throws {
    var session = try Session(.shop)
    try session.importEvents(bytes([line(50)]))
    var bad: [BadLine] = []
    let wrong = ["{\"id\":1", "\t nope\r", line(50, total: "7"), line(3, total: "8")]
    try imported(
      [line(1), wrong[0], line(2), "", wrong[1], line(3), wrong[2], line(50), wrong[3], line(4)],
      into: &session, &bad)
    #expect(bad.map { String(decoding: $0.text, as: UTF8.self) } == wrong)
    #expect(bad.map(\.error.line) == [2, 5, 7, 9])
    #expect(session.head.log.count == 5)
    let report = try #require(session.lastImport)
    #expect(report.count == 4 && report.known == 1 && report.skipped == 4)
    #expect(
      report.description.hasPrefix(
        "4 events imported; 1 event was there already; 4 bad lines were passed over"))
    #expect(report.skippedLines.count == 4)
    #expect(report.skippedLines.last?.contains("the id e3 is the same as in line 6") == true)
  }

  @Test(arguments: seeds(30))
  func `what is not bad is imported as from a file without it`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let good = (1...60).map { line($0) }
    var mixed: [String] = []
    var wrong: [String] = []
    for line in good {
      while random.number(0...3) == 0 {
        wrong.append(random.pick(["{", "[]", "{\"id\":\"x\"}", "\u{1b}[2J", "null"]))
        mixed.append(wrong.last ?? "")
      }
      mixed.append(line)
    }
    var session = try Session(.shop)
    var bad: [BadLine] = []
    try imported(mixed, into: &session, &bad)
    var other = try Session(.shop)
    try other.importEvents(bytes(good))
    #expect(EventFile.bytes(of: session.head.log) == EventFile.bytes(of: other.head.log))
    #expect(bad.map { String(decoding: $0.text, as: UTF8.self) } == wrong)
    #expect(session.lastImport?.skipped == wrong.count)
  }

  @Test func `a report has the first reasons and how many more there are`() throws {
    var session = try Session(.shop)
    var bad: [BadLine] = []
    try imported(Array(repeating: "{", count: 50), into: &session, &bad)
    #expect(bad.count == 50)
    #expect(session.lastImport?.skippedLines.count == 21)
    #expect(session.lastImport?.skippedLines.last == "and 30 more")
  }

  // MARK: - Looking first

  @Test(arguments: seeds(40))
  func `a look at all lines refuses what an import refuses`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var session = try Session(Domain("empty"))
    try session.importEvents(bytes((1...5).map { line($0) }))
    var lines = (1...30).map { line($0) }
    for _ in 0..<random.number(0...2) {
      let extra = random.pick([
        line(random.number(1...30)), line(random.number(1...30), total: "9"), "{", "",
      ])
      lines.insert(extra, at: random.number(0...lines.count))
    }
    let file = bytes(lines)
    var refused: EventFileError?
    var other = session
    do throws(EventFileError) { try other.importEvents(file) } catch { refused = error }
    var check = ImportCheck(session, .detected)
    var found: EventFileError?
    do throws(EventFileError) {
      var isWell = false
      while !isWell {
        let middle = random.number(0...file.count)
        try check.add(file[..<middle])
        try check.add(file[middle...])
        isWell = try check.finish()
      }
    } catch { found = error }
    // Of a repeated id it says so only when it has seen all lines.
    #expect((found == nil) == (refused == nil))
    if lines.count <= 31, !lines.contains("{") { #expect(found == refused) }
  }

  @Test func `what is kept for good is not taken back`() throws {
    var made: MemoryJournalStore?
    var session = try Session(
      .shop,
      storingIn: { world in
        let store = MemoryJournalStore(startingWith: world)
        made = store
        return store
      })
    let store = try #require(made)
    var options = ImportOptions()
    options.line = "import a.ndjson"
    var work = session.beginImport(options)
    work.add(bytes((1...40).map { line($0) } + ["{"]))
    work.finish()
    #expect(try session.continueImport(&work, events: 30))
    try session.keepImported(&work)
    let error = #expect(throws: EventFileError.self) {
      while try session.continueImport(&work, events: 30) {}
    }
    #expect(error?.taken == 30)
    #expect(error?.description.contains("The 30 events before it are imported") == true)
    #expect(session.head.log.count == 30)
    var again = try Session(.shop, resuming: store)
    #expect(again.head.log.count == 30)
    #expect(try again.importEvents(bytes((1...41).map { line($0) }), from: "a.ndjson") == 11)
    #expect(again.lastImport?.known == 30)
    #expect(try Session(.shop, resuming: store).tape == ["import a.ndjson"])
  }
}
