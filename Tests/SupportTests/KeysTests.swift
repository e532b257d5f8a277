import TestSupport
import Testing

@Suite struct KeysTests {
  /// Keys and their bytes; described by the keys, because the bytes would act on the terminal.
  struct Sample: Sendable, CustomTestStringConvertible {
    let keys: String
    let bytes: String
    var testDescription: String { keys }

    init(_ keys: String, _ bytes: String) {
      self.keys = keys
      self.bytes = bytes
    }
  }

  @Test(arguments: [
    Sample("a<Enter>", "a\r"), Sample("<Esc>", "\u{1b}"), Sample("<C-p>", "\u{10}"),
    Sample("<C-P>", "\u{10}"),
    Sample("<A-x>", "\u{1b}x"), Sample("<S-Tab>", "\u{1b}[Z"), Sample("<lt>", "<"),
    Sample("<F5>", "\u{1b}[15~"),
    Sample("<Up>", "\u{1b}[A"), Sample("<S-Up>", "\u{1b}[1;2A"), Sample("<C-Left>", "\u{1b}[1;5D"),
    Sample("é漢", "é漢"),
    Sample("<PageDown><BS>", "\u{1b}[6~\u{7f}"), Sample("<A-Enter>", "\u{1b}\r"),
    Sample(":a <b", ":a <b"),
  ])
  func `keys have the bytes that a terminal sends`(sample: Sample) {
    #expect(Keys.bytes(sample.keys) == Array(sample.bytes.utf8))
  }

  @Test func `cursor keys follow the application mode`() {
    #expect(Keys.bytes("<Up>", isCursorApplication: true) == Array("\u{1b}OA".utf8))
  }

  @Test func `an unknown key name gives nothing`() {
    #expect(Keys.bytes(ofKey: "Etner") == nil)
    #expect(Keys.bytes(ofKey: "Enter") == [13])
  }

  @Test func `mouse reports count from one`() {
    let place = VirtualPosition(row: 2, column: 9)
    #expect(Keys.mouse(.left, at: place, isPress: true) == Array("\u{1b}[<0;10;3M".utf8))
    #expect(Keys.mouse(.left, at: place, isPress: false) == Array("\u{1b}[<0;10;3m".utf8))
  }

  @Test func `a paste is bracketed only on request`() {
    #expect(Keys.paste("x", isBracketed: true) == Array("\u{1b}[200~x\u{1b}[201~".utf8))
    #expect(Keys.paste("x", isBracketed: false) == Array("x".utf8))
  }
}
