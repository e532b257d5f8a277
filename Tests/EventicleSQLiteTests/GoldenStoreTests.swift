import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// A store that was written once, in the format that it had then, is opened for ever.
///
/// `RECORD_GOLDEN=1` writes one for the present format if there is none, and never another one.
@Suite struct GoldenStoreTests {
  private static let names = (1...Schema.format).map { "store-\($0)" }

  private static func file(_ name: String) -> String {
    Repository.folder(of: #filePath) + "/Golden/" + name
  }

  /// A store of the library as it was written, in the folder of a bench.
  private func copy(_ name: String, _ bench: StoreBench) throws -> String {
    let packed = try bytes(Self.file("\(name).packed"))
    #expect(packed.count > 0 && packed.count <= 100 * 1_024)
    let path = bench.path("library")
    try write(try PackedPages.unpack(packed), path)
    return path
  }

  /// What a session shows of it, a text for each question.
  private func answers(_ session: Session) -> String {
    var session = session
    let lines = [
      "journal", "events", "streams", "aggs", "sagas", "views", "timers", "groups", "errors",
      "agg Book b-1", "goto #2", "views", "sagas", "live",
    ]
    return lines.map { line in
      let reply = session.run(line)
      return ": \(line)\n"
        + (reply.output.map { "\($0)" } ?? reply.problem?.message
          ?? (line == "live" ? line : "at \(session.moment.name)"))
    }.joined(separator: "\n") + "\n"
  }

  @Test func `there is a store of the present format`() throws {
    let (name, bench) = ("store-\(Schema.format)", try StoreBench())
    let isThere = try !bytes(Self.file("\(name).packed")).isEmpty
    guard TestEnvironment.recordsGolden, !isThere else { return #expect(isThere) }
    let path = bench.path("library")
    var opening = SQLiteJournal.Opening(path: path, now: 1_767_258_000)
    opening.run = StoreRun(of: "eventicle", code: "golden")
    var session = try Session(Library().domain, store: try Store.open(opening, .write))
    for line in Library.story { _ = session.run(line) }
    let journal = try #require(session.used.keeper?.store as? SQLiteJournal)
    journal.offer(session.head.core(after: session.timeline.last))
    #expect(session.run("do Return book=b-3").problem == nil)
    session.leaveStore()
    let folder = Repository.folder(of: Self.file(name))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(PackedPages.pack(try bytes(path)), Self.file("\(name).packed"))
    try write(Array(answers(session).utf8), Self.file("\(name).txt"))
    Issue.record("recorded \(name); look at its text with git diff")
  }

  @Test(arguments: names) func `it opens, says what it said, and is whole`(name: String) throws {
    let bench = try StoreBench()
    let path = try copy(name, bench)
    let wanted = String(decoding: try bytes(Self.file("\(name).txt")), as: UTF8.self)
    for access in [Store.Access.read, .write, .read] {
      let store = try Store.open(path, access)
      let session = try Session(Library().domain, store: store)
      #expect(answers(session) == wanted)
      #expect(session.tape.first == Library.story[0])
      store.close()
      #expect(try Store.verify(path) == [])
    }
    let store = try Store.open(path, .read)
    let result = try store.rerun(Library().domain)
    #expect(result.difference == nil && result.skipped == [] && result.foreign == 0)
    store.close()
  }

  @Test(arguments: names) func `it goes on`(name: String) throws {
    let bench = try StoreBench()
    let path = try copy(name, bench)
    var session = try Session(Library().domain, store: try Store.open(path))
    let count = session.timeline.count
    #expect(session.run("do Lend book=b-9 reader=eve").problem == nil)
    session.leaveStore()
    #expect(try Store.open(path, .read).entryCount == session.timeline.count)
    #expect(session.timeline.count > count)
    #expect(try Store.verify(path) == [])
  }
}

/// Files of which most bytes are zeros, without those: runs of other bytes, each after its place and
/// its length in four bytes, the lowest first; the last run is empty and stands at the end.
enum PackedPages {
  /// How many zeros end a run.
  private static let fewest = 12

  static func pack(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] != 0 else {
        place += 1
        continue
      }
      var (end, zeros) = (place, 0)
      while end < bytes.count, zeros < fewest {
        zeros = bytes[end] == 0 ? zeros + 1 : 0
        end += 1
      }
      end -= zeros
      packed += word(place) + word(end - place) + bytes[place..<end]
      place = end
    }
    return packed + word(bytes.count) + word(0)
  }

  static func unpack(_ packed: [UInt8]) throws -> [UInt8] {
    var (bytes, place) = ([UInt8](), 0)
    while place + 8 <= packed.count {
      let (start, count) = (number(packed, place), number(packed, place + 4))
      bytes += repeatElement(0, count: max(0, start - bytes.count))
      place += 8
      bytes += packed[place..<min(place + count, packed.count)]
      place += count
    }
    return bytes
  }

  private static func word(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
