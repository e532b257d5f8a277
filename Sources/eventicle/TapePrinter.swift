import EventicleConsole
import EventicleCore
import EventicleWorkbench

extension DomainOptions {
  /// What runs a tape in a session of these options.
  func printer(json: Bool) -> TapePrinter {
    TapePrinter(json: json, store: store) { [node] name in
      try DomainOptions.ready(try DomainOptions.named(name, node))
    }
  }
}

/// Runs a tape in a session and prints the result of each line.
struct TapePrinter {
  /// Whether to print JSON.
  let json: Bool
  /// The path of the store that keeps the session.
  var store: String?
  /// Makes a domain ready that a line names.
  let domains: (String) throws -> Domain
  /// The tape's name, told where there are several.
  var name: String?

  /// Runs a tape of which there is no report.
  ///
  /// - Throws: As ``run(_:in:reporting:)`` does.
  func run(_ tape: [UInt8], in session: inout Session) throws {
    var report = TapeReport()
    try run(tape, in: &session, reporting: &report)
  }

  /// Runs a tape.
  ///
  /// - Parameter report: Gets what became of each line.
  /// - Throws: ``Failure`` with status 1 when a line or an expectation failed.
  func run(
    _ tape: [UInt8], in session: inout Session, reporting report: inout TapeReport
  ) throws {
    if let name, !json { Output.text("\(name):") }
    var runner = TapeRunner()
    var requests = FileRequests(store: store, domains: domains)
    let lines: [TapeLine]
    do throws(TapeError) {
      lines = try TapeLine.lines(of: tape)
    } catch {
      throw Failure("The tape cannot be read: \(error)", .store)
    }
    for line in lines {
      let result = runner.run(line, in: &session, reading: Files.reader) { request, session in
        requests.perform(request, in: &session)
      }
      session.hearProgram()
      guard let result else { continue }
      report.add(line, result)
      if json {
        Output.json(named(result.json))
      } else {
        result.text.forEach { Output.text($0) }
      }
      if result.endsTape { break }
    }
    let summary = runner.summary(of: session)
    if json { Output.json(named(summary)) }
    guard runner.failed == 0 else {
      let lines = runner.failed == 1 ? "1 line" : "\(runner.failed) lines"
      throw Failure("\(lines) of \(runner.lines) failed.", .failed)
    }
  }

  /// An object with the tape's name, where there are several.
  private func named(_ object: JSON) -> JSON {
    guard let name else { return object }
    var object = object
    object["tape"] = .string(name)
    return object
  }
}
