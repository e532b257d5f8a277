import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSQLite
import EventicleWorkbench

/// `eventicle verify`: checks a store.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that a store is whole, and that what it says agrees with its steps.")

  @Argument(help: "The store.")
  var file: String

  func run() throws {
    let problems = try storing(file) { () throws(StoreError) in try Store.verify(file) }
    guard problems.isEmpty else {
      for problem in problems { Output.text("\(file): \(ended(problem))") }
      throw Failure(
        "\(file) is damaged; eventicle repair \(file) --into NEW saves what is whole.", .store)
    }
    Output.text("\(file) is whole.")
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
    Output.text("\(copy) has \(count) \(count == 1 ? "entry" : "entries").")
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
    let repair = try storing(file) { () throws(StoreError) in
      try Store.repair(file, into: into)
    }
    let count = "\(repair.entries) \(repair.entries == 1 ? "entry" : "entries")"
    let rest = repair.damage.map { "after them \($0)" } ?? "nothing is missing"
    Output.text("\(into) has \(count); \(ended(rest))")
  }
}

/// Does something with a store; what it cannot do ends the program with the status for files.
private func storing<Result>(
  _ path: String, _ body: () throws(StoreError) -> Result
) throws -> Result {
  do throws(StoreError) { return try body() } catch {
    throw Failure(sentence(of: error, with: path), .store)
  }
}

/// A sentence with its full stop, which some have already.
private func ended(_ sentence: String) -> String {
  sentence.hasSuffix(".") ? sentence : sentence + "."
}
