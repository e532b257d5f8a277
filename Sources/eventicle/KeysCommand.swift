import ArgumentParser
import EventicleConsole

/// `eventicle keys`: the key table, for the README.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print the table of keys, or write it into a document.")

  @Option(help: "A document whose table of keys is written anew.")
  var write: String?

  func run() throws {
    guard let write else {
      Output.line(KeyTable.markdown)
      return
    }
    let text = String(decoding: try Files.bytes(write), as: UTF8.self)
    guard let document = KeyTable.replaced(in: text) else {
      throw Failure("\(write) has no lines \(KeyTable.begin) and \(KeyTable.end).", .usage)
    }
    try Files.write(Array(document.utf8), to: write)
  }
}
