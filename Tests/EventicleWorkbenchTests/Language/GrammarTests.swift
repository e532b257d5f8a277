import EventicleCore
import EventicleWorkbench
import Testing

@Suite struct GrammarTests {
  @Test(arguments: Verb.all)
  func `the example of every verb parses`(verb: Verb) throws {
    let instructions = try Instruction.parse(verb.example)
    #expect(instructions.count == 1)
    #expect(verb.example.hasPrefix(verb.name.rawValue))
  }

  @Test(arguments: [
    "emit orders OrderCreated order-79 total:=59 lines[0][sku]=A1",
    "do PlaceOrder customer=c-19 total:=59 --count 20 --every 200ms",
    "step 3 delivery", "run to E PaymentDeclined if data.amount>100", "goto -30s",
    "filter \"type:Order* !type:*Priced since:-5m\"", ":q", "n", "n 5", "c", "g #12", "w a.b",
    "e x", "q!", "wq", "&type:X", "step saga PaymentSaga/order-1", "step agg Order/order-1",
    "clock set 2026-01-01T09:00:00Z", "clock 5m", "fire timeout", "journal j3..j9", "journal 4..",
    "set order", "set order newest", "mouse", "help", "help q", "events is:error or by:user",
    "emit orders order-79:{\"total\": 59} type:OrderCreated",
    "emit orders OrderCreated order-79:{\"total\":59}", "goto mark:before\\ lunch",
    "do X -- --count=1", "do X a=1 --count=3", "dispatch X", "clo +1m",
    "group move g -30s", "redrive 2 a.b:=1", "edit 2", "rebuild V swap", "retain s 0",
    "retain s 0 anyway", "rebuild V swap anyway", "parked 3",
  ])
  func `lines that people type parse`(line: String) throws {
    if line == "do X -- --count=1" {
      #expect(try data(line) == ["--count": "1"])
    }
    #expect(try Instruction.parse(line).count == 1)
  }

  @Test func `semicolons and line breaks separate commands`() throws {
    let all = try Instruction.parseLocated(":hold; step\nlive ;; pause")
    #expect(all.map(\.span.column) == [2, 8, 1, 9])
    #expect(all.map(\.span.line) == [1, 1, 2, 2])
    #expect(all.map(\.value) == [.hold, all[1].value, .live, .pause])
  }

  @Test func `a semicolon in quotes, JSON or a pattern does not separate`() throws {
    #expect(try data("do X a='1; 2' b:=[\"3; 4\"]") == ["a": "1; 2", "b": ["3; 4"]])
    #expect(try Instruction.parse("filter type:/a;b/; live").count == 2)
    #expect(try Instruction.parse("filter a=\"x;y\" ; live").count == 2)
  }

  @Test func `blank lines and comments are ignored`() throws {
    #expect(try Instruction.parse("").isEmpty)
    #expect(try Instruction.parse("  ; :\n\t").isEmpty)
    #expect(try Instruction.parse("# a note; hold", comments: true).isEmpty)
    #expect(try Instruction.parse("hold # it's held", comments: true) == [.hold])
    #expect(try Instruction.parse("filter a=1 # it's", comments: true).count == 1)
    #expect(try Instruction.parse("#!/usr/bin/env eventicle", comments: true).isEmpty)
    #expect(failure("hold # note")?.column == 6)
    guard case .filter(let filter, _) = try parsed("filter #>10 # late", comments: true) else {
      throw Unexpected("filter")
    }
    #expect(filter?.value.description == "#>10")
  }

  @Test func `a hash before a digit is a position, even in a tape`() throws {
    guard case .goto(let place) = try parsed("goto #12 # twelve", comments: true) else {
      throw Unexpected("goto")
    }
    #expect(place.value == .event(Position(12)))
    #expect(place.span.columns == 6..<9)
  }

  @Test func `quotes and escapes are resolved`() throws {
    #expect(try data(#"do X a='b "c" \n'"#) == ["a": #"b "c" \n"#])
    #expect(try data(#"do X a="b \"c\" \t\u{e9}\u00e9""#) == ["a": "b \"c\" \téé"])
    #expect(try data("do X a=`raw \\ 'x'`") == ["a": "raw \\ 'x'"])
    #expect(try data(#"do X a=b\ c\;d"#) == ["a": "b c;d"])
    #expect(try data("do X a=O'Brien b=it's") == ["a": "O'Brien", "b": "it's"])
    #expect(try data("do X a='b''c'd") == ["a": "bcd"])
    #expect(try data(#"do X a=C:\dir"#) == ["a": #"C:\dir"#])
    #expect(try data("do X a= b=''") == ["a": "", "b": ""])
  }

  @Test func `templates are one word and stay open until the line is carried out`() throws {
    guard case .dispatch(let request) = try parsed("do X a={{Random 1 9}} b=x-{{Count}} c='{{x'")
    else { throw Unexpected("do") }
    #expect(request.items.dataSoFar == ["a": "{{Random 1 9}}", "b": "x-{{Count}}", "c": "{{x"])
    #expect(throws: LanguageError.self) { try request.items.data() }
    let line = "do X total:={{Random 1 9}}"
    #expect(throws: LanguageError.self) { try data(line) }
    #expect(failure(line) == nil)
  }

  @Test func `JSON is one word with its spaces, quotes and braces`() throws {
    #expect(
      try data(#"do X lines:=[{"sku": "A 1"}, {"q": 2}] note="a b""#) == [
        "lines": [["sku": "A 1"], ["q": 2]], "note": "a b",
      ])
    #expect(try data(#"do X a:="b c" d:=null"#) == ["a": "b c", "d": nil])
    #expect(try data(#"do X a:='{"b": 1}'"#) == ["a": ["b": 1]])
    #expect(try data(#"emit s T o-1:{"a": {"b": "}"}} a.c=1"#) == ["a": ["b": "}", "c": "1"]])
  }

  @Test func `paths build nested data and the later of two values counts`() throws {
    #expect(
      try data("do X lines[0][sku]=A1 lines[0].n:=2 lines[1][sku]=B a.b.c=1") == [
        "lines": [["sku": "A1", "n": 2], ["sku": "B"]], "a": ["b": ["c": "1"]],
      ])
    #expect(try data("do X a=1 a=2") == ["a": "2"])
    #expect(try data("do X t[]=a t[]=b") == ["t": ["a", "b"]])
    #expect(try data(#"do X ["a.b"]=1 c\.d=2"#) == ["a.b": "1", "c.d": "2"])
    #expect(try data("do X a[2]=x") == ["a": [nil, nil, "x"]])
  }

  @Test func `every part of emit has its place`() throws {
    guard
      case .emit(let emission) = try parsed(
        "emit orders OrderCreated order-79 causedBy:#12 at:+5m source:bank id:e-9 --count=2"
      )
    else { throw Unexpected("emit") }
    #expect(emission.stream.value == "orders")
    #expect(emission.stream.span.columns == 6..<12)
    #expect(emission.type.value == "OrderCreated")
    #expect(emission.id?.value == "order-79")
    #expect(emission.items.causedBy?.value == .position(Position(12)))
    #expect(emission.items.createdAt?.value == .relative(.minutes(5)))
    #expect(emission.items.source?.value == "bank")
    #expect(emission.items.id?.value == "e-9")
    #expect(emission.repetition.count?.value == 2)
  }

  @Test func `an id that looks like metadata is quoted`() throws {
    guard case .emit(let emission) = try parsed("emit s T 'a:1' causedBy:'#12'") else {
      throw Unexpected("emit")
    }
    #expect(emission.id?.value == "a:1")
    #expect(emission.items.causedBy?.value == .id("#12"))
  }

  @Test func `slashes in quotes and in timer keys belong to the reference`() throws {
    guard case .aggregate(let order, let version) = try parsed("agg Order/'a/b c' @v3") else {
      throw Unexpected("agg")
    }
    #expect(order.value == AggregateReference(type: "Order", id: "a/b c"))
    #expect(version?.value == Version(3))
    guard case .fire(let timer) = try parsed("fire PaymentSaga/a/b/retry") else {
      throw Unexpected("fire")
    }
    #expect(
      timer?.value
        == TimerReference(saga: SagaReference(name: "PaymentSaga", key: "a/b"), name: "retry"))
  }

  @Test func `a verb is found by name, alias or the beginning of its name`() {
    #expect(Verb.lookup("view") == .found(Verb.named(.view)))
    #expect(Verb.lookup("jou") == .found(Verb.named(.journal)))
    #expect(Verb.lookup("n") == .found(Verb.named(.step)))
    #expect(
      Verb.lookup("st")
        == .ambiguous([.step, .stop, .stops, .streams].map { Verb.named($0) }))
    #expect(Verb.lookup("emti") == .unknown(nearest: "emit"))
    #expect(Verb.lookup("j") == .unknown(nearest: nil))
    #expect(Verb.lookup("") == .unknown(nearest: nil))
  }

  @Test func `names and aliases of verbs are unique`() {
    let words = Verb.all.flatMap { [$0.name.rawValue] + $0.aliases }
    #expect(Set(words).count == words.count)
    #expect(Set(Verb.all.map(\.name)) == Set(Verb.Name.allCases))
  }

  @Test func `lines of a tape are numbered`() throws {
    let lines = try TapeLine.lines(of: Array("# shop\r\nhold\n\nlive".utf8))
    #expect(lines.map(\.number) == [1, 2, 3, 4])
    #expect(try lines[1].instructions().map(\.value) == [.hold])
    #expect(try lines[0].instructions().isEmpty)
  }
}
