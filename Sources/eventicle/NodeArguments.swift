import ArgumentParser
import EventicleCore
import EventicleHost
import EventicleNode
import EventicleWorkbench
import Foundation

/// How a domain in JavaScript is run.
struct NodeArguments: ParsableArguments {
  @Option(
    help: "The node that runs a domain in JavaScript (default: $EVENTICLE_NODE, then the PATH).")
  var node: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: "An argument for node, such as --import; may be given several times.")
  var nodeArg: [String] = []

  @Option(help: "The memory that node may have, as 512M or 2G; 0 for any.", transform: bytes)
  var nodeMemory: Int?

  @Option(
    help:
      "How long a handler in JavaScript may take, as 10s; adapters three times as long; 0 for ever.",
    transform: interval)
  var handlerDeadline: Interval?

  /// The options for running a domain.
  ///
  /// - Parameter isWatched: Whether it is loaded again when one of its files is saved.
  func options(watched isWatched: Bool) throws -> NodeOptions {
    var options = NodeOptions(environment: ProcessInfo.processInfo.environment)
    options.watchesFiles = isWatched
    options.program = node
    options.arguments = nodeArg
    if let nodeMemory { options.memory = nodeMemory }
    if let handlerDeadline { options.setDeadline(handlerDeadline) }
    return options
  }

  @Sendable private static func bytes(_ text: String) throws -> Int {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    let digits = unit == nil ? Substring(text) : text.dropLast()
    guard let number = Int(digits), number >= 0 else {
      throw ValidationError("--node-memory takes a size such as 512M or 2G, but it is \"\(text)\".")
    }
    let (size, isTooMuch) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !isTooMuch, size == 0 || size >= 64 << 20 else {
      throw ValidationError("--node-memory takes 64M or more, but it is \"\(text)\".")
    }
    return size
  }

  @Sendable private static func interval(_ text: String) throws -> Interval {
    if text == "0" { return .milliseconds(0) }
    if let interval = Interval(parsing: text), interval.milliseconds >= 0 { return interval }
    throw ValidationError("--handler-deadline takes a time such as 10s, but it is \"\(text)\".")
  }
}

extension Session {
  /// Does what the program behind the domain asks for by itself, and writes what it has written to
  /// standard error.
  mutating func hearProgram() {
    guard let program = domain.domainProgram else { return }
    repeat {
      let turn = perform(host: program)
      for line in turn.lines { Output.log(line) }
      for problem in turn.problems { Output.complain(problem) }
    } while program.isLoading && program.waitForNews(.seconds(30))
  }
}
