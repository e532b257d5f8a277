import EventicleCore
import Foundation
import Synchronization
import TestSupport
import Testing

/// What the program below prints.
private enum Printed {
  static let lines = Mutex<[String]>([])
}

/// Stands in for the function of the standard library, so that a test can read what is printed.
private func print(_ items: Any...) {
  let line = items.map { "\($0)" }.joined(separator: " ")
  Printed.lines.withLock { $0.append(line) }
}

/// The page that shows the program.
private let page = "Sources/EventicleCore/EventicleCore.docc/Streams.md"

/// The program of the page about streams, to the letter.
private func firstProgram() throws {
  // page begins
  let app = try Eventicle(source: "my-cool-service")
  try app.eventClient.hotStream("app.streamname", group: "my-consumer") { event in
    print("hot", event.type)
  }
  try app.eventClient.emit(
    [NewEvent("user.created", data: ["userName": "Personal Person"])], to: "app.streamname")
  try app.eventClient.coldStream("app.streamname") { event in
    print("cold", event.type)
  } onDone: {
    print("done")
  }
  try app.eventClient.coldHotStream("app.streamname", group: "reader") { event in
    print("cold-hot", event.data)
  }
  // page ends
}

@Suite struct FirstProgramTests {
  @Test func `the program of the page prints what the page says`() throws {
    try firstProgram()
    let lines = Printed.lines.withLock { $0 }
    #expect(
      lines == [
        "hot user.created", "cold user.created", "done",
        #"cold-hot {"userName":"Personal Person"}"#,
      ])
    let shownPage = try #require(Repository.text(at: page))
    for line in lines { #expect(shownPage.contains("`\(line)`"), "the page does not say \(line)") }
  }

  @Test func `the program of the page is compiled here`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let own = between(source, "  // page begins\n", "  // page ends")
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(2) }
      .joined(separator: "\n")
    let shownPage = try #require(Repository.text(at: page))
    let shown = between(
      shownPage, "by a test -->\n```swift\nimport EventicleCore\n\n", "```\n<!-- end of program -->"
    )
    #expect(shown == own)
  }

  private func between(_ text: String, _ start: String, _ end: String) -> String {
    guard let from = text.range(of: start),
      let to = text.range(of: end, range: from.upperBound..<text.endIndex)
    else { return "" }
    return String(text[from.upperBound..<to.lowerBound])
  }
}
