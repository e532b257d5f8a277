import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSQLite
import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

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

  @Flag(help: "Go on with what is added to the file, until ^C; bad lines are passed over.")
  var follow = false

  @Option(help: "A tape to run afterwards.")
  var then: String?

  @Flag(help: "Let sagas and adapters react as if the events happened now.")
  var live = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let work = try importing()
    guard !follow else { return try follow(work) }
    // A store that is made for events that do not come is not left behind.
    let isNew = domain.store.map { !Files.isThere($0) } ?? false
    var isInVain = false
    do {
      try domain.withSession(events: true) { session in
        do { try run(work, in: &session) } catch {
          isInVain = isNew && session.head.log.count == 0
          throw error
        }
      }
    } catch {
      if isInVain, let store = domain.store { Store.discard(store) }
      throw error
    }
  }

  private func run(_ work: EventImport, in session: inout Session) throws {
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
      case .line:
        throw Failure(
          error.text + (skipBad == nil ? " --skip-bad FILE takes the other lines." : ""), .failed)
      }
    }
    progress.clear()
    guard outcome == .done else { throw Failure(ending(session), .ended) }
    if let report = session.lastImport, then == nil || report.skipped > 0 { say(report, session) }
    guard let then else { return }
    interruption.end()
    try domain.printer(json: json).run(try Input.tape(then), in: &session)
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

  /// Takes what the file has, and what is added to it, until somebody ends it.
  private func follow(_ work: EventImport) throws {
    guard then == nil, file != "-" else {
      throw Failure(
        "--follow goes on until ^C, and with a file; leave \(then == nil ? "-" : "--then") out.",
        .usage)
    }
    let follower: FileFollower
    do throws(FileProblem) { follower = try FileFollower(work) } catch {
      throw Failure(error.text, .usage)
    }
    try domain.withSession(events: true) { try take(follower, into: &$0) }
  }

  private func take(_ follower: FileFollower, into session: inout Session) throws {
    let interruption = Interruption()
    while !interruption.isAsked {
      let look = follower.look(&session)
      if look.hasNews, json { Output.json(follower.json(session)) }
      guard let next = look.next else { throw Failure("\(look.remark ?? "").", .store) }
      if let remark = look.remark { Output.complain("\(remark).") }
      if next.milliseconds > 0 { usleep(UInt32(next.milliseconds) * 1_000) }
    }
    if json { Output.json(follower.json(session)) } else { Output.text(follower.summary) }
  }

  private func say(_ report: ImportReport, _ session: Session) {
    if json {
      Output.json(report.json(position: session.head.log.count))
      return
    }
    let isKept = domain.store != nil
    Output.text(
      report.description + (isKept ? "" : "; nothing is kept of it without --store FILE"))
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
