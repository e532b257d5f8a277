import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleWorkbench

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

  @Option(help: "A tape to present: its comments are captions, Space does the next one.")
  var present: String?

  @OptionGroup var typing: TypingOptions

  @Flag(help: "Open the newest session that ended without being left, with its unsaved lines.")
  var recover = false

  #if DEBUG
    @Flag(help: .hidden) var trapAfterFirstKey = false
  #endif

  func run() throws {
    for problem in follow.compactMap({ FileFollower.refusal(of: $0) }) {
      throw Failure("--follow: \(problem)", .usage)
    }
    // What follows is done once, by the program that a parent watches.
    Console.guardTerminal()
    var domain = domain
    if let present { domain.take(header: SessionFile.header(of: try Input.tape(present))) }
    var options = try consoleOptions(domain, look)
    options.imports = imports
    if let present { options.present(present) }
    options.typing = typing.typing
    options.follows = follow
    options.recovers = recover
    #if DEBUG
      options.trapsAtFirstKey = trapAfterFirstKey
    #endif
    let areEventsThere = !imports.isEmpty || !follow.isEmpty
    try Console(
      domain: domain.domainOfStore(watched: true, events: areEventsThere), options: options
    ).run()
  }
}

/// `eventicle demo`: opens the console on a sample domain, with its tour.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Take the tour of the shop, or of the bank with --domain bank.")

  @OptionGroup var domain: DomainOptions
  @OptionGroup var look: LookOptions
  @OptionGroup var typing: TypingOptions

  @Flag(help: "Play a short story instead, and leave it in the middle.")
  var story = false

  func run() throws {
    var options = try consoleOptions(domain, look)
    options.typing = typing.typing
    options.start = try domain.start() ?? .standardStart
    if !story {
      options.present(nil)
    } else if try domain.keptDomain() == nil {
      // A story that has begun in a store goes on.
      options.prelude = ["demo story"]
    }
    try Console(domain: domain.domainOfStore(watched: true), options: options).run()
  }
}

/// How fast a presented tape is typed.
struct TypingOptions: ParsableArguments {
  @Option(help: "How fast the presenter types: slow, normal, fast or off.")
  var typing: String?

  func validate() throws {
    guard let typing, !["slow", "normal", "fast", "off"].contains(typing) else { return }
    throw ValidationError("--typing is slow, normal, fast or off, but it is \"\(typing)\".")
  }
}

extension DomainOptions {
  /// Takes the domain, the start and the seed that a tape names at its top, where the command line
  /// names none.
  mutating func take(header: SessionFile.Header?) {
    guard store == nil, let header else { return }
    if domain == nil { domain = header.domain }
    if at == nil { at = header.start.map { "\($0)" } }
    if seed == 1 { seed = header.seed ?? 1 }
  }
}
