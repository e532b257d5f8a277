import EventicleCore
import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleWorkbench

/// Files that gzip packed.
@Suite struct GzipTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: [UInt8], to name: String = "a.gz") throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    return folder.file(name)
  }

  private func bytes(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    (0..<count).map { _ in UInt8(random.number(0...3) * 60) }
  }

  private func sentence(_ path: String) -> String {
    do throws(FileProblem) {
      _ = try Files.bytes(path)
      return ""
    } catch { return error.text }
  }

  @Test(arguments: seeds(40))
  func `what is packed is unpacked, several files one after the other too`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var stored: [UInt8] = []
    var content: [UInt8] = []
    for _ in 0..<random.number(1...3) {
      let part = bytes(random.pick([0, 1, 100, 70_000, 400_000]), &random)
      content += part
      stored += try GzipWriter.packed(part)
    }
    // Zeros at the end fill the block of a tape.
    if random.number(0...2) == 0 { stored += Array(repeating: 0, count: random.number(1...600)) }
    // By its content, whatever its name is.
    #expect(try Files.bytes(write(stored, to: random.pick(["a.gz", "a.ndjson"]))) == content)
  }

  @Test(arguments: seeds(30))
  func `a file that is cut or damaged is refused in a sentence`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let stored = try GzipWriter.packed(bytes(50_000, &random))
    let cut = try write(Array(stored[..<random.number(2...stored.count - 1)]))
    #expect(sentence(cut).hasSuffix("its end is missing; copy it again from where it comes."))
    var damaged = stored
    // The check sum, which only the end of the reading sees.
    damaged[stored.count - 6] ^= 1
    #expect(sentence(try write(damaged)).contains("damaged"))
    #expect(sentence(try write(stored + [1])).contains("something else stands behind its end"))
  }

  @Test func `one byte and two bytes of it are no packed file yet`() throws {
    #expect(try Files.bytes(write([0x1F])) == [0x1F])
    #expect(sentence(try write([0x1F, 0x8B])).contains("its end is missing"))
    #expect(try Files.bytes(write([])).isEmpty)
  }

  @Test func `a bomb is refused as soon as it is too large`() throws {
    let zeros = try GzipWriter.packed([UInt8](repeating: 0, count: 64 << 20))
    #expect(zeros.count < 100_000)
    let path = try write(zeros)
    do throws(FileProblem) {
      _ = try Files.bytes(path, limit: 1 << 20)
      Issue.record("it was read")
    } catch {
      #expect(error.text.contains("more than 1 MB"))
    }
    // A line without an end is refused before all of it is there.
    var session = try Session(.shop)
    var largest = 0
    var work = try EventImport(ImportedFile(path))
    work.goesOn = {
      largest = max(largest, $0.done)
      return true
    }
    let error = #expect(throws: EventImport.Problem.self) { try work.run(&session) }
    #expect(error?.text.contains("a line of events may have") == true)
    #expect(largest < 40 << 10)
  }

  @Test func `events are saved and written in packed files, and opened from them`() throws {
    var session = try Session(.shop)
    #expect(session.run("do PlaceOrder customer=c-19 total:=59").problem == nil)
    var files = SessionFiles()
    let path = folder.file("a.ndjson.gz")
    #expect(try files.save(session, to: path, force: false).lines == 0)
    let stored = Array(try #require(FileManager.default.contents(atPath: path)))
    #expect(stored.starts(with: [0x1F, 0x8B]))
    #expect(try Files.bytes(path) == EventFile.bytes(of: session.head.log))
    // The same events give the same file.
    _ = try files.save(session, to: path, force: false)
    #expect(FileManager.default.contents(atPath: path).map { Array($0) } == stored)
    let opened = try SessionFiles.open(path, after: session, domains: [.shop])
    #expect(
      EventFile.bytes(of: opened.session.head.log) == EventFile.bytes(of: session.head.log))
    let reply = session.run("streams > \(Quoting.word(folder.file("s.csv.gz")))")
    guard case .write(let table, let force)? = reply.requests.first else {
      Issue.record("nothing is written: \(reply.problem?.message ?? "")")
      return
    }
    try files.write(table, force: force)
    #expect(
      String(decoding: try Files.bytes(table.path), as: UTF8.self).hasPrefix("stream"))
    // Another session sees that it is a file of events.
    var other = SessionFiles()
    #expect(throws: SessionFiles.SaveError.occupied(path, isOurs: true)) {
      try other.save(session, to: path, force: false)
    }
  }
}
