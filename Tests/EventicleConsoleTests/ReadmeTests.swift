import TestSupport
import Testing

@testable import EventicleConsole

/// What the README shows is what there is.
@Suite struct ReadmeTests {
  @Test func `the table of keys is the keymap's; make keys writes it`() throws {
    let page = try #require(
      Repository.text(at: "Sources/EventicleConsole/EventicleConsole.docc/Keys.md"))
    #expect(KeyTable.replaced(in: page) == page)
  }

  @Test func `the screen is a golden screen; make keys writes it`() throws {
    let readme = try #require(Repository.text(at: "README.md"))
    let golden = try #require(
      Repository.text(at: "Tests/EventicleConsoleTests/Golden/saga-80x24.screen"))
    let rows = golden.split(separator: "\n").dropFirst().prefix { !$0.hasPrefix("# styles") }
      .map { $0.dropFirst().dropLast() }
    #expect(rows.count == 24)
    for row in rows {
      var end = row
      while end.last == " " { end.removeLast() }
      #expect(readme.contains("\n\(end)\n"), "the README lacks: \(end)")
    }
  }
}
