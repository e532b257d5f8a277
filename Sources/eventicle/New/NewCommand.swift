import ArgumentParser
import EventicleConsole
import EventicleCore

/// `eventicle new`: makes a folder with a small domain to begin with.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a folder with a small domain, a tape that is its test, and what to read first.")

  @Argument(help: "The folder, which is not there yet, or is empty.")
  var folder: String

  @Flag var language = ProjectLanguage.js

  @Option(
    help: """
      The folder with the sources of Eventicle Console, for --swift (default: where this program was \
      built, else ../eventicle-console).
      """)
  var sources: String?

  func validate() throws {
    guard sources != nil, language != .swift else { return }
    throw ValidationError("--sources is for --swift; a domain in JavaScript needs no sources.")
  }

  func run() throws {
    let place = try ProjectPlace(folder)
    let sources = language == .swift ? try ConsoleSources.path(named: sources) : ""
    // What is half made is not left behind by ^C.
    let interruption = Interruption()
    defer { interruption.end() }
    try ProjectWriter(place).write(language.files(named: place.packageName, sources: sources))
    for line in language.nextSteps(in: place) { Output.text(line) }
  }
}
