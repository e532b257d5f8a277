import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

@Suite struct SettingsTests {
  @Test func `the themes that exist are offered as values of theme, and nothing is made up`() {
    let known = Settings.offered(themes: ["harbour-dark", "mono"])
    #expect(known.first { $0.name == "theme" }?.values == ["harbour-dark", "mono", "auto"])
    #expect(known.first { $0.name == "mouse" }?.values == ["on", "off"])
    #expect(known.map(\.name) == Settings.known.map(\.name))
  }

  @Test func `every value offered for a setting is taken, and every setting says what it is`()
    throws
  {
    let loader = ThemeLoader(folder: nil, environment: [:]) { _ in nil }
    let runner = SystemEffectRunner(
      themes: ThemeKeeper(loader), state: StateFolder(environment: [:]), terminal: nil,
      remembersLines: false)
    let program = ConsoleProgram(
      session: try Session(.shop), size: Size(columns: 80, rows: 24), effectRunner: runner)
    for setting in Settings.offered(themes: loader.names()) {
      #expect(!setting.values.isEmpty, "\(setting.name)")
      for value in setting.values {
        program.run(line: "set \(setting.name)=\(value)")
        let message = try #require(program.model.message)
        #expect(message.kind == .information, "\(setting.name)=\(value)")
        #expect(message.text == "\(setting.name) \(value)")
      }
      program.run(line: "set \(setting.name)")
      #expect(program.model.message?.kind == .information, "\(setting.name)")
      program.run(line: "set \(setting.name)=nothing-of-this-name")
      #expect(program.model.message?.kind == .problem, "\(setting.name)")
    }
  }

  @Test func `theme completes to the themes, to auto and to what it says about them`() throws {
    let pilot = try ConsolePilot()
    pilot.workbench.configure { $0.themeNames = ["terminal", "mono"] }
    try pilot.press(":theme<Space><Tab>")
    let offered = pilot.model.bar?.popup?.candidates.map(\.text) ?? []
    #expect(Set(offered) == ["terminal", "mono", "auto", "check", "inspect"])
    try pilot.press("<Esc> <Esc> :theme<Space>ins<Tab>")
    #expect(pilot.model.bar?.text == "theme inspect")
  }
}
