import EventicleCore
import EventicleWorkbench
import Testing

@Suite struct PatternTests {
  /// Whether `/pattern/` is found in a text, by way of a filter.
  private func isFound(_ pattern: String, in text: String) throws -> Bool {
    let filter = try FilterExpression(parsing: "a~\(pattern)")
    guard case .term(.field(_, let test)) = filter.root else { throw Unexpected(pattern) }
    return test.matches(.string(text))
  }

  @Test(arguments: [
    ("a", "cab", true), ("^a", "cab", false), ("b$", "cab", true), ("a.b", "a\nb", false),
    ("a.b", "aéb", true), ("a*b", "aaab", true), ("^a+$", "", false), ("^a?$", "", true),
    ("^(ab|cd)+$", "abcdab", true), ("^(?:ab|cd){2}$", "abcd", true), ("^a{2,3}$", "aaaa", false),
    ("^a{2,}$", "aaaa", true), ("a{x}", "a{x}", true), ("[a-c]+x", "abcx", true),
    ("[^a-c]", "abc", false), ("[]a]", "]", true), ("[\\d_]+$", "a_1", true),
    ("\\d{4}", "x2026", true),
    ("\\bid\\b", "an id here", true), ("\\bid\\b", "void", false), ("\\w+@\\w+", "a@b", true),
    ("\\s", "a\u{A0}b", true), ("\\S", " ", false), ("a\\/b", "a/b", true), ("()*a", "a", true),
    ("(a*)*b", "aaab", true), ("a|b|c", "c", true), ("x*", "", true), ("^$", "", true),
    ("a**", "a", true), ("é+", "été", true), ("[à-ü]", "é", true),
    ("\\Bd", "id", true), ("\\Bd", "d", false), ("a\\nb", "a\nb", true),
    ("\\t", "\t", true), ("\\r", "n", false), ("[\\n]", "\n", true), ("[a\\-z]", "-", true),
    ("a{2", "a{2", true), ("a{,2}", "a{,2}", true), ("^.{0,3}$", "four", false),
  ])
  func `patterns match as specified`(pattern: String, text: String, isFound: Bool) throws {
    #expect(try self.isFound("/\(pattern)/", in: text) == isFound)
  }

  @Test func `case is ignored on request`() throws {
    #expect(try isFound("/ORDER-[A-C]/i", in: "order-b"))
    #expect(try isFound("/É/i", in: "é"))
    #expect(try !isFound("/É/", in: "é"))
  }

  @Test(arguments: [
    ("(a", 3), ("a)", 4), ("[a", 3), ("*a", 3), ("a\\q", 4), ("[z-a]", 3), ("(?=a)", 3),
    ("a{3,2}", 8), ("[a\\q]", 5), ("(.{900}){900}", 9),
  ])
  func `an invalid pattern is an error at its column`(pattern: String, column: Int) throws {
    do throws(LanguageError) {
      _ = try FilterExpression(parsing: "a~/\(pattern)/")
      Issue.record("\(pattern) was taken")
    } catch {
      #expect(error.column == column + 1, "\(error.message)")
    }
  }

  @Test func `a repetition count that overflows is too large`() throws {
    let error = #expect(throws: LanguageError.self) {
      try isFound("/a{99999999999999999999}/", in: "a")
    }
    #expect(error?.message.contains("is larger than") == true)
  }

  @Test func `no pattern takes exponential time`() throws {
    let text = String(repeating: "a", count: 16_000) + "b"
    for pattern in ["(a+)+$", "(a|aa)+$", "(a*)*c", "(.*a){20}c"] {
      #expect(try !isFound("/\(pattern)/", in: text))
    }
  }

  @Test(arguments: [
    ("a{100000}", "larger"), (String(repeating: "(", count: 100) + "a", "nested"),
    (String(repeating: "a|", count: 3_000), "larger"), ("((a{50}){50}){50}", "larger"),
  ])
  func `a pattern that is too large is refused`(pattern: String, part: String) {
    do throws(LanguageError) {
      _ = try FilterExpression(parsing: "a~/\(pattern)/")
      Issue.record("\(pattern.prefix(20)) was taken")
    } catch {
      #expect(error.message.contains(part))
    }
  }

  @Test(arguments: [
    ("*b", "ab", true), ("*b", "aab", true), ("a*", "a", true), ("a*b*c", "aXbbYc", true),
    ("a*b", "abc", false), ("?", "é", true), ("??", "é", false), ("a?c", "a🇨c", true),
    ("*", "", true),
    ("**a", "ba", true), ("*aab", "aaaab", true), ("?*", "", false), ("a\\*b", "a*b", true),
    ("a\\*b*", "aXb", false), ("*.created", "user.created", true),
  ])
  func `globs match whole texts`(pattern: String, text: String, isMatch: Bool) throws {
    let filter = try FilterExpression(parsing: "type:\(pattern)")
    #expect(filter.matches(SampleFacts(1, EventType(text))) == isMatch)
  }

  @Test func `globs cost at most pattern times text`() throws {
    let pattern = "type:" + String(repeating: "*a", count: 1_000) + "b"
    let facts = SampleFacts(1, EventType(String(repeating: "a", count: 10_000)))
    #expect(try !FilterExpression(parsing: pattern).matches(facts))
  }
}
