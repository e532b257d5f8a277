import Testing

@testable import EventicleConsole

@Suite struct HueTests {
  static let table: [(Hue, String, String)] = [
    (.ink, "#d6dee7", "#1f2a35"), (.mist, "#9aa8b7", "#52606d"), (.later, "#8391a0", "#66727e"),
    (.sea, "#74b9ff", "#075ba8"), (.heather, "#cba6f7", "#6a38a6"),
    (.lagoon, "#63cfc8", "#045e66"), (.kelp, "#86d196", "#1c632f"), (.sand, "#e6be74", "#734f00"),
    (.rust, "#f2a876", "#8a4010"), (.coral, "#ff8a8f", "#ab1f2d"), (.dusk, "#f49ac1", "#97266d"),
    (.stream1, "#8fa3bf", "#51678a"), (.stream2, "#b59a7e", "#7d5f3c"),
    (.stream3, "#97a37a", "#5c6b35"), (.stream4, "#b896ae", "#7d5570"),
    (.stream5, "#7fa6a0", "#3f6f68"), (.stream6, "#a8a29a", "#6b665f"),
    (.border, "#5d6c7c", "#7c8793"),
  ]

  @Test(arguments: table)
  func `the harbours have the colours that were measured`(
    _ hue: Hue, _ dark: String, _ light: String
  ) throws {
    for (name, value) in [("harbour-dark", dark), ("harbour-light", light)] {
      let theme = try ThemeContrastTests.theme(name)
      #expect(theme.seed[hue].foreground?.color(at: .truecolor).rgb?.hex == value)
    }
  }

  @Test func `every hue is in the table, and used by a role`() {
    #expect(Self.table.map(\.0) == Hue.allCases)
    #expect(Set(StyleRole.allCases.map(\.hue)) == Set(Hue.allCases))
  }

  @Test func `the harbours have the grounds that were measured`() throws {
    let dark = try ThemeContrastTests.theme("harbour-dark")
    let light = try ThemeContrastTests.theme("harbour-light")
    let bar = CellStyle(.uiText, overlay: .uiSelection)
    #expect(dark.resolve(.text).background.rgb?.hex == "#10171f")
    #expect(dark.resolve(bar).background.rgb?.hex == "#22364a")
    #expect(light.resolve(.text).background.rgb?.hex == "#fbfaf6")
    #expect(light.resolve(bar).background.rgb?.hex == "#d9e6f2")
  }

  @Test func `the terminal's theme has one of its sixteen colours for each hue`() {
    func look(_ hue: Hue) -> ResolvedStyle {
      Theme.terminal.resolve(CellStyle(ThemeCheck.sample(of: hue)))
    }
    #expect(look(.ink) == ResolvedStyle())
    #expect(look(.stream1) == ResolvedStyle())
    for hue in [Hue.mist, .later, .border] { #expect(look(hue).attributes == .dim) }
    let colors: [(Hue, UInt8, Attributes)] = [
      (.sea, 6, .bold), (.heather, 5, []), (.lagoon, 6, []), (.kelp, 2, []), (.sand, 3, []),
      (.rust, 1, []), (.coral, 1, .bold), (.dusk, 5, [.bold, .reverse]),
    ]
    for (hue, color, attributes) in colors {
      #expect(
        look(hue) == ResolvedStyle(foreground: .ansi(color), attributes: attributes), "\(hue)")
    }
  }

  @Test func `data and the words of streams are plain, changes are not`() throws {
    let theme = try ThemeContrastTests.theme("harbour-dark")
    let plain = theme.resolve(.text)
    for role in [StyleRole.jsonKey, .jsonString, .jsonNumber, .jsonBool, .jsonNull] {
      #expect(theme.resolve(CellStyle(role)) == plain)
    }
    for role in [StyleRole.diffAdd, .diffRemove, .diffChange] {
      #expect(theme.resolve(CellStyle(role)) != plain)
    }
  }

  @Test(arguments: ["terminal", "harbour-dark", "harbour-light"])
  func `what is faint is ink on the selected row`(_ name: String) throws {
    let theme = try ThemeContrastTests.theme(name)
    for overlay in [StyleRole.uiSelection, .uiSelectionInactive] {
      let ink = theme.resolve(CellStyle(.uiText, overlay: overlay))
      for role in [StyleRole.uiMuted, .timeFuture, .uiBorder] {
        #expect(theme.resolve(CellStyle(role, overlay: overlay)) == ink, "\(role.name)")
      }
    }
    let saga = theme.resolve(CellStyle(.kindSaga, overlay: .uiSelectionInactive))
    #expect(saga.foreground == theme.resolve(CellStyle(.kindSaga)).foreground)
  }

  @Test func `at sixteen colours and fewer the terminal's palette is used`() throws {
    for depth in [ColorDepth.palette16, .palette8] {
      let harbour = try ThemeContrastTests.theme("harbour-dark").adapted(to: depth)
      let terminal = Theme.terminal.adapted(to: depth)
      for role in StyleRole.allCases {
        #expect(harbour.resolve(CellStyle(role)) == terminal.resolve(CellStyle(role)))
      }
    }
  }

  @Test func `a colour of the palette that a theme names is kept at sixteen colours`() throws {
    let theme = try ThemeContrastTests.theme("deuteranopia")
    let kelp = CellStyle(.statusOk)
    #expect(theme.adapted(to: .palette16).resolve(kelp).foreground == .ansi(10))
    let eight = theme.adapted(to: .palette8).resolve(kelp)
    #expect(eight == ResolvedStyle(foreground: .ansi(2), attributes: .bold))
  }

  @Test(arguments: ShippedThemesTests.names)
  func `without colours faint, bold and reversed text tell the rest`(_ name: String) throws {
    let theme = try ThemeContrastTests.theme(name).adapted(to: .mono)
    for role in StyleRole.allCases {
      for overlay in [nil, StyleRole.uiSelection, .uiSelectionInactive, .timeFuture] {
        let style = theme.resolve(CellStyle(role, overlay: overlay))
        #expect(style.foreground == .default && style.background == .default)
      }
    }
    #expect(theme.resolve(CellStyle(.uiMuted)).attributes == .dim)
    #expect(theme.resolve(CellStyle(.kindEvent)).attributes == .bold)
    #expect(theme.resolve(CellStyle(.uiText, overlay: .uiSelection)).attributes == .reverse)
    #expect(
      theme.resolve(CellStyle(.uiText, overlay: .uiSelectionInactive)).attributes == .underline)
    #expect(theme.resolve(CellStyle(.modeLive)).attributes.contains(.reverse))
  }
}
