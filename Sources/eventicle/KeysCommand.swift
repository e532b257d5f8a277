import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSamples

/// `eventicle keys`: prints the table of keys, for the documentation.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Print the table of keys, or write it and the screen into documents.")

  @Option(
    parsing: .upToNextOption,
    help: "Documents whose table of keys, or screen, is written anew.")
  var write: [String] = []

  func run() throws {
    guard !write.isEmpty else {
      Output.line(KeyTable.markdown)
      return
    }
    let screen = DocumentPart(
      begin: "<!-- screen: a golden screen of the tests -->", end: "<!-- end of screen -->")
    let lines = ["```text"] + (try KeysCommand.screen()) + ["```"]
    for path in write {
      let text = try Input.document(path)
      let withKeys = KeyTable.replaced(in: text)
      guard let document = screen.replaced(in: withKeys ?? text, by: lines) ?? withKeys else {
        throw Failure(
          "\(path) has neither a table of keys nor a screen; mark the place of a table with "
            + "\(KeyTable.begin) and \(KeyTable.end).", .usage)
      }
      do throws(FileProblem) {
        try Files.write(Array(document.utf8), to: path, throughLinks: true)
      } catch {
        throw Failure(error.text, .store)
      }
    }
  }

  /// The screen that the README shows: a saga waiting half way.
  private static func screen() throws -> [String] {
    let story = [
      "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
    ]
    let printer = FramePrinter(
      domain: .shop, columns: 80, rows: 24, options: ConsoleOptions(prelude: story))
    return try printer.print(keys: "t <Space> 4 , ,", as: .text).text
      .split(separator: "\n").map { line in
        var text = line
        while text.last == " " { text.removeLast() }
        return String(text)
      }
  }
}
