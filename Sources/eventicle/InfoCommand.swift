import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSamples
import Foundation

/// `eventicle info`: prints the sample domains, what the screen can show, every path and the limits.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show the domains, the colours of the screen, every path and the limits.")

  func run() {
    Output.line("domains")
    for domain in Samples.all {
      Output.text("  \(domain.name)  \(domain.summary)")
    }
    Output.line("screen")
    for line in ColorReport.lines(environment: ProcessInfo.processInfo.environment) {
      Output.text("  \(line)")
    }
    Output.line("configuration")
    for line in ConfigReport.lines(environment: ProcessInfo.processInfo.environment) {
      Output.text("  \(line)")
    }
    Output.line("kept")
    for line in ConfigReport.folders(environment: ProcessInfo.processInfo.environment) {
      Output.text("  \(line)")
    }
    Output.line("limits")
    for limit in Limits.all { Output.line("  \(limit.name): \(limit.value)") }
  }
}
