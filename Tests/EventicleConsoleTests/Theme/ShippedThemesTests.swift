import Foundation
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct ShippedThemesTests {
  static let path = "Sources/EventicleConsole/Theme/ShippedThemes.swift"

  /// The names of all themes of the program.
  static let names = [
    "terminal", "deuteranopia", "gruvbox-dark", "harbour-dark", "harbour-light", "high-contrast",
    "mono", "solarized-light", "tritanopia",
  ]

  /// The themes in the repository's folder, by name.
  private func files() throws -> [String: String] {
    var texts: [String: String] = [:]
    let names = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/themes/")
    for name in names where name.hasSuffix(".yaml") {
      texts[String(name.dropLast(".yaml".count))] = Repository.text(at: "themes/" + name)
    }
    return texts
  }

  @Test func `every theme of the folder is part of the program`() throws {
    let files = try files()
    #expect(!files.isEmpty)
    guard TestEnvironment.recordsGolden else {
      #expect(ShippedThemes.texts == files, "`make golden` copies the themes into the program")
      return
    }
    var source = """
      /// The themes in the folder `themes`, as they are there; `make golden` copies them anew.
      enum ShippedThemes {
        /// The text of each theme's file by its name.
        static let texts: [String: String] = [

      """
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let indented = lines.map { $0.isEmpty ? "" : "      " + $0 }.joined(separator: "\n")
      source += "    \"\(name)\": #\"\"\"\n\(indented)\n      \"\"\"#,\n"
    }
    source += "  ]\n}\n"
    try source.write(
      toFile: Repository.root + "/" + Self.path, atomically: true, encoding: .utf8)
  }

  @Test func `shipped themes need no file`() throws {
    let loader = ThemeLoader(folders: []) { _ in nil }
    #expect(loader.names() == ShippedThemesTests.names)
    #expect(try loader.theme(named: "harbour-dark").variant == .dark)
  }

  @Test func `an unknown theme is refused with the names there are`() {
    let loader = ThemeLoader(folders: []) { _ in nil }
    let error = ThemeError.notFound(name: "harbor-dark", known: Self.names)
    #expect(throws: error) { try loader.theme(named: "harbor-dark") }
    #expect(
      error.description == "There is no theme \"harbor-dark\"; there are terminal, deuteranopia, "
        + "gruvbox-dark, harbour-dark, harbour-light, high-contrast, mono, solarized-light, "
        + "tritanopia; did you mean harbour-dark?")
    #expect(throws: ThemeError.unreadable(path: "/x.yaml")) {
      try loader.theme(named: "/x.yaml")
    }
  }

  @Test func `a user's theme goes before the shipped one and may extend it`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "themes-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "inherits: harbour-dark\nstyle:\n  ui.title: red".write(
      toFile: folder + "/harbour-dark.yaml", atomically: true, encoding: .utf8)
    try ThemeTests.scheme.write(toFile: folder + "/ocean.yml", atomically: true, encoding: .utf8)
    let loader = ThemeTests.loader([folder])
    #expect(Set(loader.names()) == Set(Self.names + ["ocean"]))
    let theme = try loader.theme(named: "harbour-dark")
    #expect(theme.resolve(CellStyle(.uiTitle)).foreground == .ansi(1))
    #expect(theme.resolve(.text).background == .rgb(RGB(0x10, 0x17, 0x1F)))
    #expect(try loader.theme(named: "ocean").name == "ocean")
  }

  @Test func `themes that inherit from each other in a circle are refused`() throws {
    let texts = ["/a.yaml": "inherits: /b.yaml", "/b.yaml": "inherits: /a.yaml"]
    let loader = ThemeLoader(folders: []) { texts[$0].map { Array($0.utf8) } }
    #expect(throws: ThemeError.inheritsItself(path: "/a.yaml")) {
      try loader.theme(named: "/a.yaml")
    }
  }
}
