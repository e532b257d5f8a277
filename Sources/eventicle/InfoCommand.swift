import ArgumentParser
import EventicleCore
import EventicleSamples

/// `eventicle info`: prints the sample domains and the limits.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show the domains and the limits.")

  func run() {
    Output.line("domains")
    for domain in Samples.all {
      Output.text("  \(domain.name)  \(domain.summary)")
    }
    Output.line("limits")
    for limit in Limits.all { Output.line("  \(limit.name): \(limit.value)") }
  }
}
