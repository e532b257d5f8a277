import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSamples
import EventicleWorkbench

/// The options of every command: the domain, the seed, the start.
struct DomainOptions: ParsableArguments {
  @Option(help: "The domain: \(Samples.all.map(\.name).joined(separator: ", ")).")
  var domain = "shop"

  @Option(help: "Where ids come from; the same seed gives the same ids.")
  var seed: UInt64 = 1

  @Option(help: "The moment at which the session starts, as 2026-01-01T09:00:00Z.")
  var at: String?

  /// The domain named by the options.
  func chosenDomain() throws -> Domain {
    if let found = Samples.named(domain) { return found }
    let known = Samples.all.map(\.name).joined(separator: ", ")
    throw Failure("There is no domain \"\(domain)\"; there are \(known).", .usage)
  }

  /// The start of the clock, if given.
  func start() throws -> Instant? {
    guard let at else { return nil }
    guard let instant = Instant(parsing: at) else {
      throw Failure(
        "--at takes a moment such as 2026-01-01T09:00:00Z, but it is \"\(at)\".", .usage)
    }
    return instant
  }

  /// A session of the domain, for a run without a screen.
  func session() throws -> Session {
    try Session(chosenDomain(), startingAt: start() ?? .standardStart, seed: seed)
  }
}

/// The options for the look of the screen.
struct LookOptions: ParsableArguments {
  @Option(help: "A theme by name, or the path of its file.")
  var theme: String?

  @Option(help: "A folder to look for themes in first.")
  var themeDir: String?
}

/// The console's options made from the command line's.
func consoleOptions(_ domain: DomainOptions, _ look: LookOptions) throws -> ConsoleOptions {
  ConsoleOptions(
    seed: domain.seed, start: try domain.start(), theme: look.theme, themeFolder: look.themeDir,
    domains: Samples.all)
}
