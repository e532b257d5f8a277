import Testing

@testable import EventicleConsole

@Suite struct ThemeContrastTests {
  /// The shipped themes whose colours no terminal changes.
  static let known = ShippedThemesTests.names.filter { $0 != "terminal" && $0 != "mono" }

  static func theme(_ name: String) throws -> Theme {
    try ThemeLoader(folders: []) { _ in nil }.theme(named: name)
  }

  @Test(arguments: known, [ColorDepth.truecolor, .palette256])
  func `every role of the shipped themes is readable`(_ name: String, _ depth: ColorDepth) throws {
    let theme = try Self.theme(name).adapted(to: depth)
    #expect(theme.name == name)
    let check = ThemeCheck(theme)
    #expect(check.findings.map(\.text) == [])
    for role in StyleRole.allCases {
      #expect(check.contrast(of: theme.resolve(CellStyle(role))) != nil, "\(role.name)")
    }
  }

  @Test(arguments: Hue.allCases)
  func `a hue that is too near to the ground is found`(_ hue: Hue) throws {
    let good = try Self.theme("harbour-dark")
    var seed = good.seed
    seed[hue] = StylePart(foreground: ColorChain(.rgb(RGB(0x3A, 0x44, 0x50))))
    let bad = Theme(name: "bad", variant: .dark, seed: seed)
    let found = Set(ThemeCheck(bad).findings.map(\.role.hue))
    // Faint roles are drawn in ink on the selected row.
    #expect(found == (hue == .ink ? [.ink, .mist, .later, .border] : [hue]))
  }

  @Test(arguments: known)
  func `the grounds of a theme are told apart from each other`(_ name: String) throws {
    let theme = try Self.theme(name)
    let background = theme.resolve(.text).background
    #expect(theme.resolve(CellStyle(.uiText, overlay: .uiSelection)).background != background)
    #expect(theme.resolve(CellStyle(.uiPopup)).background != background)
  }

  @Test func `the colours of high contrast are seven times as light as the ground`() throws {
    let theme = try Self.theme("high-contrast")
    let check = ThemeCheck(theme)
    for role in StyleRole.allCases where role.hue != .border {
      for overlay in ThemeCheck.overlays(of: role) {
        let style = theme.resolve(CellStyle(role, overlay: overlay))
        #expect(try #require(check.contrast(of: style)) >= 7, "\(role.name)")
      }
    }
  }

  /// Hues that mean opposite things, or lie side by side.
  static let opposites: [(Hue, Hue)] = [(.kelp, .coral), (.sand, .rust), (.sea, .heather)]

  private func distance(_ hues: (Hue, Hue), _ theme: Theme, _ eyes: ColorVision) throws -> Double {
    func color(_ hue: Hue) throws -> RGB {
      try #require(theme.seed[hue].foreground?.color(at: .truecolor).rgb)
    }
    return eyes.distance(try color(hues.0), try color(hues.1))
  }

  @Test(arguments: ColorVision.allCases, opposites)
  func `opposite hues stay apart for the eyes of a theme`(
    _ eyes: ColorVision, _ hues: (Hue, Hue)
  ) throws {
    let theme = try Self.theme(eyes.rawValue)
    #expect(try distance(hues, theme, eyes) >= 0.12)
  }

  @Test(arguments: ColorVision.allCases)
  func `without the theme they would not`(_ eyes: ColorVision) throws {
    let theme = try Self.theme("harbour-dark")
    let nearest = try Self.opposites.map { try distance($0, theme, eyes) }.min()
    #expect(try #require(nearest) < 0.06)
  }

  @Test(arguments: ColorVision.allCases)
  func `no two hues look the same in a theme`(_ eyes: ColorVision) throws {
    let theme = try Self.theme(eyes.rawValue)
    let hues: [Hue] = [.sea, .heather, .lagoon, .kelp, .sand, .rust, .coral, .dusk]
    for (place, hue) in hues.enumerated() {
      for other in hues[..<place] {
        #expect(try distance((hue, other), theme, eyes) >= 0.05, "\(hue) and \(other)")
      }
    }
  }
}
