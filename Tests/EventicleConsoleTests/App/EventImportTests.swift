import EventicleCore
import EventicleSamples
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleWorkbench

/// Importing files and what becomes of their bad lines.
@Suite struct EventImportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func line(_ number: Int) -> String {
    #"{"id":"e\#(number)","type":"OrderCreated","stream":"orders","domainId":"order-\#(number)","#
      + #""createdAt":\#(1_767_258_000_000 + number * 40),"#
      + #""data":{"customer":"c","total":5,"currency":"GBP"}}"#
  }

  private func file(_ lines: [String], _ name: String = "a.ndjson") throws -> String {
    try folder.write(lines.joined(separator: "\n"), to: name)
  }

  private func run(
    _ lines: [String], bad: String? = "bad.ndjson", into session: inout Session
  ) throws -> EventImport.Outcome {
    let path = try file(lines)
    return try EventImport(ImportedFile(path, badLines: bad.map { folder.file($0) })).run(&session)
  }

  private func text(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch let error as EventImport.Problem { return error.text } catch { return "\(error)" }
  }

  @Test func `bad lines go to a file as they are, which is then imported when it is mended`() throws
  {
    var session = try Session(.shop)
    let wrong = ["{\"id\":1,", "\u{1b}[2J"]
    #expect(try run([line(1), wrong[0], line(2), wrong[1], line(3)], into: &session) == .done)
    #expect(session.head.log.count == 3)
    #expect(folder.text("bad.ndjson") == wrong.joined(separator: "\n") + "\n")
    try folder.write("\(line(4))\n\(line(5))\n", to: "bad.ndjson")
    _ = try EventImport(ImportedFile(folder.file("bad.ndjson"))).run(&session)
    #expect(session.head.log.count == 5)
  }

  @Test func `without bad lines there is no file`() throws {
    var session = try Session(.shop)
    #expect(try run([line(1)], into: &session) == .done)
    #expect(folder.names == ["a.ndjson"])
  }

  @Test func `the same import again leaves the file as it is, a longer one goes on in it`() throws {
    var session = try Session(.shop)
    _ = try run([line(1), "{", line(2)], into: &session)
    _ = try run([line(1), "{", line(2)], into: &session)
    #expect(folder.text("bad.ndjson") == "{\n")
    _ = try run([line(1), "{", line(2), "[", line(3)], into: &session)
    #expect(folder.text("bad.ndjson") == "{\n[\n")
    #expect(session.head.log.count == 3)
  }

  @Test func `a file that holds something else is never changed, and nothing is taken`() throws {
    var session = try Session(.shop)
    for content in ["my notes\n", "{x", "{\n["] {
      try folder.write(content, to: "notes")
      let problem = text { _ = try run([line(1), "{", "{"], bad: "notes", into: &session) }
      #expect(problem.contains("is there already and holds something else"), "\(problem)")
      #expect(folder.text("notes") == content)
    }
    #expect(session.head.log.count == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("notes"))
    #expect(
      text { _ = try run([line(1), "{"], bad: "link", into: &session) }.contains("is a link"))
    #expect(text { _ = try run(["{"], bad: ".", into: &session) }.contains("cannot be written"))
  }

  @Test func `what fails leaves the file for bad lines as it was`() throws {
    var session = try Session(.shop)
    _ = try run(["{", line(1)], into: &session)
    let long = String(repeating: " ", count: Limits.eventLineBytes + 10)
    #expect(text { _ = try run(["{", line(2), "[", long], into: &session) }.contains("bytes"))
    #expect(folder.text("bad.ndjson") == "{\n")
    #expect(text { _ = try run(["{", long], bad: "other", into: &session) }.contains("bytes"))
    #expect(folder.text("other") == nil)
    #expect(session.head.log.count == 1)
  }

  @Test func `somebody may end it, and it goes on when it is run again`() throws {
    var session = try Session(.shop)
    let path = try file((1...2_000).map { line($0) })
    var work = try EventImport(ImportedFile(path))
    var portions = 0
    work.goesOn = { _ in
      portions += 1
      return portions < 3
    }
    #expect(try work.run(&session) == .ended)
    let count = session.head.log.count
    #expect(count > 0 && count < 2_000)
    #expect(session.lastImport?.count == count)
    #expect(try EventImport(ImportedFile(path)).run(&session) == .done)
    #expect(session.head.log.count == 2_000)
    #expect(session.lastImport?.known == count)
  }

  @Test func `a line of a tape says the format and the file for bad lines`() throws {
    var session = try Session(Domain("empty"))
    let envelope =
      #"{"topic":"t","partition":0,"offset":0,"ts":1,"key":null,"payload":"{\"id\":\"a\",\"type\":"#
      + #"\"T\",\"source\":\"\",\"stream\":\"s\",\"createdAt\":1,\"data\":{}}"}"#
    let path = try file([envelope, "{"])
    let asked = ImportedFile(path, as: "kcat", badLines: folder.file("bad file"))
    #expect(try EventImport(asked).run(&session) == .done)
    let tape = try #require(session.tape.last)
    #expect(try Instruction.parse(tape) == [.importFile(asked)])
    // Whoever opens the tape gets the same events, and no file is written.
    try FileManager.default.removeItem(atPath: folder.file("bad file"))
    try folder.write(tape + "\n", to: "a.tape")
    let opened = try SessionFiles.open(
      folder.file("a.tape"), after: session, domains: [Domain("empty")])
    #expect(!opened.hasFailed, "\(opened.message)")
    #expect(
      EventFile.bytes(of: opened.session.head.log) == EventFile.bytes(of: session.head.log))
    #expect(folder.text("bad file") == nil)
  }

  @Test(arguments: [1, 100, 300, 2_000])
  func `the first events are shown at once, however many the first block has`(count: Int) throws {
    let shown = Mutex<[Int]>([])
    let outlet = WorkbenchOutlet(
      isDue: { false }, isLate: { false },
      show: { notice in shown.withLock { $0.append(notice.moment.world.log.count) } },
      pass: { _ in })
    var session = try Session(.shop)
    _ = WorkbenchWork.importFile(ImportedFile(try file((1...count).map { line($0) })))
      .body(&session, outlet)
    let counts = shown.withLock { $0 }
    #expect(counts.count == 1)
    #expect(counts[0] > 0 && counts[0] <= EventImport.portion)
    #expect(session.head.log.count == count)
  }
}
