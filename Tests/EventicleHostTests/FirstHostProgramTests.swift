import EventicleCore
import EventicleHost
import Foundation
import Synchronization
import TestSupport
import Testing

/// The domain that the program below uses.
private enum Shop {
  static let domain = Domain(
    "shop",
    commands: [
      Command("Buy", stream: "orders", [.required("item")]) { _, _ in
        CommandResult(events: [NewEvent("OrderPlaced")])
      }
    ])
}

/// The output of the program below.
private enum Printed {
  static let lines = Mutex<[String]>([])
}

/// Shadows the standard library's `print`; ends the program after the first line.
private func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {
  let line = items.map { "\($0)" }.joined(separator: separator)
  Printed.lines.withLock { $0.append(line) }
  withUnsafeCurrentTask { $0?.cancel() }
}

/// The first program of the page, verbatim.
private func hostProgram() async throws {
  // page begins
  let host = try EventicleHost(Shop.domain)
  try await host.dispatch("Buy", ["item": "tea"])
  for await event in host.events(in: "orders") { print(event.type) }
  // page ends
}

@Suite(.timeLimit(.minutes(5))) struct FirstHostProgramTests {
  @Test func `the first program of the page runs and delivers its events`() async throws {
    try await Task { try await hostProgram() }.value
    #expect(Printed.lines.withLock { $0 } == ["OrderPlaced"])
  }

  @Test func `the first program of the page is the one compiled here`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let own = try part(of: source, from: "  // page begins\n", to: "  // page ends")
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(2) }
      .joined(separator: "\n")
    let page = try #require(
      Repository.text(
        at: "Sources/EventicleHost/EventicleHost.docc/EventicleHost.md"))
    let shown = try part(
      of: page,
      from: "<!-- host: compiled and run by a test -->\n```swift\nimport EventicleCore\n"
        + "import EventicleHost\n\n", to: "```\n<!-- end of host -->")
    #expect(shown == own)
  }

  private func part(of text: String, from start: String, to end: String) throws -> Substring {
    let from = try #require(text.range(of: start))
    let to = try #require(text.range(of: end, range: from.upperBound..<text.endIndex))
    return text[from.upperBound..<to.lowerBound]
  }
}
