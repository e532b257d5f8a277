import EventicleSamples
import EventicleWorkbench
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

/// This screen as a file.
@Suite struct ScreenShotTests {
  private func buffer() -> CellBuffer {
    var canvas = Canvas(size: Size(columns: 12, rows: 3))
    canvas.box(canvas.bounds, title: "a<b>&", focused: true)
    canvas.put("x日y", at: Point(column: 1, row: 1), style: CellStyle(.kindCommand))
    return canvas.buffer
  }

  private func text(_ path: String) -> String? {
    ScreenShot.file(path, of: buffer(), .terminal, title: "<t>")
      .map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func `the name of the file says its form`() throws {
    #expect(try #require(text("a.svg")).hasPrefix("<svg "))
    #expect(try #require(text("a.txt")) == buffer().text)
    #expect(try #require(text("a.html")).hasPrefix("<!DOCTYPE html>\n"))
    #expect(text("a.png") == nil && text("svg") == nil)
  }

  @Test func `a page has the text of the screen, escaped, row by row`() throws {
    let page = try #require(text("a.html"))
    #expect(page.contains("<title>&lt;t&gt;</title>"))
    let start = try #require(page.range(of: "<pre>"))
    let end = try #require(page.range(of: "</pre>"))
    var shown = String(page[start.upperBound..<end.lowerBound])
    while let open = shown.range(of: "<"), let close = shown.range(of: ">") {
      shown.removeSubrange(open.lowerBound..<close.upperBound)
    }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      shown = shown.replacingOccurrences(of: entity, with: character)
    }
    #expect(shown + "\n" == buffer().text)
    #expect(
      page.components(separatedBy: "<span").count == page.components(separatedBy: "</span>").count)
  }

  @Test func `the line asks for the file, and with a sign replaces one`() throws {
    let pilot = try ConsolePilot().type("shot a.svg").type("shot! a.html")
    let shots = pilot.effectRunner.effects.filter {
      if case .shot = $0 { true } else { false }
    }
    #expect(shots == [.shot("a.svg", force: false), .shot("a.html", force: true)])
  }

  @Test func `a file is written once, and again only with the sign`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "shot-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("screen.html").path
    let loader = ThemeLoader(folder: nil, environment: [:]) { _ in nil }
    let program = ConsoleProgram(
      session: try Session(.shop), size: Size(columns: 80, rows: 24),
      effectRunner: SystemEffectRunner(
        themes: ThemeKeeper(loader), state: StateFolder(environment: [:]), terminal: nil,
        remembersLines: false))
    try Data("somebody's".utf8).write(to: URL(fileURLWithPath: path))
    program.run(line: "shot \(path)")
    #expect(program.model.question != nil)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "somebody's")
    program.send(.key(KeyPress(.escape)))
    program.run(line: "shot! \(path)")
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(program.model.message?.text.contains("wrote") == true)
    program.run(line: "shot screen.png")
    #expect(program.model.message?.kind == .problem)
  }

  @Test func `without a screen the line says that it needs one`() throws {
    var session = try Session(.shop)
    var runner = TapeRunner()
    let result = runner.run(TapeLine(number: 1, text: "shot a.svg"), in: &session) { request, _ in
      ScreenRequests.answer(request)
    }
    #expect(result?.text == ["1: this needs a screen; nothing was done"])
  }
}
