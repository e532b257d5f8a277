import ArgumentParser
import EventicleConsole
import EventicleCore

/// `eventicle`: opens the console.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the console (the default).")

  @OptionGroup var domain: DomainOptions
  @OptionGroup var look: LookOptions

  @Option(name: .customLong("import"), help: "A file of events to begin with.")
  var imports: [String] = []

  @Option(help: "A file whose events are taken as another program adds them.")
  var follow: [String] = []

  @Flag(help: "Open the newest session that ended without being left, with its unsaved lines.")
  var recover = false

  #if DEBUG
    @Flag(help: .hidden) var trapAfterFirstKey = false
  #endif

  func run() throws {
    for problem in follow.compactMap({ FileFollower.refusal(of: $0) }) {
      throw Failure("--follow: \(problem)", .usage)
    }
    var options = try consoleOptions(domain, look)
    options.imports = imports
    options.follows = follow
    options.recovers = recover
    #if DEBUG
      options.trapsAtFirstKey = trapAfterFirstKey
    #endif
    try Console(domain: domain.domainOfStore(), options: options).run()
  }
}

/// `eventicle demo`: opens the console on the sample shop after a few commands.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open the console on the shop, in the middle of a story.")

  @OptionGroup var domain: DomainOptions
  @OptionGroup var look: LookOptions

  func run() throws {
    var options = try consoleOptions(domain, look)
    options.start = try domain.start() ?? .standardStart
    // A story that has begun in a store goes on.
    if try domain.keptDomain() == nil { options.prelude = ["demo"] }
    try Console(domain: domain.domainOfStore(), options: options).run()
  }
}
