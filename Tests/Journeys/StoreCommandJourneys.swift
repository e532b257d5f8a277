import Foundation
import TestSupport
import Testing

/// What the commands for stores say, and how they end.
@Suite(.serialized, .timeLimit(.minutes(5))) struct StoreCommandJourneys {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("do PlaceOrder customer=c-19 total:=59\nclock +30s\n", to: "a.tape")
  }

  private func open(_ arguments: [String]) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 100, directory: folder.path)
  }

  /// Runs a command to its end; expects what it prints and its status.
  private func expect(
    _ line: String, says words: [String] = [], code: Int32 = 0, typing: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let journey = try open(line.split(separator: " ").map { String($0) })
    if let typing {
      try journey.wait(for: "[y/N]")
      journey.send(typing)
    }
    try journey.waitUntilNobodyIsLeft()
    let text = String(decoding: journey.pty.output, as: UTF8.self)
    for word in words {
      #expect(text.contains(word), "\(line): \(text)", sourceLocation: sourceLocation)
    }
    #expect(
      journey.pty.state == .exited(code: code), "\(line): \(text)", sourceLocation: sourceLocation)
  }

  /// Replaces the first place of a text in a file by another one of the same length.
  private func replace(_ old: String, by new: String, in name: String) throws {
    let url = URL(fileURLWithPath: folder.file(name))
    var data = try Data(contentsOf: url)
    let range = try #require(data.range(of: Data(old.utf8)))
    data.replaceSubrange(range, with: Data(new.utf8))
    try data.write(to: url)
  }

  @Test func `a whole store is checked, performed again, copied, and needs no upgrade`() throws {
    try expect("run a.tape --store a.eventicle")
    try expect("verify a.eventicle", says: ["a.eventicle is whole."])
    try expect(
      "verify a.eventicle --rerun", says: ["is whole.", "steps performed again came out the same."])
    try expect(
      "verify a.eventicle --rerun --domain nothing", says: ["no domain \"nothing\""], code: 2)
    try expect(
      "verify a.eventicle --rerun --domain bank", says: ["of the domain shop, not of bank"], code: 3
    )
    try expect("backup a.eventicle b.eventicle", says: ["b.eventicle has "])
    try expect("backup a.eventicle b.eventicle", says: ["is there already"], code: 3)
    try expect(
      "upgrade a.eventicle", says: ["a.eventicle has format 1 already; there is nothing to do."])
    try expect("upgrade none.eventicle", says: ["There is no store at none.eventicle"], code: 3)
    try expect("verify none.eventicle", says: ["There is no store at none.eventicle"], code: 3)
    try expect("verify a.tape", says: ["is no store of Eventicle"], code: 3)
  }

  @Test func `a damaged history is told, refused and repaired`() throws {
    try expect("run a.tape --store a.eventicle")
    try replace("\"customer\":\"c-19\"", by: "\"customer\":\"c-18\"", in: "a.eventicle")
    try expect(
      "verify a.eventicle",
      says: [
        "is not the one that was written.", "eventicle repair a.eventicle --into NEW saves",
      ], code: 3)
    try expect(
      "repair a.eventicle --into b.eventicle",
      says: ["b.eventicle has ", "Lost are the entries j", "b.eventicle.after.ndjson has "])
    try expect("verify b.eventicle", says: ["is whole."])
    try expect("import b.eventicle.after.ndjson --store b.eventicle")
    try expect("repair a.eventicle --into b.eventicle", says: ["is there already"], code: 3)
  }

  @Test func `damaged tables are made again after asking, or unasked`() throws {
    try expect("run a.tape --store a.eventicle")
    func damage() throws {
      try replace("CREATE TABLE history(", by: "CREATE TABLX history(", in: "a.eventicle")
    }
    try damage()
    try expect(
      "verify a.eventicle",
      says: ["a whole history", "eventicle --store a.eventicle --repair-derived"], code: 3)
    let question = "Make them again now? [y/N]"
    try expect(
      "run a.tape --store a.eventicle", says: [question, "--repair-derived"], code: 3, typing: "n\r"
    )
    try expect("run a.tape --store a.eventicle", says: [question], typing: "y\r")
    try expect("verify a.eventicle", says: ["is whole."])
    try damage()
    try expect("run a.tape --store a.eventicle --repair-derived")
    try expect("verify a.eventicle", says: ["is whole."])
    try damage()
    let journey = try open(["--store", "a.eventicle", "--repair-derived"])
    try journey.wait(for: "PaymentRequested")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
    try expect("verify a.eventicle", says: ["is whole."])
  }

  @Test func `a store of another domain is refused, or adopted with what is different`() throws {
    try expect("run a.tape --store a.eventicle")
    try folder.write("clock +1s\n", to: "b.tape")
    try expect(
      "run b.tape --store a.eventicle --domain bank",
      says: ["of the domain shop, not of bank", "--adopt"], code: 3)
    try expect("run b.tape --store a.eventicle --adopt", says: ["--adopt needs --domain"], code: 2)
    try expect("run b.tape --adopt", says: ["name it with --store"], code: 2)
    let journey = try open(["--store", "a.eventicle", "--domain", "bank", "--adopt"])
    try journey.wait(for: "The domain bank has changed since j")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
    try expect(
      "run b.tape --store a.eventicle --domain shop --adopt",
      says: ["eventicle: The domain shop has changed since j"])
    try expect("verify a.eventicle", says: ["is whole."])
  }
}
