import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleRedis
import Foundation

/// `eventicle attach`: looks at a running system, and changes nothing there.
struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Look at a running system on Redis Streams or in PostgreSQL, live and read-only.",
    discussion: """
      The system is named by an address, as redis://127.0.0.1:6379/orders,payments (without streams: \
      all of them) or postgres://USER@HOST/DATABASE, or by a name of contexts.yaml beside your \
      configuration. It is only read: no group is joined and nothing is acknowledged or written. \
      Without --domain, what the events tell stands in for one.
      """)

  @Argument(help: "An address, or the name of a context.")
  var system: String

  @OptionGroup var domain: DomainOptions
  @OptionGroup var look: LookOptions

  @Option(help: "From where: end, beginning, a time such as 30m, or a number of events (1000).")
  var from: String?

  @Option(help: "The name by which the screen calls the system.")
  var context: String?

  @Option(help: "A new file of events, in which what comes is kept with its place.")
  var save: String?

  @Option(help: "The variable that holds the password.")
  var passwordEnv: String?

  @Option(help: "The file that holds the password, which only you may read.")
  var passwordFile: String?

  @Flag(
    name: .customLong("print"),
    help: "Print the events, one JSON object a line, instead of opening the screen.")
  var printsEvents = false

  @Option(name: .customLong("for"), help: "How long --print goes on, as 10s; until ^C otherwise.")
  var duration: String?

  func validate() throws {
    if domain.store != nil {
      throw ValidationError("attach keeps nothing in a store; --save FILE keeps the events.")
    }
    if duration != nil, !printsEvents { throw ValidationError("--for is about --print.") }
    if let duration, Interval(parsing: duration) == nil {
      throw ValidationError("--for takes a time such as 10s or 2m, but it is \"\(duration)\".")
    }
    if let from, AttachStart(parsing: from) == nil {
      throw ValidationError(
        "--from takes end, beginning, a time such as 30m, or a number of events, but it is "
          + "\"\(from)\".")
    }
    if passwordEnv != nil, passwordFile != nil {
      throw ValidationError("--password-env and --password-file say the same; leave one out.")
    }
  }

  func run() throws {
    var finder = SystemFinder(environment: ProcessInfo.processInfo.environment)
    finder.from = from.flatMap { AttachStart(parsing: $0) }
    finder.secret = PasswordSource(variable: passwordEnv, file: passwordFile)
    finder.title = context
    let found: SystemFinder.Found
    do throws(FileProblem) { found = try finder.find(system) } catch {
      throw Failure(error.text, .usage)
    }
    var system = found.system
    system.file = save
    if printsEvents {
      return try AttachPrinter(system, for: duration.flatMap { Interval(parsing: $0) }).run()
    }
    var domain = domain
    domain.domain = domain.domain ?? found.domain ?? Domain.inferred.name
    var options = try consoleOptions(domain, look)
    options.attached = system
    try Console(domain: domain.domainOfStore(watched: true), options: options).run()
  }
}
