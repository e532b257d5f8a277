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

/// The first program of the README, to the letter.
private func firstProgram() throws {
  // README begins
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
  // README ends
}

@Suite struct FirstProgramTests {
  @Test func `the program of the README prints the output in the README`() throws {
    try firstProgram()
    let lines = Printed.lines.withLock { $0 }
    #expect(
      lines == [
        "hot user.created", "cold user.created", "done",
        #"cold-hot {"userName":"Personal Person"}"#,
      ])
    let readme = try #require(Repository.text(at: "README.md"))
    for line in lines { #expect(readme.contains("`\(line)`"), "the README does not say \(line)") }
  }

  @Test func `the program of the README is compiled here`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let own = between(source, "  // README begins\n", "  // README ends")
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(2) }
      .joined(separator: "\n")
    let readme = try #require(Repository.text(at: "README.md"))
    let shown = between(
      readme, "by a test -->\n```swift\nimport EventicleCore\n\n", "```\n<!-- end of program -->")
    #expect(shown == own)
  }

  private func between(_ text: String, _ start: String, _ end: String) -> String {
    guard let from = text.range(of: start),
      let to = text.range(of: end, range: from.upperBound..<text.endIndex)
    else { return "" }
    return String(text[from.upperBound..<to.lowerBound])
  }
}
