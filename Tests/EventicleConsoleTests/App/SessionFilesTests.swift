import EventicleCore
import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleWorkbench

@Suite struct SessionFilesTests {
  private let folder: TemporaryFolder
  private let order = "do PlaceOrder customer=c-19 total:=59"

  init() throws { folder = try TemporaryFolder() }

  private func session(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil) }
    return session
  }

  @Test func `a file of somebody else is not replaced without force`() throws {
    var files = SessionFiles()
    let session = try session(order)
    let tape = try folder.write("# A tape of the domain shop.\nhold\n", to: "a.tape")
    let foreign = try folder.write("my notes\n", to: "b.tape")
    #expect(throws: SessionFiles.SaveError.occupied(tape, isOurs: true)) {
      try files.save(session, to: tape, force: false)
    }
    #expect(throws: SessionFiles.SaveError.occupied(foreign, isOurs: false)) {
      try files.save(session, to: foreign, force: false)
    }
    #expect(folder.text("b.tape") == "my notes\n")
    #expect(try files.save(session, to: foreign, force: true).lines == 1)
    #expect(folder.text("b.tape")?.contains("do PlaceOrder") == true)
  }

  @Test func `what the session wrote it replaces again, unless somebody changed it`() throws {
    var files = SessionFiles()
    let session = try session(order)
    let path = folder.file("a.tape")
    _ = try files.save(session, to: path, force: false)
    _ = try files.save(session, to: nil, force: false)
    #expect(files.current == path)
    try folder.write("something else", to: "a.tape")
    #expect(throws: SessionFiles.SaveError.self) { try files.save(session, to: nil, force: false) }
  }

  @Test func `an empty file is no obstacle, and without a name there is a sentence`() throws {
    var files = SessionFiles()
    let path = try folder.write("", to: "a.ndjson")
    #expect(try files.save(try session(order), to: path, force: false).lines == 0)
    #expect(files.current == nil)
    #expect(throws: SessionFiles.SaveError.self) {
      try files.save(try session(), to: nil, force: false)
    }
  }

  @Test func `a link is an obstacle of its own`() throws {
    var files = SessionFiles()
    try folder.write("old", to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.tape"), withDestinationPath: folder.file("target"))
    let session = try session()
    do throws(SessionFiles.SaveError) {
      _ = try files.save(session, to: folder.file("link.tape"), force: false)
      Issue.record("the link was followed")
    } catch {
      guard case .problem(let problem) = error else { throw error }
      #expect(problem.text.contains("is a link to"))
    }
    #expect(folder.text("target") == "old")
  }

  // MARK: - Opening

  @Test func `a saved session opens as it was, in its domain`() throws {
    var files = SessionFiles()
    var first = try Session(.bank, startingAt: Instant(milliseconds: 5_000), seed: 9)
    _ = first.run("do OpenAccount owner=Ada")
    _ = first.run("clock +5m")
    let path = folder.file("a.tape")
    _ = try files.save(first, to: path, force: false)
    let opened = try SessionFiles.open(path, after: try session(order), domains: [.shop, .bank])
    #expect(opened.session.head.log.last == first.head.log.last)
    #expect(
      EventFile.bytes(of: opened.session.head.log) == EventFile.bytes(of: first.head.log))
    #expect(opened.session.domain.name == "bank" && opened.session.seed == 9)
    #expect(opened.session.head.clock == first.head.clock)
    #expect(opened.session.unsavedLines == 0 && !opened.hasFailed)
    #expect(opened.files.current == path)
    var again = opened.files
    _ = try again.save(opened.session, to: nil, force: false)
  }

  @Test func `a tape of an unknown domain is refused`() throws {
    let path = try folder.write("# A tape of the domain zoo.\nhold\n", to: "a.tape")
    #expect(throws: FileProblem.self) {
      try SessionFiles.open(path, after: try session(), domains: [.bank])
    }
  }

  @Test func `a tape imports its files and tells its first failure`() throws {
    let first = try session(order)
    var files = SessionFiles()
    _ = try files.save(first, to: folder.file("e.ndjson"), force: false)
    let tape = "import \(folder.file("e.ndjson"))\ndo Nothing\nexpect error\ndo Nobody\nhold\n"
    let path = try folder.write(tape, to: "a.tape")
    let opened = try SessionFiles.open(path, after: first, domains: [])
    #expect(opened.session.head.log.count == first.head.log.count)
    #expect(opened.hasFailed && opened.message.contains("line 4: "))
    #expect(opened.session.isHeld)
  }

  @Test func `events open in a fresh session`() throws {
    let first = try session(order)
    var files = SessionFiles()
    let path = folder.file("e.ndjson")
    _ = try files.save(first, to: path, force: false)
    let opened = try SessionFiles.open(path, after: first, domains: [])
    #expect(opened.session.head.log.count == first.head.log.count)
    #expect(opened.session.unsavedLines == 0 && opened.files.current == nil)
  }

  // MARK: - Recovering

  @Test func `unsaved lines are on disk at once, and gone when they are saved`() throws {
    let recovery = RecoveryFile(folder: folder.file("state"))
    var session = try session()
    recovery.keep(session)
    #expect(!FileManager.default.fileExists(atPath: folder.file("state")))
    _ = session.run(order)
    recovery.keep(session)
    _ = session.run("hold")
    recovery.keep(session)
    let name = "state/recover-\(getpid()).tape"
    #expect(try folder.mode(name) == 0o600)
    #expect(folder.text(name)?.hasSuffix("\n\(order)\nhold\n") == true)
    // Its process lives, so nobody else may take it.
    #expect(RecoveryFile.abandoned(in: folder.file("state")).isEmpty)
    session.markSaved(lines: 2)
    recovery.keep(session)
    #expect(folder.text(name) == nil)
  }

  @Test func `a session that ended is recovered whole and unsaved`() throws {
    let state = folder.file("state")
    var session = try session(order)
    do {
      let recovery = RecoveryFile(folder: state)
      recovery.keep(session)
      _ = session.run("clock +10s")
      recovery.keep(session)
    }
    let found = try #require(RecoveryFile.abandoned(in: state).first)
    let opened = try RecoveryFile.recover(found, after: try self.session(), domains: [.shop])
    #expect(
      EventFile.bytes(of: opened.session.head.log) == EventFile.bytes(of: session.head.log))
    #expect(opened.session.head.clock == session.head.clock)
    #expect(opened.session.unsavedLines == 2 && opened.files.current == nil)
    RecoveryFile.remove(found)
    #expect(RecoveryFile.abandoned(in: state).isEmpty)
  }

  @Test func `a killed process leaves its lines, and nothing else in the folder counts`() throws {
    let state = folder.file("state")
    do {
      let recovery = RecoveryFile(folder: state)
      recovery.keep(try session(order, "hold"))
    }
    try folder.write("x", to: "state/recover-1.txt")
    try folder.write("x", to: "state/history")
    #expect(RecoveryFile.abandoned(in: state).count == 1)
    #expect(RecoveryFile.abandoned(in: folder.file("none")).isEmpty)
  }
}
