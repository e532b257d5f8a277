import ArgumentParser

/// `eventicle backend`: looks at a database that a running system keeps, and prepares one.
struct BackendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backend",
    abstract: "Look at what a running system keeps in PostgreSQL, or prepare a database.",
    subcommands: [BackendCheckCommand.self, BackendPrepareCommand.self])
}
