import EventicleCore
import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

/// The layout that stays with a domain.
@Suite struct KeptLayoutsTests {
  @Test func `the layout of a domain is there again, and what was shown is not`() throws {
    let folder = try TemporaryFolder()
    let layouts = KeptLayouts(state: folder.path)
    let before = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders)
    try before.press("6 f zt zg zw 8 za 3 ] / Order <Tab> <Enter>")
    layouts.keep(before.model.look, of: "shop")
    let kept = try #require(layouts.look(of: "shop"))
    #expect(kept == before.model.look.layout)
    #expect(kept.subjects.isEmpty && kept.find.isEmpty && kept.isZoomed)
    let after = try ConsolePilot(columns: 120, rows: 40).run("do PlaceOrder customer=c-1 total:=5")
    after.workbench.send(.laidOut(kept))
    #expect(after.model.focus == .state && after.model.isZoomed && after.model.wraps)
    #expect(after.model.tail.form == before.model.tail.form && after.model.state.tab == .history)
    #expect(after.model.look.layout == kept)
    #expect(layouts.look(of: "bank") == nil)
  }

  @Test func `before anything has happened the start list stays in front`() throws {
    var look = KeptLook()
    (look.focus, look.isZoomed, look.wraps) = (.map, true, true)
    let pilot = try ConsolePilot()
    pilot.workbench.send(.laidOut(look))
    #expect(pilot.model.focus == .tail && pilot.model.wraps)
    #expect(pilot.text.contains("1 Start"))
  }

  @Test(arguments: ["", "../../x", "/", "a\u{0}b", "\u{1B}[31m", "Größe"])
  func `whatever a domain is called, its layout is one file in its folder`(name: String) throws {
    let folder = try TemporaryFolder()
    let layouts = KeptLayouts(state: folder.path)
    var look = KeptLook()
    look.focus = .views
    layouts.keep(look, of: name)
    #expect(layouts.look(of: name)?.focus == .views)
    #expect(layouts.look(of: name + "x") == nil)
  }

  @Test func `a file of nonsense is no layout`() throws {
    let folder = try TemporaryFolder()
    let layouts = KeptLayouts(state: folder.path)
    for text in ["", "[]", "{", "null", #"{"focus":7,"time":"never","columns":[],"gaps":"x"}"#] {
      layouts.keep(KeptLook(), of: "shop")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/layouts")
      _ = try Files.write(
        Array(text.utf8), to: "\(folder.path)/layouts/\(files[0])", mode: 0o600)
      let look = layouts.look(of: "shop")
      #expect(look == nil || look == KeptLook(), "\(text)")
    }
  }
}
