import EventicleSamples
import Foundation
import Testing

@testable import EventicleConsole

@Suite struct FramePrinterTests {
  private func print(
    _ keys: String = "", prelude: [String] = [], theme: String? = nil,
    environment: [String: String] = [:], as format: FramePrinter.Format = .text
  ) throws -> FramePrinter.Result {
    try FramePrinter(
      domain: .shop, columns: 80, rows: 24, options: ConsoleOptions(theme: theme, prelude: prelude),
      environment: environment
    ).print(keys: keys, as: format)
  }

  @Test(arguments: ["<", ">", "<<", "j<", "<lt>", "<gt>", "< >", ": a < 5 <Esc>"])
  func `angle brackets are keys`(_ keys: String) throws {
    _ = try print(keys)
  }

  @Test func `an unknown name between angle brackets is refused`() {
    #expect(throws: ConsoleError.self) { try print("<Foo>") }
  }

  @Test func `NO_COLOR leaves the attributes alone`() throws {
    let colours = try print(as: .ansi).text
    let mono = try print(environment: ["NO_COLOR": "1"], as: .ansi).text
    #expect(colours.contains("\u{1B}[0;1;36m"))
    let codes = mono.split(separator: "\u{1B}[").dropFirst().flatMap {
      $0.prefix { $0 != "m" }.split(separator: ";").compactMap { Int($0) }
    }
    #expect(codes.contains(1) && codes.allSatisfy { $0 < 10 })
    let empty = try print(environment: ["NO_COLOR": ""], as: .ansi).text
    #expect(empty == colours)
  }

  @Test func `a theme with ASCII glyphs prints ASCII`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml").path
    try "glyphs: ascii".write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let unicode = try print().text
    let ascii = try print(theme: path).text
    #expect(!unicode.allSatisfy(\.isASCII) && ascii.allSatisfy(\.isASCII))
    #expect(ascii.split(separator: "\n").count == unicode.split(separator: "\n").count)
  }

  @Test(arguments: [["LC_ALL": "C"], ["LC_ALL": "", "LANG": "POSIX"], ["TERM": "vt100"]])
  func `characters are those of the locale and the terminal`(
    _ environment: [String: String]
  ) throws {
    #expect(try print(environment: environment).text.allSatisfy(\.isASCII))
  }

  @Test func `failing lines of the prelude are counted and the screen is printed`() throws {
    let result = try print(
      prelude: [
        "# a comment", "do PlaceOrder customer=c-1 total:=5", "do PlaceOrdr",
        "import /nowhere.ndjson",
      ])
    #expect(result.lines == 3 && result.failed == 2)
    #expect(result.problems.count == 2)
    #expect(result.problems.first?.hasPrefix("line 3: ") == true)
    #expect(result.problems.last?.contains("/nowhere.ndjson") == true)
    #expect(result.text.contains("Order"))
  }

  @Test func `an expected error is no failure`() throws {
    let result = try print(prelude: ["do PlaceOrdr", "expect error"])
    #expect(result.lines == 2 && result.failed == 0)
  }
}
