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

/// `eventicle import`: imports a file of events, then runs a tape on them.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in events, one JSON object a line, and run a tape on them.")

  @Argument(help: "The file of events; - for standard input.")
  var file: String

  @OptionGroup var domain: DomainOptions

  @Option(help: "A tape to run afterwards.")
  var then: String?

  @Flag(help: "Let sagas and adapters react as if the events happened now.")
  var live = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var session = try domain.session()
    let bytes = try Input.events(file)
    let count: Int
    do throws(EventFileError) {
      count = try session.importEvents(bytes, reaction: live ? .everybody : .viewsOnly, from: file)
    } catch {
      throw Failure("\(file), \(error)", .failed)
    }
    guard let then else {
      try domain.leave(&session)
      let summary: JSON = ["imported": .int(count), "position": .int(session.head.log.count)]
      let words = session.lastImport?.description ?? ""
      if json { Output.json(summary) } else { Output.text(words) }
      return
    }
    let lines = try Input.tape(then)
    let outcome = Result {
      try TapePrinter(json: json, store: domain.store).run(lines, in: &session)
    }
    try domain.leave(&session)
    try outcome.get()
  }
}
