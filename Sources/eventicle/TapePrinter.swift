import EventicleCore
import EventicleWorkbench

/// Runs a tape in a session and prints the result of each line.
struct TapePrinter {
  /// Whether to print JSON.
  let json: Bool

  /// Runs a tape.
  ///
  /// - Throws: ``Failure`` with status 1 when a line or an expectation failed.
  func run(_ tape: [UInt8], in session: inout Session) throws {
    var runner = TapeRunner()
    for line in TapeRunner.lines(of: tape) {
      let result = runner.run(line, in: &session) { request, session in
        FileRequests.perform(request, in: &session)
      }
      guard let result else { continue }
      if json {
        Output.json(result.json.description)
      } else {
        result.text.forEach { Output.line($0) }
      }
      if result.endsTape { break }
    }
    let summary = runner.summary(of: session)
    if json { Output.json(summary.description) }
    guard runner.failed == 0 else {
      let lines = runner.failed == 1 ? "1 line" : "\(runner.failed) lines"
      throw Failure("\(lines) of \(runner.lines) failed.", .failed)
    }
  }
}
