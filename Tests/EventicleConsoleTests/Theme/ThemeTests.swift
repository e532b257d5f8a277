import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct ThemeTests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "themes").path

  /// A loader over folders of the disk.
  static func loader(_ folders: [String]) -> ThemeLoader {
    ThemeLoader(folders: folders) { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } }
  }

  static func read(_ text: String) throws(ThemeError) -> Theme {
    try ThemeFile(text, path: "t.yaml").theme(parent: .terminal, fallbackName: "t")
  }

  @Test func `the built-in theme uses only the user's palette`() {
    for role in StyleRole.allCases {
      let style = Theme.terminal.resolve(CellStyle(role))
      #expect(style.foreground != .ansi(4) && style.foreground != .ansi(12))
      #expect(style.background == .default, "\(role.name)")
      switch style.foreground {
      case .default, .ansi: break
      default: Issue.record("\(role.name) is \(style.foreground)")
      }
    }
  }

  @Test func `what an overlay sets wins`() throws {
    let theme = try Self.read(
      """
      style:
        kind.saga: bold magenta
        ui.selection: on 236
      """)
    let style = theme.resolve(CellStyle(.kindSaga, overlay: .uiSelection))
    #expect(
      style
        == ResolvedStyle(foreground: .ansi(5), background: .indexed(236), attributes: .bold))
  }

  @Test func `a key for several roles sets those not named exactly`() throws {
    let theme = try Self.read(
      """
      style:
        json.key: red
        json: green
        kind.stream: yellow
        ui.border: cyan
      """)
    #expect(theme.resolve(CellStyle(.jsonKey)).foreground == .ansi(1))
    #expect(theme.resolve(CellStyle(.jsonString)).foreground == .ansi(2))
    #expect(theme.resolve(CellStyle(.kindStream4)).foreground == .ansi(3))
    #expect(theme.resolve(CellStyle(.uiBorder)).foreground == .ansi(6))
    #expect(theme[.uiBorderFocus] == Theme.terminal[.uiBorderFocus])
  }

  static let mistakes: [(String, Int, Int, String)] = [
    ("name: x\ncolour: red", 2, 1, "unknown key \"colour\"."),
    ("nmae: x", 1, 1, "unknown key \"nmae\"; the nearest is \"name\"."),
    (
      "style:\n  kind.comand: red", 2, 3,
      "unknown style \"kind.comand\"; the nearest is \"kind.command\"."
    ),
    ("seed:\n  corall: red", 2, 3, "unknown seed \"corall\"; the nearest is \"coral\"."),
    (
      "style:\n  kind.saga: magneta", 2, 14,
      "\"magneta\" is no colour of the palette, name, number or #rrggbb; the nearest is "
        + "\"magenta\"."
    ),
    ("variant: dusk", 1, 10, "\"dusk\" is none of dark, light, any."),
    ("style:\n  kind.saga: red on", 2, 14, "a colour must follow \"on\"."),
    ("- 1", 1, 1, "a theme is a mapping of keys such as `name:` and `seed:`."),
  ]

  @Test(arguments: mistakes)
  func `errors name the place and the way out`(
    _ text: String, _ line: Int, _ column: Int, _ problem: String
  ) {
    let error = ThemeError.malformed(path: "t.yaml", line: line, column: column, problem: problem)
    #expect(throws: error) { try Self.read(text) }
  }

  @Test func `broken YAML and repeated keys are refused`() {
    #expect(throws: ThemeError.self) { try Self.read("a: [1") }
    #expect(throws: ThemeError.self) { try Self.read("name: a\nname: b") }
    #expect(throws: ThemeError.self) { try Self.read("") }
  }

  static let scheme = """
    base00: "2b303b"
    base01: "343d46"
    base02: "4f5b66"
    base03: "65737e"
    base04: "a7adba"
    base05: "c0c5ce"
    base06: "dfe1e8"
    base07: "eff1f5"
    base08: "bf616a"
    base09: "d08770"
    base0A: "ebcb8b"
    base0B: "a3be8c"
    base0C: "96b5b4"
    base0D: "8fa1b3"
    base0E: "b48ead"
    base0F: "ab7967"
    """

  @Test func `a base16 scheme works unchanged`() throws {
    let flat = try Self.read("scheme: \"Ocean\"\nauthor: \"Chris\"\n" + Self.scheme)
    let lines = Self.scheme.split(separator: "\n").map {
      "  " + $0.replacing("\"2b", with: "\"#2b")
    }
    let nested = try Self.read(
      "system: base16\nname: Ocean\nvariant: dark\npalette:\n" + lines.joined(separator: "\n"))
    #expect(flat == nested)
    #expect(flat.name == "Ocean" && flat.variant == .dark)
    #expect(flat.resolve(CellStyle(.statusWarn)).foreground == .rgb(RGB(0xEB, 0xCB, 0x8B)))
    #expect(throws: ThemeError.self) { try Self.read(String(Self.scheme.dropLast(20))) }
  }

  @Test func `themes are found by name and by path`() throws {
    let loader = Self.loader(["/nowhere", Self.folder])
    #expect(loader.names() == ShippedThemesTests.names)
    #expect(try loader.theme(named: "terminal") == .terminal)
    #expect(try loader.theme(named: Self.folder + "/harbour-light.yaml").variant == .light)
    let usual = ThemeLoader(
      folder: "/a",
      environment: ["EVENTICLE_THEMES": "/b:/c", "XDG_CONFIG_HOME": "/d", "HOME": "/e"]
    ) { _ in nil }
    #expect(usual.folders == ["/a", "/b", "/c", "/d/eventicle/themes"])
    let home = ThemeLoader(folder: nil, environment: ["XDG_CONFIG_HOME": "", "HOME": "/e"]) { _ in
      nil
    }
    #expect(home.folders == ["/e/.config/eventicle/themes"])
  }

  @Test func `the theme of the documentation is one`() throws {
    let path = "Sources/EventicleConsole/EventicleConsole.docc/EventicleConsole.md"
    let text = try #require(Repository.text(at: path))
    let start = try #require(text.range(of: "```yaml\n")?.upperBound)
    let end = try #require(text.range(of: "```", range: start..<text.endIndex)?.lowerBound)
    let parent = try ThemeContrastTests.theme("harbour-dark")
    let theme = try ThemeFile(String(text[start..<end]), path: "t.yaml")
      .theme(parent: parent, fallbackName: "t")
    #expect(theme.name == "evening" && ThemeCheck(theme).findings.isEmpty)
    #expect(theme.seed[.kelp] == parent.seed[.kelp] && theme.seed[.sea] != parent.seed[.sea])
    for name in ShippedThemesTests.names { #expect(text.contains("`\(name)`"), "\(name)") }
  }
}
