import ArgumentParser
import EventicleCore
import EventicleWorkbench

/// `eventicle run`: runs tapes without a screen.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the command lines of tapes, or of standard input with -.")

  @Argument(help: "The tapes, each run from its own beginning; - for standard input.")
  var tapes: [String]

  @OptionGroup var domain: DomainOptions

  @Flag(help: "Print one JSON object for each line, and one at the end of each tape.")
  var json = false

  @Option(
    help: "A file for what became of each line, as JUnit's XML; a report that is there is replaced."
  )
  var junit: String?

  func validate() throws {
    guard tapes.count(where: { $0 == "-" }) > 1 else { return }
    throw ValidationError("Standard input can be read once; name - once.")
  }

  func run() throws {
    let file = try junit.map(ReportFile.init)
    var report = TapeReport()
    var failures: [(error: any Error, code: ExitStatus)] = []
    for tape in tapes {
      report.begin(tape)
      do { try run(tape, reporting: &report) } catch {
        let failure = error as? Failure ?? Failure("\(error)", .usage)
        if failure.code != .failed { report.stop(because: failure.message) }
        if tapes.count > 1 {
          let isNamed = failure.message.hasPrefix(tape)
          Output.complain(isNamed ? failure.message : "\(tape): \(failure.message)")
        }
        failures.append((error, failure.code))
      }
    }
    try file?.write(report)
    guard let worst = failures.max(by: { $0.code.rawValue < $1.code.rawValue }) else { return }
    guard tapes.count > 1 else { throw worst.error }
    throw Failure("\(failures.count) of \(tapes.count) tapes failed.", worst.code)
  }

  /// Runs a tape in a session of its own.
  private func run(_ tape: String, reporting report: inout TapeReport) throws {
    let content = try Input.tape(tape)
    var domain = domain
    domain.take(header: SessionFile.header(of: content))
    var printer = domain.printer(json: json)
    if tapes.count > 1 { printer.name = tape }
    try domain.withSession { session in
      try printer.run(content, in: &session, reporting: &report)
    }
  }
}
