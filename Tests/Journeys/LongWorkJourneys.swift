import Foundation
import TestSupport
import Testing

/// Long work on a real pty: keys are answered, progress is shown, Ctrl-C ends it.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LongWorkJourneys {
  private func open(_ arguments: [String] = [], columns: Int = 100) throws -> Journey {
    try Journey(
      ProgramUnderTest.path(), arguments,
      environment: [
        "TERM": "xterm-256color", "HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent",
      ], columns: columns, rows: 24)
  }

  /// Writes a file of events that is gone when the body ends.
  private func withFile(_ lines: some Sequence<String>, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "eventicle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "events.ndjson")
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    try body(file.path)
  }

  private static func event(_ number: Int, _ text: String) -> String {
    #"{"id":"e\#(number)","type":"Noted","source":"s","stream":"notes","domainId":"n\#(number)","createdAt":\#(1_767_258_000_000 + number),"data":{"a":"\#(text)"}}"#
  }

  /// Opens and closes the help while work runs, then ends the work.
  private func askForHelpAndEnd(_ journey: Journey, ended: String) throws {
    try journey.wait(for: "^C ends it")
    journey.send("?")
    try journey.wait(for: "Esc closes")
    journey.send("<Esc>")
    try journey.wait(forGone: "Esc closes")
    try journey.wait(for: "^C ends it")
    journey.send("<C-c>")
    try journey.wait("the end of the work") {
      $0.contains(ended) && !$0.contains("^C ends it")
    }
    journey.send("?")
    try journey.wait(for: "Esc closes")
    journey.send("<Esc>")
    try journey.wait(forGone: "Esc closes")
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `a line repeated a million times leaves the keys alone and ends at Ctrl-C`() throws {
    let journey = try open()
    try journey.wait(for: "1 Start")
    journey.send(":emit notes Noted --count 1000000<Enter>")
    try journey.wait(for: "of 1,000,000 · ")
    try journey.wait(for: "left · ^C ends it")
    try journey.wait("its events while it runs") {
      $0.contains(" nobody ") && $0.contains("of 1,000,000 · ")
    }
    try askForHelpAndEnd(journey, ended: "Ended by you")
  }

  @Test func `moving the clock to the end of time leaves the keys alone and ends at Ctrl-C`() throws
  {
    let journey = try open(["demo", "--story"])
    try journey.wait(for: "HELD")
    journey.send(":live<Enter>:clock set 9999-12-31T23:59:59Z<Enter>")
    try askForHelpAndEnd(journey, ended: "Ended by you")
  }

  @Test func `a filter that takes long leaves the keys alone and ends at Ctrl-C`() throws {
    let text = String(repeating: "a", count: 30_000)
    try withFile((1...400).lazy.map { Self.event($0, text) }) { path in
      let journey = try open(["--import", path])
      try journey.wait(for: "400 events imported")
      journey.send(":filter ")
      try journey.wait(for: ":filter")
      journey.paste("/" + String(repeating: "a*", count: 300) + "b/")
      journey.send("<Enter>")
      try journey.wait(for: "searching entries")
      try askForHelpAndEnd(journey, ended: "the search was ended")
    }
  }

  @Test func `an import paints first, shows events while the rest comes and ends at Ctrl-C`() throws
  {
    try withFile((1...150_000).lazy.map { Self.event($0, "b") }) { path in
      let journey = try open(["--import", path])
      try journey.wait(for: "importing ")
      try journey.wait("the first events while the rest comes") {
        $0.contains("Noted") && $0.contains("importing ")
      }
      journey.send("gg")
      try journey.wait(for: "n1 ")
      try askForHelpAndEnd(journey, ended: "the import was ended: ")
    }
  }

  @Test func `lines typed while a line runs wait for it, and q ends everything`() throws {
    let journey = try open()
    try journey.wait(for: "1 Start")
    journey.send(":emit notes Noted --count 1000000<Enter>")
    try journey.wait(for: "^C ends it")
    journey.send(":hold<Enter>")
    try journey.wait(for: "1 line waits")
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }
}
