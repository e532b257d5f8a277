import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleWorkbench
import Foundation

/// `eventicle frame`: prints a screen as the console would draw it.
struct FrameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame", abstract: "Print a screen of the console without opening it.")

  @OptionGroup var domain: DomainOptions
  @OptionGroup var look: LookOptions

  @Option(help: "Columns and rows, as 80x24.")
  var size = "80x24"

  @Option(help: "Keys to press first, as \"j j <Enter>\".")
  var keys = ""

  @Option(help: "A tape to run first.")
  var tape: String?

  @Option(help: "A tape to present; each Space among the keys does a caption.")
  var present: String?

  @Option(name: .customLong("import"), help: "A file of events to take in first.")
  var imports: [String] = []

  @Option(help: "text, ansi or svg.")
  var format = "text"

  @Flag(help: "Print what the drawing cost instead: cells written, events and entries read.")
  var cost = false

  /// The lines of a tape.
  private static func lines(_ path: String) throws -> [String] {
    let content = try Input.tape(path)
    do throws(TapeError) {
      return try TapeLine.lines(of: content).map(\.text)
    } catch {
      throw Failure("\(path), \(error)", .store)
    }
  }

  func run() throws {
    let sides = size.split(separator: "x").map { Int($0) }
    guard sides.count == 2, let columns = sides[0], let rows = sides[1],
      (1...1_000).contains(columns), (1...1_000).contains(rows)
    else {
      throw Failure("--size takes columns and rows such as 80x24, but it is \"\(size)\".", .usage)
    }
    guard let chosen = FramePrinter.Format(rawValue: format) else {
      throw Failure("--format is text, ansi or svg, but it is \"\(format)\".", .usage)
    }
    var domain = domain
    if let present { domain.take(header: SessionFile.header(of: try Input.tape(present))) }
    var options = try consoleOptions(domain, look)
    options.imports = imports
    if let present { options.present(present) }
    if let tape { options.prelude = try Self.lines(tape) }
    let printer = FramePrinter(
      domain: try DomainOptions.ready(try domain.domainOfStore()), columns: columns, rows: rows,
      options: options,
      environment: ProcessInfo.processInfo.environment)
    let result = try printer.print(keys: keys, as: chosen)
    let spent = result.cost
    Output.line(
      cost
        ? "cells \(spent.cellsWritten) events \(spent.eventsRead) entries \(spent.entriesRead)"
        : result.text)
    guard result.failed == 0 else {
      let lines = result.failed == 1 ? "1 line" : "\(result.failed) lines"
      let count = "\(lines) of \(result.lines) failed."
      throw Failure((result.problems + [count]).joined(separator: "\n"), .failed)
    }
  }
}
