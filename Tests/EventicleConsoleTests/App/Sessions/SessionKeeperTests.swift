import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole
@testable import EventicleCore
@testable import EventicleWorkbench

/// The file of a session on disk.
@Suite struct SessionKeeperTests {
  private let folder: TemporaryFolder
  private let store: String

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.write("a store", to: "shop.eventicle")
  }

  private var path: String { folder.path + "/shop.eventicle-session" }
  private var state: String { folder.file("state") }

  private func session(_ lines: String...) throws -> Session {
    var session = try Session(.shop)
    for line in lines { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Keeps a session with a fork and a filter, as a console does.
  private func keep(_ keeper: SessionKeeper) throws -> Session {
    let session = try session("do PlaceOrder customer=c-19 total:=59", "goto #2", "fork f")
    #expect(keeper.open(store, of: session).kept == nil)
    keeper.endRestoring()
    keeper.take(session)
    var look = KeptLook()
    look.find = "type:Order*"
    keeper.take(look)
    return session
  }

  @Test func `what was left is there again, in a file for its owner alone`() throws {
    let keeper = SessionKeeper(folder: state)
    let session = try keep(keeper)
    #expect(keeper.isChanged && keeper.write() == nil && !keeper.isChanged)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(keeper.leave() == nil)
    let opened = SessionKeeper(folder: state).open(store, of: session)
    #expect(opened.problem == nil)
    #expect(opened.kept?.forks == session.recipes && opened.kept?.fork == "f")
    #expect(opened.kept?.place == MomentName(Position(2), steps: 2))
    #expect(opened.kept?.look.find == "type:Order*")
    #expect(
      opened.kept?.summary == "as you left it: in the fork f · /type:Order*")
    #expect(try names() == ["shop.eventicle", "shop.eventicle-session"])
  }

  @Test func `nothing is written while nothing changes, nor for time that passes by itself`() throws
  {
    let keeper = SessionKeeper(folder: state)
    var session = try keep(keeper)
    #expect(session.run("release").problem == nil)
    keeper.take(session)
    _ = keeper.write()
    session.pass(until: session.head.clock + .seconds(1))
    keeper.take(session)
    #expect(!keeper.isChanged)
    #expect(keeper.leave() == nil)
    let kept = SessionKeeper(folder: state).open(store, of: session).kept
    #expect(kept?.forks.first?.passed == session.head.clock + .seconds(1))
  }

  @Test func `nothing is written before what was kept is made again`() throws {
    let first = SessionKeeper(folder: state)
    var session = try keep(first)
    _ = first.leave()
    let keeper = SessionKeeper(folder: state)
    _ = keeper.open(store, of: session)
    try session.switchTo("main")
    try session.discard("f")
    keeper.take(session)
    keeper.take(KeptLook())
    #expect(!keeper.isChanged && keeper.leave() == nil)
    #expect(SessionKeeper(folder: state).open(store, of: session).kept?.forks.count == 1)
  }

  @Test(arguments: ["not a session", #"{"eventicle-session":1,"history":"bank"}"#, "{"])
  func `a file that cannot be used is put aside, and a new one is kept`(text: String) throws {
    _ = try folder.write(text, to: "shop.eventicle-session")
    _ = try folder.write("an older one", to: "shop.eventicle-session-old")
    let keeper = SessionKeeper(folder: state)
    let session = try session()
    let opened = keeper.open(store, of: session)
    #expect(opened.kept == nil)
    #expect(opened.problem?.hasSuffix("It is shop.eventicle-session-old2 now.") == true)
    #expect(folder.text("shop.eventicle-session-old2") == text)
    #expect(folder.text("shop.eventicle-session-old") == "an older one")
    keeper.endRestoring()
    var look = KeptLook()
    look.find = "id:order-1"
    keeper.take(look)
    #expect(keeper.leave() == nil)
    #expect(SessionKeeper(folder: state).open(store, of: session).kept?.look == look)
  }

  @Test func `the file of a newer program stays as it is, and nothing is kept`() throws {
    let text = #"{"eventicle-session":9}"#
    _ = try folder.write(text, to: "shop.eventicle-session")
    let keeper = SessionKeeper(folder: state)
    let opened = keeper.open(store, of: try session())
    #expect(
      opened.problem
        == "shop.eventicle-session is not used: it has version 9, and this program reads up to "
        + "1. It stays as it is, and nothing is kept of this one.")
    keeper.endRestoring()
    keeper.take(try session("hold"))
    #expect(!keeper.isChanged && keeper.leave() == nil)
    #expect(folder.text("shop.eventicle-session") == text)
  }

  @Test func `a link or a folder in its place is not followed`() throws {
    let other = try folder.write("my notes", to: "notes")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
    let keeper = SessionKeeper(folder: state)
    #expect(keeper.open(store, of: try session()).problem?.contains("-old now") == true)
    keeper.endRestoring()
    keeper.take(try session("hold"))
    #expect(keeper.leave() == nil)
    #expect(folder.text("notes") == "my notes")
  }

  @Test func `who only reads a store has a session of their own among the console's state`() throws
  {
    let writer = SessionPlace(store: store, state: state)
    let reader = SessionPlace(store: store, isReadOnly: true, state: state)
    #expect(writer.path == path && writer.folder == nil)
    #expect(reader.path.hasPrefix("\(state)/sessions/shop.eventicle-"))
    let elsewhere = try TemporaryFolder()
    let other = try elsewhere.write("", to: "shop.eventicle")
    #expect(SessionPlace(store: other, isReadOnly: true, state: state).path != reader.path)
    let keeper = SessionKeeper(folder: state)
    let held = try session("hold")
    _ = keeper.open(store, isReadOnly: true, of: held)
    keeper.endRestoring()
    keeper.take(held)
    #expect(keeper.leave() == nil)
    #expect(try names() == ["shop.eventicle", "state"])
    let opened = SessionKeeper(folder: state).open(store, isReadOnly: true, of: held)
    #expect(opened.kept?.isHeld == true)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(state)/sessions")
    #expect(attributes[.posixPermissions] as? Int == 0o700)
  }

  @Test func `forks that cannot be kept are named when the person leaves`() throws {
    let keeper = SessionKeeper(folder: state)
    _ = try keep(keeper)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(keeper.leave()?.contains("a folder") == true)
  }
}
