import EventicleCore
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct TerminalDescriptionTests {
  static let source = "Tests/EventicleConsoleTests/Golden/terminals.ti"
  static let path = "Sources/EventicleConsole/Terminal/TerminalDescription.swift"

  /// Runs a tool of ncurses; `nil` when it is not installed.
  private func run(_ tool: String, _ arguments: [String], terminfo: String) throws -> String? {
    guard FileManager.default.isExecutableFile(atPath: tool) else { return nil }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: tool)
    process.arguments = arguments
    process.environment = ["TERMINFO": terminfo]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: text, as: UTF8.self) : nil
  }

  @Test(arguments: TerminalDescription.allCases)
  func `what is compiled in says the same as its source`(
    _ description: TerminalDescription
  ) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/terminals-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let tic = ["-x", "-o", folder, Repository.root + "/" + Self.source]
    guard try run("/usr/bin/tic", tic, terminfo: "") != nil else { return }
    let infocmp = ["-x", "-1", "-q", description.rawValue]
    let fromSource = try run("/usr/bin/infocmp", infocmp, terminfo: folder)
    let compiled = try run("/usr/bin/infocmp", infocmp, terminfo: "b64:" + description.compiled)
    let withoutHead = { (text: String?) in
      text?.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    }
    if TestEnvironment.recordsGolden {
      let dump = ["-x", "-0", "-q", "-Q2", description.rawValue]
      try record(try #require(try run("/usr/bin/infocmp", dump, terminfo: folder)), description)
    } else {
      #expect(withoutHead(compiled) == withoutHead(fromSource))
      #expect(compiled?.contains(description.rawValue) == true)
    }
  }

  /// Writes a compiled description into the source file.
  private func record(_ dump: String, _ description: TerminalDescription) throws {
    var rest = dump.trimmingCharacters(in: .whitespacesAndNewlines).dropFirst("b64:".count)
    var lines: [String] = []
    while !rest.isEmpty {
      lines.append("      " + rest.prefix(90))
      rest = rest.dropFirst(90)
    }
    let text = try #require(Repository.text(at: Self.path))
    let begin = try #require(text.range(of: "    case .\(description):\n      \"\"\"\n"))
    let end = try #require(
      text.range(of: "\n      \"\"\"", range: begin.upperBound..<text.endIndex))
    let new = text.replacingCharacters(
      in: begin.upperBound..<end.lowerBound, with: lines.joined(separator: "\\\n"))
    try new.write(toFile: Repository.root + "/" + Self.path, atomically: true, encoding: .utf8)
  }
}
