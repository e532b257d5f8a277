import EventicleCore
import EventicleWorkbench
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

/// The events of a growing file come into a session once each, whatever becomes of the file.
@Suite struct FileFollowerTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("events.ndjson")
  }

  private func follower(badLines: String? = nil) throws -> FileFollower {
    try FileFollower(EventImport(ImportedFile(path, badLines: badLines)))
  }

  private func line(_ number: Int) -> String {
    #"{"id":"e-\#(number)","type":"Noted","source":"notes","stream":"notes","#
      + #""domainId":"n-\#(number)","createdAt":1767258000000,"data":{"n":\#(number)}}"# + "\n"
  }

  private func append(_ text: String) throws { try folder.append(text, to: "events.ndjson") }

  private func session() throws -> Session { try Session(Domain("notes")) }

  @Test func `events are taken once their lines are whole`() throws {
    var session = try session()
    try folder.write(line(1) + line(2).dropLast(9), to: "events.ndjson")
    let follower = try follower()
    let first = follower.look(&session)
    #expect(session.head.log.count == 1)
    #expect(first.hasNews)
    #expect(first.remark == "events.ndjson is followed")
    let second = follower.look(&session)
    #expect(!second.hasNews)
    #expect(second.remark == nil)
    try append(String(line(2).suffix(9)) + line(3))
    #expect(follower.look(&session).hasNews)
    #expect(session.head.log.count == 3)
    #expect(session.head.log.event(at: Position(2))?.id == "e-2")
    #expect(session.tape == ["import \(Quoting.word(path))"])
  }

  @Test func `a bad line is passed over and said`() throws {
    var session = try session()
    try folder.write(line(1) + "nonsense\n" + line(2), to: "events.ndjson")
    let follower = try follower(badLines: folder.file("bad.ndjson"))
    let look = follower.look(&session)
    #expect(session.head.log.count == 2)
    #expect(look.bad.count == 1)
    #expect(look.remark?.hasPrefix("events.ndjson, line 2") == true)
    #expect(look.remark?.hasSuffix("the line is passed over") == true)
    #expect(folder.text("bad.ndjson") == "nonsense\n")
    #expect(follower.summary == "2 events of events.ndjson taken; 1 bad line passed over")
  }

  @Test func `a line that is too long is passed over, and what follows it is taken`() throws {
    var session = try session()
    try folder.write(line(1), to: "events.ndjson")
    let follower = try follower(badLines: folder.file("bad.ndjson"))
    #expect(follower.look(&session).hasNews)
    let block = String(repeating: "x", count: 1 << 20)
    var said: [String] = []
    for _ in 0...Limits.eventLineBytes >> 20 {
      try append(block)
      said += [follower.look(&session).remark].compactMap { $0 }
    }
    #expect(said.count == 1 && said.first?.hasSuffix("the line is passed over") == true)
    try append("xx\n\(line(2))nonsense\n")
    let look = follower.look(&session)
    #expect(session.head.log.count == 2 && look.next != nil)
    #expect(look.remark?.hasPrefix("events.ndjson, line 4") == true)
    #expect(folder.text("bad.ndjson") == "nonsense\n")
  }

  @Test func `what can be no file is refused at once, and a folder is no file that is gone`() throws
  {
    for path in ["", "-"] {
      #expect(throws: FileProblem.self) { try FileFollower(EventImport(ImportedFile(path))) }
    }
    var session = try session()
    try folder.write(line(1), to: "events.ndjson")
    let follower = try follower()
    #expect(follower.look(&session).hasNews)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let look = follower.look(&session)
    #expect(look.remark?.contains("is a folder now, which cannot be followed") == true)
    #expect(follower.look(&session).remark == nil)
  }

  @Test func `a file that takes the place of another is read whole, and known events once`() throws
  {
    var session = try session()
    try folder.write(line(1) + String(line(2).dropLast()), to: "events.ndjson")
    let follower = try follower()
    _ = follower.look(&session)
    #expect(session.head.log.count == 1)
    try folder.write(line(2) + line(3), to: "new")
    #expect(rename(folder.file("new"), path) == 0)
    let look = follower.look(&session)
    #expect(look.remark == "events.ndjson is another file now; it is read from its beginning")
    // The last line of the old file had no end, and is in the new one again.
    #expect(session.head.log.count == 3)
    #expect(
      follower.summary == "3 events of events.ndjson taken; 1 was there already")
  }

  @Test func `who looks at the past goes on looking at it`() throws {
    var session = try session()
    try folder.write(line(1) + line(2), to: "events.ndjson")
    let follower = try follower()
    _ = follower.look(&session)
    _ = session.run("goto #1")
    try append(line(3))
    #expect(follower.look(&session).hasNews)
    #expect(session.head.log.count == 3)
    #expect(session.moment.world.log.count == 1)
    #expect(!session.isAtHead)
  }

  @Test func `while a fork is in use the file waits`() throws {
    var session = try session()
    try folder.write(line(1), to: "events.ndjson")
    let follower = try follower()
    _ = follower.look(&session)
    try session.fork("what-if", at: session.moment.cursor)
    try session.switchTo("what-if")
    try append(line(2))
    #expect(!follower.look(&session).hasNews)
    #expect(session.head.log.count == 1)
    try session.switchTo("main")
    #expect(follower.look(&session).hasNews)
    #expect(session.head.log.count == 2)
  }

  @Test func `a packed file is not followed`() throws {
    var session = try session()
    try Data([0x1F, 0x8B, 8, 0, 0]).write(to: URL(fileURLWithPath: path))
    let look = try follower().look(&session)
    #expect(look.next == nil)
    #expect(look.remark == "events.ndjson is packed with gzip, which cannot be followed; import it")
  }

  @Test func `no tape is said to reproduce what came by itself`() throws {
    var session = try session()
    try folder.write(line(1), to: "events.ndjson")
    _ = try follower().look(&session)
    var files = SessionFiles()
    #expect(throws: SessionFiles.SaveError.self) {
      try files.save(session, to: folder.file("a.tape"), force: false)
    }
    #expect(folder.text("a.tape") == nil)
    _ = try files.save(session, to: folder.file("a.ndjson"), force: false)
    #expect(folder.text("a.ndjson") == line(1))
  }
}
