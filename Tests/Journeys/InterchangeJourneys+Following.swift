import Foundation
import TestSupport
import Testing

/// Files that other programs write to, as the real program follows them.
extension InterchangeJourneys {
  @Test func `a file is followed without a screen until somebody ends it`() throws {
    try folder.write(lines(1...3), to: "a.ndjson")
    let process = try process("exec \"$E\" import a.ndjson --follow --json --store s.eventicle")
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    func read(_ position: Int) -> String {
      var text = ""
      while !text.contains("\"position\":\(position)}\n") {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        text += String(decoding: data, as: UTF8.self)
      }
      return text
    }
    #expect(read(3).contains(#""imported":3"#))
    try folder.append("nonsense\n\(line(4))\n", to: "a.ndjson")
    #expect(read(4).contains(#""skipped":1"#))
    // What is there before the program hears of its end is another file by then.
    try folder.write(lines(4...6), to: "b.ndjson")
    #expect(rename(folder.file("b.ndjson"), folder.file("a.ndjson")) == 0)
    #expect(read(6).contains(#""known":1"#))
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("a.ndjson, line 4"))
    #expect(said.contains("a.ndjson is another file now; it is read from its beginning."))
    #expect(try shell("\"$E\" export --store s.eventicle").output == lines(1...6))
  }

  @Test func `a console shows what is added to a file that it follows`() throws {
    try folder.write(lines(1...2), to: "a.ndjson")
    let journey = try Journey(
      ProgramUnderTest.path(), ["--follow", "a.ndjson", "--at", "2026-01-01T09:00:00Z"],
      environment: [
        "TERM": "xterm-256color", "HOME": folder.path, "XDG_STATE_HOME": folder.file("state"),
      ], columns: 110, directory: folder.path)
    try journey.wait(for: "order-2")
    try folder.append("\(line(3))\nnonsense\n", to: "a.ndjson")
    try journey.wait(for: "order-3")
    try journey.wait(for: "the line is passed over")
    journey.send(":goto #1<Enter>")
    try journey.wait(for: "PAST")
    try folder.append("\(line(4))\n", to: "a.ndjson")
    journey.send("L")
    try journey.wait(for: "order-4")
    journey.send("q")
    try journey.wait(for: "not saved")
    journey.send("d")
    try journey.expectCleanEnd(.exited(code: 0))
  }
}
