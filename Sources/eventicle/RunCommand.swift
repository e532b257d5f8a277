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
    var session = try domain.session()
    let bytes = try Input.tape(tape)
    let outcome = Result {
      try TapePrinter(json: json, store: domain.store).run(bytes, in: &session)
    }
    try domain.leave(&session)
    try outcome.get()
  }
}
