import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

/// Runs every tape under `examples`; its expectations must hold.
@Suite struct ExampleTapeTests {
  static let tapes = Repository.files(in: "examples", withSuffix: ".tape")

  @Test func `there are example tapes`() {
    #expect(Self.tapes.count >= 3)
  }

  @Test(arguments: tapes)
  func `an example tape succeeds`(path: String) throws {
    let folder = try #require(path.split(separator: "/").dropLast().last)
    let domain = try #require(Samples.named(String(folder)))
    let text = try #require(Repository.text(at: path))
    var session = try Session(domain)
    var runner = TapeRunner()
    for line in try TapeLine.lines(of: Array(text.utf8)) {
      let result = runner.run(line, in: &session) { request, session in
        guard case .importFile(let file) = request, let events = Repository.text(at: file.path)
        else { return nil }
        _ = try? session.importEvents(Array(events.utf8))
        return Reply()
      }
      #expect(result?.json["ok"] != false, "\(path): \(result?.text.joined(separator: "\n") ?? "")")
    }
    #expect(runner.lines > 5)
    #expect(runner.failed == 0)
  }
}
