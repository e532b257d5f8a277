import Foundation
import TestSupport
import Testing

/// What real programs write, and tmux's screens of it: `Scripts/record-terminal-corpus`.
@Suite struct CorpusTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Step: Decodable {
      let input: Data
      let screen: [String]
      let cursor: [Int]
    }

    let name: String
    let columns: Int
    let rows: Int
    let steps: [Step]
    var testDescription: String { name }
  }

  @Test(arguments: read("programs.json"))
  func `screens of real programs equal those of tmux`(recorded: Case) {
    check(recorded)
  }

  @Test(arguments: read("noise.json"))
  func `sequences in any order give the screens of tmux`(recorded: Case) {
    check(recorded)
  }

  @Test(arguments: read("programs.json").filter { $0.name.hasPrefix("ncurses") })
  func `ncurses restores everything`(recorded: Case) {
    var terminal = VirtualTerminal(columns: recorded.columns, rows: recorded.rows)
    for step in recorded.steps { terminal.feed(step.input) }
    #expect(terminal.leftovers == [])
    #expect(!terminal.modeChanges.isEmpty)
  }

  @Test func `the corpus exists`() {
    #expect(Self.read("programs.json").count >= 5)
    #expect(Self.read("noise.json").count >= 20)
  }

  private func check(_ recorded: Case) {
    var terminal = VirtualTerminal(columns: recorded.columns, rows: recorded.rows)
    for (number, step) in recorded.steps.enumerated() {
      terminal.feed(step.input)
      let input = String(decoding: step.input, as: UTF8.self).debugDescription
      let rows = terminal.rows.map { row in
        String(decoding: row.utf8.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
      }
      #expect(rows == step.screen, "step \(number), \(input)")
      let place = [terminal.cursor.row, terminal.cursor.column]
      #expect(place == step.cursor, "step \(number), \(input)")
      if rows != step.screen { return }
    }
    #expect(terminal.unknown == [])
  }

  private static func read(_ name: String) -> [Case] {
    let path = Repository.root + "/Tests/SupportTests/Corpus/" + name
    guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
    do {
      return try JSONDecoder().decode([Case].self, from: bytes)
    } catch {
      Issue.record("\(path): \(error)")
      return []
    }
  }
}
