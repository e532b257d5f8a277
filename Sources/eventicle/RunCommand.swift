import ArgumentParser
import EventicleCore
import EventicleWorkbench

/// `eventicle run`: runs a tape without a screen.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the command lines of a tape, or of standard input with -.")

  @Argument(help: "The tape; - for standard input.")
  var tape: String

  @OptionGroup var domain: DomainOptions

  @Flag(help: "Print one JSON object for each line, and one at the end.")
  var json = false

  func run() throws {
    let content = try Input.tape(tape)
    var domain = domain
    domain.take(header: SessionFile.header(of: content))
    try domain.withSession { session in
      try domain.printer(json: json).run(content, in: &session)
    }
  }
}
