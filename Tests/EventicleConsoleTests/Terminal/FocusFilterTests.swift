import Testing

@testable import EventicleConsole

@Suite struct FocusFilterTests {
  static let gained = "\u{1B}[I"
  static let lost = "\u{1B}[O"
  static let click = "\u{1B}[<0;5;6M\u{1B}[<0;5;6m"

  static let point = Point(column: 4, row: 5)
  static let clicked: [TerminalInput] = [
    .mouse(MouseEvent(.press(.left), at: point)), .mouse(MouseEvent(.release(.left), at: point)),
  ]

  @Test func `the click that brings the window to the front does nothing`() {
    #expect(KeyDecoderTests.read(Self.lost + Self.gained + Self.click) == [])
    #expect(
      KeyDecoderTests.read(Self.lost + Self.gained + Self.click + Self.click) == Self.clicked)
  }

  @Test func `a report of the focus without a loss before it changes nothing`() {
    #expect(KeyDecoderTests.read(Self.gained + Self.click) == Self.clicked)
  }

  @Test func `a window left again waits for the next return`() {
    let text = Self.lost + Self.gained + Self.lost + Self.click
    #expect(KeyDecoderTests.read(text) == Self.clicked)
  }

  @Test(arguments: ["j", "\u{1B}[<64;5;6M", "\u{1B}[200~x\u{1B}[201~"])
  func `after another input a click counts`(_ input: String) {
    let inputs = KeyDecoderTests.read(Self.lost + Self.gained + input + Self.click)
    #expect(Array(inputs.suffix(2)) == Self.clicked)
  }

  @Test func `reports are read in any pieces`() {
    var decoder = KeyDecoder()
    var inputs: [TerminalInput] = []
    for byte in (Self.lost + Self.gained + Self.click + Self.click).utf8 {
      inputs += decoder.feed([byte])
    }
    #expect(inputs == Self.clicked)
  }
}
