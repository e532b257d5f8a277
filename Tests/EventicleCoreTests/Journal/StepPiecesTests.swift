import TestSupport
import Testing

@testable import EventicleCore

@Suite struct StepPiecesTests {
  /// A step put together again from its pieces.
  private func again(_ step: StoredStep, _ pieces: inout StepPieces) throws -> StoredStep {
    var parts: [StoredStep.Part] = []
    for part in step.parts {
      let bytes = pieces.bytes(of: part.changes)
      var heads: [StoredStep.Part.Head] = []
      for entry in part.entries {
        let columns = pieces.columns(of: entry.kind)
        heads.append((try pieces.kind(columns), entry.cause, entry.origin))
      }
      let first = try #require(part.entries.first)
      parts.append(
        StoredStep.Part(
          from: first.stepStart, at: first.instant, heads, events: part.events,
          try pieces.changes(bytes)))
    }
    let bytes = pieces.bytes(of: step)
    return StoredStep(try pieces.input(bytes, of: parts), parts: parts)
  }

  @Test func `every kind of entry, change and action comes back from its pieces`() throws {
    var pieces = StepPieces(NameBook())
    for (name, step) in StepFixtures.steps {
      let found = try again(step, &pieces)
      #expect(StepCodec.encodeAlone(found) == StepCodec.encodeAlone(step), "\(name)")
    }
  }

  @Test(arguments: seeds(30))
  func `random steps come back from their pieces`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    var pieces = StepPieces(NameBook())
    try bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) { step in
      let found = try again(step, &pieces)
      #expect(StepCodec.encodeAlone(found) == StepCodec.encodeAlone(step))
      return true
    }
  }

  @Test func `what the step says too is not written again`() throws {
    var bench = try RecordedEngine(Domain("d"))
    let text = String(repeating: "long ", count: 100)
    var given = NewEvent("Noted", "n-1", data: ["text": .string(text)])
    given.source = "elsewhere"
    bench.emit(given, NewEvent("Noted", data: ["text": .string(text)]), to: "notes")
    var pieces = StepPieces(NameBook())
    bench.timeline.forEachStep(home: { _ in nil }) { step in
      #expect(pieces.bytes(of: step).count < 20)
      return true
    }
  }

  @Test func `columns that say no entry are refused`() {
    let pieces = StepPieces(NameBook())
    for tag in UInt8(0)...20 {
      #expect(throws: StepCodecError.self, "\(tag)") { try pieces.kind(EntryColumns(tag: tag)) }
    }
    var columns = EntryColumns(tag: 14)
    columns.reason = "no"
    columns.detail = [1]
    #expect(throws: StepCodecError.self) { try pieces.kind(columns) }
  }
}
