import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSamples

/// `eventicle keys`: prints the table of keys, for the README.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Print the table of keys, or write it and the screen into a document.")

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
    let screen = DocumentPart(
      begin: "<!-- screen: a golden screen of the tests -->", end: "<!-- end of screen -->")
    let lines = try KeysCommand.screen()
    let complete =
      screen.replaced(in: document, by: ["```text"] + lines + ["```"]) ?? document
    try Files.write(Array(complete.utf8), to: write)
  }

  /// The screen that the README shows: a saga waiting half way.
  private static func screen() throws -> [String] {
    let story = [
      "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
    ]
    let printer = FramePrinter(
      domain: .shop, columns: 80, rows: 24, options: ConsoleOptions(prelude: story))
    return try printer.print(keys: "t H 5 , , ,", as: .text).text
      .split(separator: "\n").map { line in
        var text = line
        while text.last == " " { text.removeLast() }
        return String(text)
      }
  }
}
