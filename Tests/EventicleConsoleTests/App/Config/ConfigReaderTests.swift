import Testing

@testable import EventicleConsole

/// What the YAML of a configuration sets, and what is said of mistakes in it.
@Suite struct ConfigReaderTests {
  private static func read(_ text: String) -> ConfigReader {
    ConfigReader(text, path: "c.yaml", others: ["mappings"])
  }

  @Test func `everything that can be set is read`() {
    let reader = Self.read(
      """
      theme: harbour-dark
      mouse: off
      domain: bank
      mappings: {}
      filters:
        payments: "type:Payment*"
        quiet: {filter: "!type:*Priced", default: true}
      keys:
        palette: "<C-k>"
        time.step: [".", "<Right>"]
      """)
    #expect(reader.problems.isEmpty)
    let config = reader.config
    #expect(config.theme == "harbour-dark" && config.isMouseOn == false && config.domain == "bank")
    #expect(config.filters.map(\.name) == ["payments", "quiet"])
    #expect(config.filters.map(\.isDefault) == [false, true])
    #expect(config.keys.map(\.action) == [.palette, .stepEvent])
    #expect(config.keys[1].notations == [".", "<Right>"])
    #expect(config.keys[0].place == "c.yaml, line 9")
  }

  @Test(arguments: [
    ("colour: red", "c.yaml, line 1: nothing is called colour"),
    ("theme: harbour-dark\nmouse: perhaps", "c.yaml, line 2: mouse is on or off, not perhaps."),
    ("keys:\n  time.stepp: x", "there is no action time.stepp; did you mean time.step?"),
    ("keys:\n  time.step: \"<Nokey>\"", "<Nokey> is no key"),
    ("filters:\n  a: \"type:(\"", "the filter a: "),
    ("filters:\n  a: {default: true}", "lacks a line filter"),
    ("- a\n- b", "it has lines such as theme: harbour-dark"),
    ("theme: [1", "c.yaml is no YAML: line"),
  ])
  func `a mistake is a sentence with its line, and the rest counts`(text: String, part: String) {
    let reader = Self.read(text)
    #expect(reader.problems.count == 1)
    #expect(reader.problems.first?.contains(part) == true, "\(reader.problems)")
  }

  @Test func `a project counts more than what is set for all`() {
    let mine = Self.read("theme: a\nkeys: {palette: x}\nfilters: {f: \"type:A\"}").config
    let theirs = Self.read("theme: b\nfilters: {f: \"type:B\", g: \"type:C\"}").config
    let config = mine.overruled(by: theirs)
    #expect(config.theme == "b" && config.keys.map(\.action) == [.palette])
    #expect(config.filters.map(\.text) == ["type:B", "type:C"])
  }
}
