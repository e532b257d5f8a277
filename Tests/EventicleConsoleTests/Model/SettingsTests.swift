import Testing

@testable import EventicleConsole

@Suite struct SettingsTests {
  @Test func `the themes that exist are offered as values of theme, and nothing is made up`() {
    let known = Settings.offered(themes: ["harbour-dark", "mono"])
    #expect(known.first { $0.name == "theme" }?.values == ["harbour-dark", "mono"])
    #expect(known.first { $0.name == "mouse" }?.values == ["on", "off"])
    #expect(known.map(\.name) == Settings.known.map(\.name))
  }
}
