import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

/// Writes almost valid lines.
enum RandomLine {
  static let valid =
    Verb.all.map(\.example) + GrammarErrorTests.mistakes.map(\.line) + [
      #"emit orders OrderCreated order-79 lines:=[{"sku": "A1"}] note="a \"b\"" at:+5m"#,
      "filter (type:Order* or !is:error) data.a[0].b>=1.5 x in [1, \"b\"] r~/a(b|c)*d{2,3}/i",
      "expect count(type:X and (a=1)) in [1, 2]; hold # done", "do X a={{Random 1 9}} b='é👩‍👩‍👧'",
      "run to A Order/\"a.b\".lines[0][\"x\"] = {\"a\": [1]} if #>10 cause:#3",
    ]

  private static let pieces: [[UInt8]] =
    [
      "\"", "'", "`", "\\", "(", ")", "[", "]", "{", "}", "{{", "}}", ":=", "=", ":", "/", "#", "@",
      "!", "~", " ", ";", "\n", "\r\n", "\0", "é", "e\u{301}", "\u{301}",
      "👨‍👩‍👧‍👦", "🇨🇭", "\u{200D}",
      "in ", "or ", "/*",
      "99999999999999999999", "1e999", "-", "%", "*", "?", "\u{FEFF}", "--",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F]]

  /// A valid line with a few bytes inserted, removed or swapped.
  static func mutated(_ random: inout SeededRandom) -> String {
    var bytes = Array(random.pick(valid).utf8)
    for _ in 0..<(1 + random.below(4)) {
      let place = random.below(bytes.count + 1)
      switch random.below(5) {
      case 0 where place < bytes.count: bytes.remove(at: place)
      case 1: bytes.removeSubrange(place...)
      case 2:
        bytes.insert(contentsOf: Array(random.pick(valid).utf8.prefix(random.below(30))), at: place)
      default: bytes.insert(contentsOf: random.pick(pieces), at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Random bytes.
  static func noise(_ random: inout SeededRandom) -> String {
    let bytes = (0..<random.below(60)).map { _ in UInt8.random(in: 0...255, using: &random) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite struct LanguageFuzzTests {
  private func check(_ line: String, comments: Bool) {
    do throws(LanguageError) {
      for instruction in try Instruction.parseLocated(line, comments: comments) {
        #expect(instruction.span.bytes.upperBound <= line.utf8.count)
        try check(instruction.value)
      }
    } catch {
      let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(error.column >= 1 && error.column <= line.count + 1, "\(line.debugDescription)")
      #expect(error.length >= 1 && error.line >= 1 && error.line <= lines.count + 1)
      #expect(!error.message.isEmpty && error.caret.count <= 2 * line.count + 2)
      #expect(error.caret(under: line) { _ in 2 }.count <= 4 * line.count + 2)
    }
  }

  /// Uses a parsed instruction and, where it can be printed, reads it back.
  private func check(_ instruction: Instruction) throws(LanguageError) {
    switch instruction {
    case .emit(let emission): _ = try emission.items.data()
    case .dispatch(let request): _ = try request.items.data()
    case .filter(let filter?, _), .events(let filter?):
      let printed = filter.value.description
      #expect(try FilterExpression(parsing: printed) == filter.value, "\(printed)")
      for facts in SampleLog.all {
        #expect(
          filter.value.matches(facts) == (try FilterExpression(parsing: printed)).matches(facts))
      }
    case .goto(let place):
      #expect(try PositionExpression(parsing: place.value.description) == place.value)
    case .run(let selector?, _):
      let printed = selector.value.description
      #expect(try Selector(parsing: printed) == selector.value, "\(printed)")
    case .expect(let expectation):
      let printed = expectation.value.description
      #expect(try Expectation(parsing: printed) == expectation.value, "\(printed)")
    default: break
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `almost valid lines never trap`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 { check(RandomLine.mutated(&random), comments: seed % 2 == 0) }
  }

  @Test(arguments: UInt64(0)..<20)
  func `random bytes never trap`(seed: UInt64) {
    var random = SeededRandom(seed: 1_000 + seed)
    for _ in 0..<500 { check(RandomLine.noise(&random), comments: seed % 2 == 0) }
  }

  @Test(arguments: ["filter ", "do X a=", "do X a:=", "expect count(", "filter a~/"])
  func `very long lines are read completely`(start: String) {
    let room = Limits.lineBytes - start.utf8.count
    for piece in ["a", "(", "'", "\\", "{{", "a=1 ", "[0]", "\u{301}"] {
      let line = start + String(repeating: piece, count: room / piece.utf8.count)
      do throws(LanguageError) {
        #expect(try Instruction.parse(line).count == 1)
      } catch {
        #expect(error.column <= line.count + 1)
      }
    }
    check(start + String(repeating: "x", count: 1_000_000), comments: true)
  }

  @Test func `NUL, emoji and combining characters are ordinary text`() throws {
    #expect(try data("do X a=\0 b=👨‍👩‍👧‍👦") == ["a": "\0", "b": "👨‍👩‍👧‍👦"])
    #expect(try data("do X e\u{301}=1") == ["e\u{301}": "1"])
    #expect(try data("do X a=\u{301}x") == ["a": "\u{301}x"])
  }
}
