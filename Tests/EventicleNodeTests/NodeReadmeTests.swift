import Foundation
import TestSupport
import Testing

@testable import EventicleNode

/// What the README tells teams that use node, word for word.
@Suite(
  .enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped), .serialized, .timeLimit(.minutes(5)))
struct NodeReadmeTests {
  private static let strips: Comment = "This node does not read TypeScript by itself."

  /// The commands of the section, without their comments.
  private func commands() throws -> [String] {
    let shown = try #require(Snippet.shown("node quick start", on: "README.md"))
    return shown.split(separator: "\n").map { line in
      let command = line.firstRange(of: " #").map { line[..<$0.lowerBound] } ?? line
      return command.trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func `its commands make a domain, run its test, and open it while it is edited`() throws {
    try follow(try commands(), editing: "work/library/domain.js")
  }

  @Test(.enabled(if: NodeProgram.readsTypeScript, strips))
  func `the same is so in TypeScript`() throws {
    let commands = try commands().map { $0.replacingOccurrences(of: "--js", with: "--ts") }
    #expect(commands.contains { $0.contains("--ts") })
    try follow(commands, editing: "work/library/src/domain.ts")
  }

  @Test func `its page begins with commands of the same kind`() throws {
    let page = try #require(
      Repository.text(at: "Sources/EventicleNode/EventicleNode.docc/BeginningADomain.md"))
    for command in try commands() {
      let said = command.replacingOccurrences(of: "--js", with: "--ts")
      #expect(page.contains("```sh\n\(said)\n```"), "the page lacks: \(said)")
    }
  }

  private func follow(_ commands: [String], editing file: String) throws {
    let program = try NodeProgram()
    #expect(commands.count == 4)
    for command in commands {
      #expect(command.hasPrefix("eventicle "))
      if command.hasPrefix("eventicle --domain ") {
        try open(command, program, editing: file)
      } else {
        let run = try program.shell(command)
        #expect(run.status == 0, "\(command): \(run.output)")
      }
    }
    let report = try #require(program.folder.text("work/library.xml"))
    #expect(report.contains(#"failures="0" errors="0">"#))
    #expect(report.contains(#"<testcase name="expect V Shelf/emma.loans = 1""#))
  }

  /// Opens the console, lends a book, saves the domain with another refusal, and is refused.
  private func open(_ command: String, _ program: NodeProgram, editing file: String) throws {
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let own = program.environment.filter {
      ["PATH", "HOME"].contains($0.key) || $0.key.hasPrefix("XDG_")
    }
    let journey = try Journey(
      ProgramUnderTest.path(), words, environment: own, columns: 120,
      directory: program.folder.file("work"))
    try journey.wait(for: "is loaded")
    journey.send(":AddBook book=emma title=Emma<Enter>")
    try journey.wait(for: "BookAdded")
    journey.send(":LendBook book=emma reader=ada<Enter>")
    try journey.wait("the loan") { $0.contains("BookLent") && !$0.contains("is loaded") }
    let text = try #require(program.folder.text(file))
    #expect(text.contains("} is out with ${"))
    let edited = text.replacingOccurrences(of: "} is out with ${", with: "} went home with ${")
    try program.folder.write(edited, to: file)
    try journey.wait(for: "is loaded")
    journey.send(":LendBook book=emma reader=ben<Enter>")
    try journey.wait(for: "emma went home with ada.")
    // What was refused stays in the bar to be mended.
    journey.send("<Esc>")
    try journey.wait("the bar to close") { !$0.contains(":LendBook") }
    journey.send(":q!<Enter>")
    try journey.expectCleanEnd(.exited(code: 0))
    // The next command runs the test, which is written for the domain as it was.
    try program.folder.write(text, to: file)
  }
}
