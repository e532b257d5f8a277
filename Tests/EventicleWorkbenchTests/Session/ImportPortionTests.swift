import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

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
    var work = try parts.beginImport(file, from: "a.ndjson")
    while try parts.continueImport(&work, events: Int.random(in: 1...9, using: &random)) {
      if Bool.random(using: &random) {
        parts.showImported()
        #expect(parts.moment.log.count == work.done)
        #expect(parts.isAtHead)
      }
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

  @Test func `nothing is imported while a bad line is still ahead`() throws {
    let session = try Session(.shop)
    #expect(throws: EventFileError.self) {
      _ = try session.beginImport(bytes((1...50).map { line($0) } + ["{"]))
    }
    #expect(throws: EventFileError.self) {
      _ = try session.beginImport(bytes([line(1), line(2, id: "e1")]))
    }
  }

  @Test func `reading can be ended, and asks so with the bytes that it has read`() throws {
    let session = try Session(.shop)
    let file = bytes((1...1_000).map { line($0) })
    var seen: [Int] = []
    let work = try session.beginImport(file) { done in
      seen.append(done)
      return seen.count < 3
    }
    #expect(work == nil)
    #expect(seen.count == 3)
    #expect(seen == seen.sorted())
    #expect(seen.allSatisfy { $0 <= file.count })
  }
}
