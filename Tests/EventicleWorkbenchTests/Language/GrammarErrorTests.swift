import EventicleCore
import EventicleWorkbench
import Testing

/// A line, the column of its mistake, and a part of the error.
struct Mistake: Sendable, CustomTestStringConvertible {
  let line: String
  let column: Int
  let part: String

  init(_ line: String, _ column: Int, _ part: String) {
    self.line = line
    self.column = column
    self.part = part
  }

  var testDescription: String { line }
}

@Suite struct GrammarErrorTests {
  static let mistakes = [
    Mistake("emti orders", 1, "did you mean \"emit\"? Type help for all verbs."),
    Mistake("hold; xyzzy", 7, "There is no verb \"xyzzy\". Type help"),
    Mistake("st", 1, "could be \"step\", \"stop\", \"stops\" or \"streams\""),
    Mistake("group", 6, "What to do with the group is missing. Write group pause GROUP"),
    Mistake("group stop g", 7, "There is no action \"stop\""),
    Mistake("group pause", 12, "The group is missing"),
    Mistake("group move g", 13, "The position is missing"),
    Mistake("group pause g #1", 15, "too much"),
    Mistake("redrive", 8, "The number of the parked work is missing"),
    Mistake("redrive x", 9, "is a whole number from 1 on, not \"x\""),
    Mistake("drop 0", 6, "is written by its number in queue"),
    Mistake("drop 1 a=1", 8, "too much"),
    Mistake("edit 1 at:+5m", 8, "edit takes no at:"),
    Mistake("edit 1 a=1 --count=2", 20, "edit is done once"),
    Mistake("rebuild", 8, "The view is missing"),
    Mistake("rebuild V now", 11, "too much"),
    Mistake("retain s", 9, "How many events stay is missing"),
    Mistake("retain s -1", 10, "is a whole number from 0 on, not \"-1\""),
    Mistake("emit", 5, "The stream is missing. Write emit STREAM TYPE"),
    Mistake("emit orders", 12, "The type of the event is missing"),
    Mistake("emit orders order-79:{\"total\":59}", 13, "Which type of event?"),
    Mistake("emit orders T id x", 18, "too much"),
    Mistake("emit 'orders T", 6, "This quote ' is never closed"),
    Mistake("emit orders T a=\"x", 17, "never closed"),
    Mistake("emit orders T a:=[1, 2", 18, "never closed"),
    Mistake("emit orders T a:=[1, x]", 22, "This is not JSON: expected a value, found 'x'."),
    Mistake("emit é T a:=nul", 13, "This is not JSON"),
    Mistake("emit orders T a:=", 18, "After := JSON is missing"),
    Mistake("emit orders T i-1:{\"a\":1,}", 26, "expected a member name"),
    Mistake("emit orders T a=@", 17, "the file is missing"),
    Mistake("emit orders T a={{Cuont}}", 19, "did you mean \"{{Count}}\""),
    Mistake("emit orders T a=\"x {{Count\"", 20, "never closed"),
    Mistake("emit orders T a={{Random 9 1}}", 19, "the smaller first"),
    Mistake("emit orders T a=%{last.ids}", 19, "did you mean \"last.id\""),
    Mistake("emit orders T a=%{sh{ls}}", 19, "No other program is run"),
    Mistake("emit orders T-{{Count}}", 13, "write this name itself"),
    Mistake("emit orders T a=1 > f", 19, "finds nothing to write"),
    Mistake("events type:X >", 15, "the file is missing"),
    Mistake("events type:X > a b", 19, "nothing more"),
    Mistake("streams | jq", 9, "No other program is run"),
    Mistake("streams >> f", 9, "not added to"),
    Mistake("events Foo > out.json", 12, "reads as a comparison"),
    Mistake("goto last", 10, "The type of event after last is missing"),
    Mistake("#12 #13", 5, "nothing more"),
    Mistake("@noon", 1, "is not a position"),
    Mistake("mark", 5, "The name of the mark is missing"),
    Mistake("mark ' a'", 6, "neither begins nor ends"),
    Mistake("filter changed(", 15, "never closed"),
    Mistake("filter changed()", 15, "needs a member"),
    Mistake("emit orders T colour:red", 15, "There is no metadata \"colour\""),
    Mistake("emit orders T sorce:x", 15, "did you mean \"source\""),
    Mistake("emit orders T at:noon", 18, "is not a time"),
    Mistake("emit orders T =x", 15, "a name is missing"),
    Mistake("emit orders T a..b=1", 17, "needs a name"),
    Mistake("emit orders T a[1=1", 16, "never closed"),
    Mistake("emit orders T a[99999]=1", 17, "at most 9999"),
    Mistake("do", 3, "The command is missing. Write do COMMAND"),
    Mistake("do X --cuont 3", 6, "did you mean \"--count\""),
    Mistake("do X --count", 13, "The value of --count is missing"),
    Mistake("do X --count=x", 14, "from 1 to 1000000"),
    Mistake("do X --every 5", 14, "length of time"),
    Mistake("do X type:Y", 6, "do takes no type:"),
    Mistake("do X i:{\"a\":1}", 6, "no id in front"),
    Mistake("step 3 sagas X y", 16, "too much"),
    Mistake("step fortnight", 6, "There is no step \"fortnight\""),
    Mistake("step saga", 10, "The saga is missing"),
    Mistake("step --fast", 6, "step has no flag --fast"),
    Mistake("goto", 5, "The position is missing"),
    Mistake("goto 12", 6, "#12 is an event, j12 a journal entry"),
    Mistake("goto stat", 6, "did you mean \"start\""),
    Mistake("goto 101%", 6, "is not a position"),
    Mistake("goto #99999999999999999999", 6, "is not a position"),
    Mistake("goto #1 #2", 9, "too much"),
    Mistake("release none", 9, "from 1 on"),
    Mistake("fire a/b", 6, "SAGA/KEY/NAME"),
    Mistake("clock", 6, "The time is missing"),
    Mistake("clock -5m", 7, "never goes back"),
    Mistake("clock set soon", 11, "is not a time"),
    Mistake("clock set +5m", 11, "goes without set"),
    Mistake("agg Order", 5, "TYPE/ID"),
    Mistake("agg Order/order-1 v3", 19, "@v3"),
    Mistake("journal 9..3", 9, "not a part of the journal"),
    Mistake("hold on", 6, "too much here. Write hold."),
    Mistake("mouse maybe", 7, "too much"),
    Mistake("help emti", 6, "did you mean \"emit\""),
    Mistake("open", 5, "The file is missing"),
    Mistake("set =x", 5, "name of a setting"),
    Mistake("filter type:", 13, "a value is missing"),
    Mistake("filter tpye:X", 8, "did you mean \"type\""),
    Mistake("filter (a", 8, "never closed"),
    Mistake("filter a)", 9, "has no ("),
    Mistake("filter a or", 12, "After \"or\""),
    Mistake("filter or a", 8, "Before \"or\""),
    Mistake("filter !", 8, "a condition is missing"),
    Mistake("filter a>", 10, "a value is missing"),
    Mistake("filter >5", 8, "A condition is expected"),
    Mistake("filter ()", 8, "empty"),
    Mistake("filter type>5", 12, "data.type>"),
    Mistake("filter type:/[a/", 14, "has a [ without its ]"),
    Mistake("filter a~/(/", 11, "has a ( without its )"),
    Mistake("filter a~/x/y", 13, "ends after its second slash"),
    Mistake("filter is:eror", 11, "did you mean \"error\""),
    Mistake("filter since:noon", 14, "is not a time"),
    Mistake("filter a in [1, 2", 13, "never closed"),
    Mistake("filter #x5 #>y", 14, "a number"),
    Mistake("filter \"a='b\"", 11, "never closed"),
    Mistake("filter a.[0]=1", 10, "needs a name"),
    Mistake("find", 5, "The text is missing"),
    Mistake("run E X", 5, "After run"),
    Mistake("run to e X", 8, "did you mean \"E\""),
    Mistake("run to E", 9, "a type of event"),
    Mistake("run to E X foo", 12, "After the selector"),
    Mistake("run to E X if", 14, "a filter is missing"),
    Mistake("run to A Order = 1", 15, "needs a field"),
    Mistake("expect", 7, "What is expected is missing"),
    Mistake("expect count type:X", 14, "a filter in parentheses"),
    Mistake("expect count(type:X", 13, "never closed"),
    Mistake("expect count(type:X)", 21, "a comparison with a number"),
    Mistake("expect count(type:X) = many", 24, "compared with a number"),
    Mistake("expect A Order.status = paid", 8, "Which one is missing after Order.status"),
    Mistake("expect A Order/1.a", 19, "A comparison is missing"),
    Mistake("expect A Order/1 = 2", 17, "needs a field"),
    Mistake("expect A Order/1.a = {\"x\" 1}", 27, "This is not JSON"),
    Mistake("expect T S/1/t at 5", 16, "when it is due"),
    Mistake("expect T S/1/t in five", 19, "a length of time"),
    Mistake("expect E X", 8, "cannot be expected"),
    Mistake("expect error no", 14, "After error"),
  ]

  @Test(arguments: mistakes)
  func `a mistake is reported at its column`(mistake: Mistake) throws {
    let error = try #require(failure(mistake.line))
    #expect(error.column == mistake.column, "\(error.message)")
    #expect(error.message.contains(mistake.part), "\(error.message)")
    #expect(error.message.hasSuffix(".") || error.message.hasSuffix("?"), "\(error.message)")
    #expect(error.length >= 1)
  }

  @Test func `columns count characters, not bytes`() throws {
    let family = "👨‍👩‍👧‍👦"
    let error = try #require(failure("do e\u{301}\(family) --x"))
    #expect(error.column == 7)
    #expect(error.caret == "      ^^^")
    #expect(
      error.caret(under: "do e\u{301}\(family) --x") { $0 == Character(family) ? 2 : 1 }
        == "       ^^^")
  }

  @Test func `a mistake in a later line has the column of that line`() throws {
    let error = try #require(failure("hold\r\nlive\r\n emti"))
    #expect(error.line == 3)
    #expect(error.column == 2)
  }

  @Test func `a line that is too long is refused at once`() throws {
    let error = try #require(failure(String(repeating: "a", count: 1_000_000)))
    #expect(error.column == 1)
    #expect(error.message.contains("65536"))
    #expect(throws: LanguageError.self) {
      try FilterExpression(parsing: String(repeating: "a ", count: 1_000_000))
    }
  }

  @Test(arguments: ["(", "!", "not ", "!("])
  func `nesting has a limit`(sign: String) throws {
    let error = try #require(failure("filter " + String(repeating: sign, count: 10_000) + "a"))
    #expect(error.message.contains("nested deeper than 64"))
    let shallow = String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60)
    #expect(failure("filter \(shallow)") == nil)
  }

  @Test func `data has limits`() throws {
    let deep =
      "do X a:=" + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    #expect(try #require(failure(deep)).message.contains("nested deeper than 256"))
    let steps = "do X a" + String(repeating: "[0]", count: 100) + "=1"
    #expect(try #require(failure(steps)).message.contains("more than 64 steps"))
    let many = "do X " + String(repeating: "a=1 ", count: 2_000)
    #expect(try #require(failure(many)).message.contains("at most 1000 fields"))
    #expect(throws: LanguageError.self) { try data("do X a[9000]=1 b[9000]=1") }
  }

  @Test func `an error suggests the nearest word`() throws {
    #expect(failure("emti x")?.suggestion == "emit")
    #expect(failure("goto 12")?.suggestion == "#12")
    #expect(failure("zzzzzz x")?.suggestion == nil)
  }
}
