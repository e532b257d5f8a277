import Testing

@testable import EventicleConsole

@Suite struct ColorReportTests {
  private func line(_ start: String, _ environment: [String: String]) -> String? {
    ColorReport.lines(environment: environment).first { $0.hasPrefix(start) }
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], "what is known of TERM=xterm-256color, at most 256"),
    (["TERM": "xterm", "COLORTERM": "truecolor"], "exact, because COLORTERM is truecolor"),
    (["TERM": "xterm-direct"], "exact, because TERM is xterm-direct"),
    (["TERM": "xterm", "COLORTERM": "24bit", "NO_COLOR": "1"], "none, because NO_COLOR is set"),
    (["TERM": "linux", "COLORTERM": "truecolor"], "what is known of TERM=linux, at most 256"),
    (["TERM": "dumb"], "TERM is dumb, which has no screen"),
    ([:], "TERM is not set, so the console does not open"),
  ])
  func `the colours are named with their reason`(
    _ environment: [String: String], _ words: String
  ) {
    #expect(line("colours: ", environment) == "colours: " + words)
  }

  @Test func `the background and the themes are named`() {
    #expect(line("background", ["COLORFGBG": "0;15"]) == "background: light, as COLORFGBG says")
    #expect(line("background", [:])?.contains("auto asks") == true)
    #expect(line("themes", [:])?.hasPrefix("themes: terminal, deuteranopia") == true)
    #expect(line("theme files", ["HOME": "/h"]) == "theme files: /h/.config/eventicle/themes")
  }

  @Test func `what the environment says reaches the terminal as plain text only`() {
    let text = line("colours", ["TERM": "xterm\u{1B}[31m"]) ?? ""
    #expect(!text.isEmpty && !text.contains("\u{1B}"))
  }
}
