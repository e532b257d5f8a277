import EventicleCore
import EventicleCrypto
import Synchronization
import TestSupport
import Testing

/// The output of the program below.
private enum Printed {
  static let lines = Mutex<[String]>([])
}

/// Shadows the standard library's function, so that a test can read the output.
private func print(_ items: Any...) {
  let line = items.map { "\($0)" }.joined(separator: " ")
  Printed.lines.withLock { $0.append(line) }
}

/// The program of the landing page, copied exactly.
private func program() throws {
  // crypto begins
  let keys = InMemorySubjectKeys()
  let encryption = EventEncryption(["user.created": ["email"]], keys: keys)
  let app = try Eventicle(
    Domain("users"), options: EngineOptions(protection: encryption))
  try app.eventClient.emit(
    [NewEvent("user.created", "alice", data: ["email": "alice@example.com", "plan": "free"])],
    to: "users")

  try app.eventClient.coldStream("users") { print($0.data) }
  try keys.shred("alice")
  try app.eventClient.coldStream("users") { print($0.data) }
  // crypto ends
}

@Suite struct LandingPageTests {
  @Test func `the program of the landing page compiles and prints what the page says`() throws {
    let page = "Sources/EventicleCrypto/EventicleCrypto.docc/EventicleCrypto.md"
    let own = try #require(Snippet.compiled("crypto", in: #filePath))
    #expect(Snippet.shown("program: crypto", on: page) == own)
    try program()
    let printed = Printed.lines.withLock { $0.map { $0 + "\n" }.joined() }
    #expect(Snippet.shown("it prints: crypto", on: page) == printed)
  }
}
