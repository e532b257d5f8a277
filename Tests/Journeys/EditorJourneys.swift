import Foundation
import TestSupport
import Testing

/// A line that is edited in the person's own editor, which has the terminal meanwhile.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EditorJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(editor: String) throws -> Journey {
    let journey = try Journey(
      ProgramUnderTest.path(), ["--at", "2026-01-01T09:00:00Z"],
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
        "EDITOR": editor, "PATH": "/usr/bin:/bin",
      ], columns: 100, directory: folder.path)
    try journey.wait(for: "1 Start")
    return journey
  }

  private func leaveUnsaved(_ journey: Journey) throws {
    journey.send("q")
    try journey.wait(for: "not saved")
    journey.send("d")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `Ctrl-X Ctrl-E edits the line elsewhere, and Enter runs what came back`() throws {
    let journey = try open(editor: "sed -i s/59/77/")
    journey.send(":do PlaceOrder customer=c-19 total:=59")
    try journey.wait(for: "total:=59")
    journey.send("<C-x><C-e>")
    try journey.wait(for: ":do PlaceOrder customer=c-19 total:=77")
    journey.send("<Enter>")
    try journey.wait(for: "C PlaceOrder → #1 #2")
    try leaveUnsaved(journey)
  }

  @Test func `an editor that fails leaves the line as it was, and says so`() throws {
    let journey = try open(editor: "false")
    journey.send(":clock +5m")
    try journey.wait(for: ":clock +5m")
    journey.send("<C-x><C-e>")
    try journey.wait(for: "false ended with status 1")
    journey.send("<Esc>")
    try journey.wait("the prompt is closed") { !$0.contains(":clock +5m") }
    journey.send("q")
    try journey.expectCleanEnd(.exited(code: 0))
  }

  @Test func `an editor has the keys and the screen, and gives them back`() throws {
    let script = folder.file("editor.sh")
    try folder.write(
      "#!/bin/sh\nprintf 'EDITOR HERE\\n'\nread answer\nprintf '%s\\n' \"$answer\" >\"$1\"\n",
      to: "editor.sh")
    let journey = try open(editor: "sh \(script)")
    journey.send(":x<C-x><C-e>")
    try journey.wait(for: "EDITOR HERE")
    journey.send("clock +5m<Enter>")
    try journey.wait(for: ":clock +5m")
    journey.send("<Enter>")
    try journey.wait(for: "clock +5m, 09:05:00")
    try leaveUnsaved(journey)
  }
}
