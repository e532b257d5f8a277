import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct ColorReplyTests {
  static let answer = "\u{1B}]11;rgb:1010/1717/1f1f\u{1B}\\"
  static let night = TerminalInput.background(RGB(0x10, 0x17, 0x1F))

  @Test(arguments: [
    ("11;rgb:1010/1717/1f1f", "#10171f"), ("11;rgb:10/17/1f", "#10171f"),
    ("11;rgb:f/0/8", "#ff0088"), ("11;rgb:fff/000/800", "#ff0080"),
    ("11;rgba:ffff/ffff/ffff/8000", "#ffffff"), ("11;#fbfaf6", "#fbfaf6"),
  ])
  func `every form of a colour is read`(_ content: String, _ color: String) {
    #expect(ColorReply.background(Array(content.utf8))?.hex == color)
  }

  @Test(arguments: [
    "10;rgb:1/2/3", "11;?", "11;rgb:1/2", "11;rgb:12345/1/1", "11;rgb:g/1/1", "11;rgb://",
    "11;cmyk:1/2/3", "11;", "1", "11;rgb:+1/1/1", "11;#12",
  ])
  func `anything else is no colour`(_ content: String) {
    #expect(ColorReply.background(Array(content.utf8)) == nil)
  }

  @Test func `the answer is an input, with either end`() {
    #expect(KeyDecoderTests.read(Self.answer + "j") == [Self.night] + KeyDecoderTests.keys("j"))
    let short = "\u{1B}]11;rgb:10/17/1f\u{07}"
    #expect(KeyDecoderTests.read("j" + short) == KeyDecoderTests.keys("j") + [Self.night])
  }

  @Test(arguments: 1..<answer.utf8.count)
  func `an answer in two pieces is never taken for keys`(_ length: Int) {
    var reader = SettleTimerTests.Reader()
    reader.decoder.expectReply()
    reader.type(String(answer.prefix(length)), at: 1_000)
    // Far longer than the rest of a key takes.
    reader.type(String(answer.dropFirst(length)) + "q", at: 1_090)
    reader.settle(at: 9_000)
    #expect(reader.inputs == [Self.night] + KeyDecoderTests.keys("q"))
  }

  private var answer: String { Self.answer }

  @Test(arguments: 3..<answer.utf8.count)
  func `neither is one that nobody waits for any more`(_ length: Int) {
    var reader = SettleTimerTests.Reader()
    reader.type(String(answer.prefix(length)), at: 1_000)
    reader.type(String(answer.dropFirst(length)), at: 1_900)
    reader.settle(at: 9_000)
    #expect(reader.inputs == [Self.night])
  }

  @Test func `the rest of an answer is none, although its beginning was the Escape key`() {
    var reader = SettleTimerTests.Reader()
    reader.type("\u{1B}", at: 1_000)
    reader.type(String(answer.dropFirst()), at: 3_000)
    #expect(reader.inputs == KeyDecoderTests.keys("<Esc>") + [Self.night])
    reader.type("\u{1B}", at: 4_000)
    reader.type("]11", at: 5_000)
    #expect(reader.inputs.count == 6)
  }

  @Test func `an answer that never comes delays the first key only`() {
    var reader = SettleTimerTests.Reader()
    reader.decoder.expectReply()
    reader.type("\u{1B}", at: 1_000)
    #expect(reader.timer.due == 1_100)
    reader.settle(at: 1_100)
    reader.type("\u{1B}", at: 2_000)
    #expect(reader.timer.due == 2_025)
    reader.settle(at: 2_025)
    #expect(reader.inputs == KeyDecoderTests.keys("<Esc><Esc>"))
  }

  @Test(arguments: [
    ("15;0", TerminalBackground.dark), ("0;15", .light), ("0;default;7", .light), ("7;8", .dark),
  ])
  func `COLORFGBG tells dark from light`(_ value: String, _ background: TerminalBackground) {
    #expect(TerminalBackground(environment: ["COLORFGBG": value]) == background)
  }

  @Test func `what says nothing about the background is left alone`() {
    for value in ["", "15", "15;default", "15;16", "15;-1"] {
      #expect(TerminalBackground(environment: ["COLORFGBG": value]) == nil)
    }
    #expect(TerminalBackground(environment: [:]) == nil)
  }

  @Test func `only terminals that know questions are asked`() {
    func isAsked(_ term: String) -> Bool {
      TerminalChoice(term: term, environment: [:]).answersQuestions
    }
    #expect(isAsked("xterm-256color") && isAsked("tmux-256color") && isAsked("foot"))
    #expect(!isAsked("linux") && !isAsked("vt100") && !isAsked("dumb"))
  }
}
