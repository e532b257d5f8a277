import Testing

@testable import EventicleConsole

@Suite struct ColorTests {
  @Test func `a chain has a colour for every depth`() throws {
    let steps = ["#7aa2f7", "111", "bright-blue"].compactMap(Color.init(word:))
    let chain = try #require(ColorChain(steps: steps))
    #expect(chain.color(at: .truecolor) == .rgb(RGB(0x7A, 0xA2, 0xF7)))
    #expect(chain.color(at: .palette256) == .indexed(111))
    #expect(chain.color(at: .palette16) == .ansi(12))
    #expect(chain.color(at: .palette8) == .ansi(4))
    #expect(chain.color(at: .mono) == .default)
  }

  @Test func `missing colours of a chain are the nearest ones`() {
    let red = ColorChain(.rgb(RGB(0xD7, 0x00, 0x00)))
    #expect(red.color(at: .palette256) == .indexed(160))
    let grey = ColorChain(.rgb(RGB(128, 128, 128)))
    #expect(grey.color(at: .palette256) == .indexed(244))
    #expect(ColorChain(.rgb(RGB(0xE0, 0x60, 0x70))).color(at: .palette8) == .ansi(1))
    #expect(ColorChain(.default).color(at: .palette256) == .default)
  }

  @Test func `colour words of theme files are read`() {
    #expect(Color(word: "default") == .default)
    #expect(Color(word: "bright-cyan") == .ansi(14))
    #expect(Color(word: "7") == .ansi(7))
    #expect(Color(word: "200") == .indexed(200))
    #expect(Color(word: "#fff") == .rgb(RGB(255, 255, 255)))
    for word in ["", "256", "-1", "#12", "#ggg", "blau", "+5", "#+1+2+3"] {
      #expect(Color(word: word) == nil)
    }
  }

  @Test func `the environment chooses the colour depth`() {
    #expect(ColorDepth.wanted(environment: ["NO_COLOR": "1"], colors: 256) == .mono)
    #expect(ColorDepth.wanted(environment: ["NO_COLOR": ""], colors: 256) == .palette256)
    #expect(ColorDepth.wanted(environment: ["COLORTERM": "truecolor"], colors: 8) == .truecolor)
    #expect(ColorDepth(colors: 8) == .palette8 && ColorDepth(colors: 0) == .mono)
    #expect(ColorDepth(colors: 1 << 24) == .truecolor)
  }

  @Test(arguments: StyleRole.allCases)
  func `bars and badges differ without colours`(_ role: StyleRole) {
    let style = Theme.terminal.adapted(to: .mono).resolve(CellStyle(role))
    #expect(style.foreground == .default && style.background == .default)
    #expect(style.attributes.contains(.reverse) == (role.isBadge || role == .uiSelection))
  }

  @Test func `contrast follows WCAG`() {
    #expect(RGB(0, 0, 0).contrast(to: RGB(255, 255, 255)) == 21)
    #expect(abs(RGB(0x76, 0x76, 0x76).contrast(to: RGB(255, 255, 255)) - 4.54) < 0.01)
  }
}
