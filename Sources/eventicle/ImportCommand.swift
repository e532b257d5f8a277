import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleWorkbench

/// `eventicle import`: imports a file of events, then runs a tape on them.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in events, one JSON object a line, and run a tape on them.",
    discussion: """
      The lines are events of Eventicle, envelopes of kcat -J or records of kafka-console-consumer; a \
      mapping of eventicle.yaml reads those of other tools. A file may be packed with gzip. Events \
      that are there already are left out, so that an import that was ended goes on when it is run \
      again.
      """)

  @Argument(help: "The file of events; - for standard input.")
  var file: String

  @OptionGroup var domain: DomainOptions

  @Option(
    help: ArgumentHelp(
      "How the lines say events: \(ImportedFile.formats.joined(separator: ", ")) (default: as they "
        + "look)."))
  var format: String?

  @Option(help: "The mapping of eventicle.yaml by which the lines become events.")
  var mapping: String?

  @Option(help: "Put bad lines into this file and take the others; else nothing is taken.")
  var skipBad: String?

  @Option(help: "A tape to run afterwards.")
  var then: String?

  @Flag(help: "Let sagas and adapters react as if the events happened now.")
  var live = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let work = try importing()
    var session = try domain.session()
    let interruption = Interruption()
    let progress = ProgressLine()
    var running = work
    running.use(store: domain.store) { now in
      progress.show(now)
      return !interruption.isAsked
    }
    let outcome: EventImport.Outcome
    do throws(EventImport.Problem) { outcome = try running.run(&session) } catch {
      progress.clear()
      switch error {
      case .file: throw Failure(error.text, .store)
      case .line: throw Failure(error.text, .failed)
      }
    }
    progress.clear()
    guard outcome == .done else { throw Failure(ending(session), .ended) }
    if let report = session.lastImport, then == nil || report.skipped > 0 { say(report, session) }
    guard let then else { return }
    interruption.end()
    try TapePrinter(json: json, store: domain.store).run(try Input.tape(then), in: &session)
  }

  /// The import that the options ask for.
  private func importing() throws -> EventImport {
    guard format == nil || mapping == nil else {
      throw Failure("--format and --mapping say the same in two ways; leave one out.", .usage)
    }
    if let format, !ImportedFile.formats.contains(format) {
      throw Failure(
        "--format is \(ImportedFile.formats.joined(separator: ", ")), but it is \"\(format)\"; "
          + "--mapping takes the name of a mapping.", .usage)
    }
    let imported = ImportedFile(file, as: format ?? mapping, badLines: skipBad)
    do throws(FileProblem) {
      return try EventImport(imported, reaction: live ? .everybody : .viewsOnly)
    } catch {
      throw Failure(error.text, .usage)
    }
  }

  private func say(_ report: ImportReport, _ session: Session) {
    if json {
      Output.json(report.json(position: session.head.log.count))
      return
    }
    Output.text(report.description)
    for line in report.skippedLines { Output.text("  \(line)") }
    if report.skipped > 0, let skipBad { Output.text("The bad lines are in \(skipBad).") }
  }

  /// What is said when somebody ended the import.
  private func ending(_ session: Session) -> String {
    guard domain.store != nil else { return "The import was ended; nothing is kept." }
    let count = session.lastImport?.count ?? 0
    return "The import was ended: \(count) \(count == 1 ? "event is" : "events are") imported; the "
      + "same command goes on."
  }
}
