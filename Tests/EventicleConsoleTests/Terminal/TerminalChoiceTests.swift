import Testing

@testable import EventicleConsole

@Suite struct TerminalChoiceTests {
  private func choice(_ term: String, _ environment: [String: String] = [:]) -> TerminalChoice {
    TerminalChoice(term: term, environment: environment)
  }

  @Test(arguments: ["truecolor", "24bit"])
  func `exact colours need no description of the machine's`(_ value: String) {
    for term in ["xterm-256color", "tmux-256color", "alacritty", "something-new"] {
      let choice = choice(term, ["COLORTERM": value])
      #expect(choice.depth == .truecolor)
      #expect(choice.candidates.first == .embedded(.direct))
    }
  }

  @Test func `without a word about exact colours the palette is used`() {
    let choice = choice("xterm-256color")
    #expect(choice.depth == .palette256)
    #expect(choice.candidates == [.described, .embedded(.palette)])
  }

  @Test func `a description of exact colours asks for them`() {
    let direct = choice("xterm-direct")
    #expect(direct.depth == .truecolor)
    #expect(direct.candidates == [.embedded(.direct), .embedded(.palette)])
    #expect(choice("xterm-direct", ["NO_COLOR": "1"]).candidates == [.embedded(.palette)])
  }

  @Test(arguments: ["screen-256color", "linux", "vt220"])
  func `terminals with a palette never get exact colours`(_ term: String) {
    let choice = choice(term, ["COLORTERM": "truecolor"])
    #expect(choice.depth == .palette256)
    #expect(choice.candidates.first == .described)
  }

  @Test func `tmux under the name of screen gets exact colours`() {
    let environment = ["COLORTERM": "truecolor", "TMUX": "/tmp/tmux-0/default,1,0"]
    #expect(choice("screen-256color", environment).depth == .truecolor)
  }

  @Test func `NO_COLOR wins`() {
    let choice = choice("xterm", ["COLORTERM": "truecolor", "NO_COLOR": "1"])
    #expect(choice.depth == .mono)
    #expect(choice.candidates.first == .described)
  }

  @Test func `an unknown terminal falls back to plain ANSI with a word`() {
    #expect(choice("zork").candidates == [.described, .fallback(.ansi)])
    #expect(TerminalChoice.fallbackNotice(for: "a\u{1B}[2J").contains("\"a␛[2J\" is unknown here"))
  }

  @Test(arguments: [("dumb", true), ("dumb-emacs-ansi", true), ("xterm", false), ("zork", false)])
  func `a dumb terminal is recognised`(_ term: String, _ isDumb: Bool) {
    #expect(choice(term).isDumb == isDumb)
  }
}
