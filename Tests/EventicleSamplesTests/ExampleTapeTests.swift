import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

/// Runs every tape under `examples` of a domain in Swift; its expectations must hold.
@Suite struct ExampleTapeTests {
  /// Those beside a package of node are run by the tests of domains in JavaScript.
  static let tapes = Repository.files(in: "examples", withSuffix: ".tape").filter { path in
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return Repository.text(at: "\(folder)/package.json") == nil
  }

  @Test func `there are example tapes`() {
    #expect(Self.tapes.count >= 3)
  }

  @Test(arguments: tapes)
  func `an example tape succeeds`(path: String) throws {
    let folder = try #require(path.split(separator: "/").dropLast().last)
    // One that stands beside the folders is of the shop.
    let domain = folder == "examples" ? .shop : try #require(Samples.named(String(folder)))
    let text = try #require(Repository.text(at: path))
    var session = try Session(domain)
    var runner = TapeRunner()
    var said: [String] = []
    for line in try TapeLine.lines(of: Array(text.utf8)) {
      let result = runner.run(line, in: &session) { request, session in
        guard case .importFile(let file) = request, let events = Repository.text(at: file.path)
        else { return nil }
        _ = try? session.importEvents(Array(events.utf8))
        return Reply()
      }
      if result?.json["ok"] == false { said += result?.text ?? [] }
    }
    #expect(runner.lines > 5)
    // A refusal that the next line expects is none.
    #expect(runner.failed == 0, "\(path): \(said.joined(separator: "\n"))")
  }
}
