import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Importing in portions.
@Suite struct ImportPortionTests {
  private func line(_ number: Int, id: String? = nil) -> String {
    #"{"id":"\#(id ?? "e\(number)")","type":"OrderCreated","stream":"orders","domainId":"order-\#(number % 5)","createdAt":\#(1_767_258_000_000 + number * 40),"data":{"customer":"c","total":5,"currency":"GBP"}}"#
  }

  private func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

  @Test(arguments: seeds(20))
  func `an import in portions does what one in one go does`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let file = bytes((1...60).map { line($0) })
    var whole = try Session(.shop)
    try whole.importEvents(file, from: "a.ndjson")
    var parts = try Session(.shop)
    var work = parts.beginImport(from: "a.ndjson")
    var given = 0
    while given < file.count {
      let end = min(file.count, given + Int.random(in: 1...900, using: &random))
      work.add(file[given..<end])
      given = end
      if given == file.count { work.finish() }
      while try parts.continueImport(&work, events: Int.random(in: 1...9, using: &random)) {
        if Bool.random(using: &random) {
          parts.showImported()
          #expect(parts.moment.log.count == work.done)
          #expect(parts.isAtHead)
        }
      }
      #expect(work.bytesRead <= given)
    }
    try parts.endImport(work)
    #expect(parts.lastImport == whole.lastImport)
    #expect(parts.tape == whole.tape)
    #expect(parts.timeline.count == whole.timeline.count)
    for number in 1...whole.timeline.count {
      let index = JournalIndex(number)
      #expect(parts.timeline.entry(index)?.kind == whole.timeline.entry(index)?.kind)
    }
    #expect(EventFile.bytes(of: parts.head.log) == EventFile.bytes(of: whole.head.log))
    #expect(parts.head.clock == whole.head.clock)
  }

  @Test(arguments: [
    (line: 52, "{", "column"), (line: 52, "same", "line 7"), (line: 52, "other", "already"),
  ])
  func `a bad line takes back what was imported before it`(
    place: Int, kind: String, word: String
  ) throws {
    var session = try Session(.shop)
    try session.importEvents(bytes([line(900)]))
    let count = session.timeline.count
    let bad = ["{": "{", "same": line(60, id: "e6"), "other": line(901, id: "e900")][kind] ?? ""
    // A blank line is counted, but it is no event.
    let file = bytes([line(1), ""] + (2...50).map { line($0) } + [bad, line(70)])
    var work = session.beginImport()
    work.add(file)
    work.finish()
    let error = #expect(throws: EventFileError.self) {
      while try session.continueImport(&work, events: 10) {
        session.showImported()
        #expect(session.moment.log.count == work.done + 1)
      }
    }
    #expect(error?.line == place)
    #expect(error?.description.contains(word) == true)
    #expect(session.timeline.count == count)
    #expect(session.moment.log.count == 1)
    #expect(session.isAtHead)
  }

  @Test func `a line without an end is refused once it is too long`() throws {
    var session = try Session(.shop)
    var work = session.beginImport()
    work.add(Array((line(1) + "\n").utf8))
    work.add(repeatElement(UInt8(ascii: " "), count: Limits.eventLineBytes + 1))
    let error = #expect(throws: EventFileError.self) { try session.continueImport(&work) }
    #expect(error?.line == 2)
    #expect(session.head.log.count == 0)
  }

  @Test func `a bad line leaves a store as it was before the import`() throws {
    var made: MemoryJournalStore?
    var session = try Session(
      .shop,
      storingIn: { world in
        let store = MemoryJournalStore(startingWith: world)
        made = store
        return store
      })
    let store = try #require(made)
    let last = store.last
    var work = session.beginImport(from: "a.ndjson")
    work.add(bytes((1...50).map { line($0) } + ["{"]))
    work.finish()
    #expect(throws: EventFileError.self) {
      while try session.continueImport(&work, events: 10) {}
    }
    #expect(store.last == last)
    #expect(session.run("emit orders OrderCreated order-1").problem == nil)
    try session.importEvents(bytes([line(1)]), from: "b.ndjson")
    #expect(store.fault == nil)
    let again = try Session(.shop, resuming: store)
    #expect(again.head.log.count == session.head.log.count)
    #expect(again.tape == session.tape)
  }
}
