import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleHost
import EventicleSQLite
import EventicleWorkbench

/// `eventicle verify`: checks a store.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a store is whole, and that what it says agrees with its steps.")

  @Argument(help: "The store.")
  var file: String

  @Flag(help: "Then perform all that was asked once more, and compare what comes of it.")
  var rerun = false

  @OptionGroup var domain: RerunOptions

  func run() throws {
    let findings = try storing(file) {
      try Store.findings(in: file, progress: ProgressLine("checking").tell)
    }
    for problem in findings.all { Output.text("\(file): \(ended(problem))") }
    guard findings.history.isEmpty else {
      throw Failure(
        "\(file) is damaged; eventicle repair \(file) --into NEW saves what is whole.", .store)
    }
    guard findings.tables.isEmpty else {
      throw Failure(
        "\(file) has a whole history, but the tables in which it finds things are damaged; "
          + "eventicle --store \(file) --repair-derived makes them again.", .store)
    }
    Output.text("\(file) is whole.")
    if rerun { try domain.rerun(file) }
  }
}

/// The options for performing a store's inputs again.
struct RerunOptions: ParsableArguments {
  @Option(help: "The domain for --rerun; the one whose history the store has by default.")
  var domain: String?

  @OptionGroup var node: NodeArguments

  /// Performs all inputs of a store again, and says what came of it.
  func rerun(_ file: String) throws {
    let store = try storing(file) { try Store.open(file, .read) }
    defer { store.close() }
    guard let known = store.domain else {
      return Output.text("\(file) has no history yet, so there is nothing to perform again.")
    }
    let domain = try DomainOptions.ready(try DomainOptions.named(domain ?? known, node))
    defer { domain.domainProgram?.close() }
    let (line, total) = (ProgressLine("performing again"), store.entryCount)
    let result: Verification
    do {
      result = try store.rerun(domain) { entry in
        line.tell(entry.number, total)
        return true
      }
    } catch {
      throw Failure(sentence(of: error, with: file), .store)
    }
    guard let difference = result.difference else { return Output.text(RerunOptions.words(result)) }
    throw Failure(
      "\(file): the input at \(difference.entry), asked to \(difference.phrase), gives another step "
        + "now. \(difference.sentence) The \(steps(result.same)) before it that were performed again "
        + "came out the same.", .failed)
  }

  private static func words(_ result: Verification) -> String {
    var parts = ["\(steps(result.same)) performed again came out the same"]
    if result.foreign > 0 {
      parts.append(
        "\(steps(result.foreign)) not performed, because the domain declared other consumers then")
    }
    if !result.skipped.isEmpty {
      parts.append(
        "\(steps(result.skipped.count)) not performed, because no record is enough to do so")
    }
    return parts.joined(separator: "; ") + "."
  }
}

private func steps(_ count: Int) -> String {
  "\(count.grouped) \(count == 1 ? "step" : "steps")"
}

/// `eventicle upgrade`: gives a store of an older program the present format.
struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade",
    abstract: "Give a store of an older program the present format; the old file is kept.")

  @Argument(help: "The store.")
  var file: String

  func run() throws {
    let upgrade = try storing(file) {
      try Store.upgrade(file, progress: ProgressLine("checking").tell)
    }
    switch upgrade {
    case .none(let format):
      Output.text("\(file) has format \(format) already; there is nothing to do.")
    case .done(let from, let to, let old):
      Output.text("\(file) has format \(to) now; what it was in format \(from) is \(old).")
    }
  }
}

/// `eventicle backup`: copies a store, also while it is in use.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy a store to a new file, also while it is written to.")

  @Argument(help: "The store.")
  var file: String

  @Argument(help: "The copy, which must not be there yet.")
  var copy: String

  func run() throws {
    let count: Int
    do { count = try StoreOpener.files().backup(file, copy) } catch {
      throw Failure(sentence(of: error, with: file), .store)
    }
    let found = try storing(copy) {
      try Store.findings(in: copy, progress: ProgressLine("checking").tell)
    }
    guard let first = (found.history + found.tables).first else {
      return Output.text("\(copy) has \(count) \(count == 1 ? "entry" : "entries") and is whole.")
    }
    throw Failure(
      "\(copy) has what \(file) has, which is damaged: \(first). eventicle repair saves what is whole.",
      .store)
  }
}

/// `eventicle repair`: saves what is whole of a damaged store.
struct RepairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Make a new store of what is whole of a damaged one, which stays as it is.")

  @Argument(help: "The damaged store.")
  var file: String

  @Option(help: "The new store, which must not be there yet.")
  var into: String

  func run() throws {
    let repair = try storing(file) { try Store.repair(file, into: into) }
    let count = "\(repair.entries) \(repair.entries == 1 ? "entry" : "entries")"
    let rest = repair.damage.map { "after them \($0)" } ?? "nothing is missing"
    Output.text("\(into) has \(count); \(ended(rest))")
    if let lost = repair.lost {
      Output.text(
        lost.count == 1
          ? "Lost is the entry j\(lost.lowerBound)."
          : "Lost are the entries j\(lost.lowerBound) to j\(lost.upperBound).")
    }
    if let saved = repair.rest {
      let events = saved.events == 1 ? "1 event" : "\(saved.events.grouped) events"
      Output.text("\(saved.path) has \(events) of them, which can be imported.")
    }
  }
}

/// Does something with a store; what it cannot do ends the program with the status for files.
func storing<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as StoreError {
    throw Failure(sentence(of: error, with: path), .store)
  }
}

/// A sentence with its full stop, which some have already.
private func ended(_ sentence: String) -> String {
  sentence.hasSuffix(".") ? sentence : sentence + "."
}
