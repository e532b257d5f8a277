import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

@Suite struct CommandBarUpdateTests {
  @Test func `Tab after do lists the commands with their summaries`() throws {
    var pilot = try BarPilot()
    try pilot.press("do <Tab>")
    #expect(pilot.candidates.contains("PlaceOrder"))
    #expect(pilot.candidates.contains("DeclinePayment"))
    let note = pilot.bar.popup?.candidates.first { $0.text == "PlaceOrder" }?.note
    #expect(note == "a customer orders something")
    #expect(pilot.bar.popup?.selected == nil)
  }

  @Test func `Tab completes the common beginning, then lists, then cycles`() throws {
    var pilot = try BarPilot()
    try pilot.press("do Mar<Tab>")
    #expect(pilot.line == "do MarkOrder|")
    #expect(pilot.candidates == ["MarkOrderPaid", "MarkOrderShipped", "MarkOrderDelivered"])
    try pilot.press("<Tab><Tab>")
    #expect(pilot.bar.popup?.selected == 1)
    try pilot.press("<S-Tab><Up>")
    #expect(pilot.bar.popup?.selected == 2)
    try pilot.press("<Down>")
    #expect(pilot.bar.popup?.selected == 0)
    try pilot.press("<Enter>")
    #expect(pilot.outcome == .editing)
    #expect(pilot.line == "do MarkOrderPaid |")
    #expect(pilot.bar.popup == nil)
  }

  @Test func `a single candidate is inserted, with a blank when more follows`() throws {
    var pilot = try BarPilot()
    try pilot.press("do Pla<Tab>")
    #expect(pilot.line == "do PlaceOrder |")
    #expect(pilot.bar.signature == "customer= total:= [currency=] [lines:=]")
    #expect(pilot.bar.ghost == "customer=")
  }

  @Test func `a field for an id completes to existing ids with their state`() throws {
    var pilot = try BarPilot()
    try pilot.press("do DeclinePayment paymentId=<Tab>")
    #expect(pilot.bar.text.hasPrefix("do DeclinePayment paymentId=pay-1"))
    _ = pilot.session.run("do PlaceOrder customer=c-20 total:=5")
    pilot.bar.text = ""
    try pilot.press("do DeclinePayment paymentId=<Tab>")
    #expect(pilot.candidates == ["pay-2", "pay-1"])
    #expect(pilot.bar.popup?.candidates.first?.note.hasPrefix("Payment requested") == true)
  }

  @Test func `names and keys of aggregates, sagas and views complete`() throws {
    var pilot = try BarPilot()
    try pilot.press("agg Ord<Tab>")
    #expect(pilot.line == "agg Order/|")
    try pilot.press("<Tab>")
    #expect(pilot.line == "agg Order/order-1|" || pilot.line == "agg Order/order-1 |")
    pilot.bar.text = ""
    try pilot.press("saga Pay<Tab><Tab>")
    #expect(pilot.line == "saga PaymentSaga/order-1|")
    pilot.bar.text = ""
    try pilot.press("view Rev<Tab><Tab>")
    #expect(pilot.line == "view Revenue/GBP|")
    pilot.bar.text = ""
    try pilot.press("fire <Tab>")
    #expect(pilot.line == "fire PaymentSaga/order-1/timeout|")
  }

  @Test func `themes and settings complete`() throws {
    var pilot = try BarPilot()
    try pilot.press("theme <Tab>")
    #expect(pilot.candidates == BarPilot.themes)
    pilot.bar.text = ""
    try pilot.press("set order=<Tab>")
    #expect(pilot.candidates == ["newest", "oldest"])
  }

  @Test func `typing narrows the list, and Esc closes it first`() throws {
    var pilot = try BarPilot()
    try pilot.press("do <Tab>Ma")
    #expect(pilot.candidates.count == 3)
    try pilot.press("<Esc>")
    #expect(pilot.bar.popup == nil)
    #expect(pilot.outcome == .editing)
    try pilot.press("<Esc>")
    #expect(pilot.outcome == .cancel)
  }

  @Test func `the only candidate that begins with what is typed is taken`() throws {
    var pilot = try BarPilot(.goto)
    // "last" has these letters too, but further in.
    try pilot.press("st<Tab>")
    #expect(pilot.bar.text == "start")
    #expect(pilot.bar.popup == nil)
  }

  @Test func `what several candidates begin with is typed, whatever else contains it`() throws {
    var pilot = try BarPilot()
    // "unmark" has these letters too, but further in.
    try pilot.press("ma<Tab>")
    #expect(pilot.bar.text == "mark")
    #expect(
      pilot.candidates == [
        "mark", "marks", "MarkOrderPaid", "MarkOrderShipped", "MarkOrderDelivered", "unmark",
      ])
  }

  @Test(arguments: ["<Tab>", "<S-Tab>"])
  func `Tab accepts the candidate that the list was narrowed to`(key: String) throws {
    var pilot = try BarPilot()
    try pilot.press("do <Tab>MarkOrderP")
    #expect(pilot.candidates == ["MarkOrderPaid"])
    try pilot.press(key)
    #expect(pilot.line == "do MarkOrderPaid |")
    #expect(pilot.bar.popup == nil)
  }

  @Test func `Enter runs the line when nothing in the list is selected`() throws {
    var pilot = try BarPilot()
    try pilot.press("step<Tab><Enter>")
    #expect(pilot.outcome == .submit("step") || pilot.outcome == .submit("step "))
  }

  @Test func `Ctrl-C closes whatever is open`() throws {
    var pilot = try BarPilot()
    try pilot.press("do <Tab><C-c>")
    #expect(pilot.outcome == .cancel)
  }

  @Test func `filters complete and show how many events pass`() throws {
    var pilot = try BarPilot()
    try pilot.press("filter<Space>type:OrderCr<Tab>")
    #expect(pilot.line == "filter type:OrderCreated|" || pilot.line == "filter type:OrderCreated |")
    #expect(pilot.preview == "1 of 3 pass")
    #expect(pilot.bar.problem == nil)
  }

  @Test func `a position completes`() throws {
    var pilot = try BarPilot(.goto)
    try pilot.press("sta<Tab><Enter>")
    #expect(pilot.outcome == .submit("start"))
  }

  @Test func `a preview of a line shows what came of it where it was tried`() throws {
    var pilot = try BarPilot()
    try pilot.press("emit payments PaymentDeclined pay-1 orderId=order-1 reason=no")
    pilot.tryOut()
    #expect(pilot.preview.hasPrefix("+#4 PaymentDeclined pay-1  +#5 OrderOnHold order-1"))
    #expect(pilot.preview.contains(" · 1 timer armed"))
    try pilot.press("<C-u>emit elsewhere Nothing")
    pilot.tryOut()
    #expect(pilot.preview == "+#4 Nothing")
    try pilot.press("<C-u>do CapturePayment paymentId=pay-9")
    pilot.tryOut()
    #expect(pilot.bar.preview.first?.isProblem == true && pilot.preview.contains("pay-9"))
    #expect(pilot.session.moment.log.count == 3)
  }

  @Test func `an event that is in the log already says so before it is tried`() throws {
    var pilot = try BarPilot()
    let id = try #require(pilot.session.moment.log.event(at: Position(1))?.id.text)
    try pilot.press("emit orders OrderCreated order-1 id:\(id)")
    #expect(pilot.preview == "is in the log already as #1; nothing would be written")
  }

  @Test func `a preview of do shows given and missing arguments`() throws {
    var pilot = try BarPilot()
    try pilot.press("do PlaceOrder customer=c-1")
    #expect(
      pilot.preview == "a customer orders something → orders  ✓ customer  ✗ total is missing"
        + "  [currency, else \"GBP\"]  [lines]")
    #expect(pilot.bar.preview.contains { $0.isProblem && $0.text.contains("total") })
    try pilot.press(" total=59")
    #expect(pilot.preview.contains("✗ total must be a number: :="))
    try pilot.press("<C-w>total:=59")
    #expect(pilot.preview.contains("✓ total"))
    #expect(!pilot.bar.preview.contains { $0.isProblem })
  }

  @Test func `a paste becomes one line of commands and runs nothing`() throws {
    var pilot = try BarPilot()
    CommandBarUpdate.paste(
      ":do A x=1;\r\n\n  step 2\n\u{1B}[2J", in: &pilot.bar, history: pilot.history,
      moment: pilot.session.moment, themes: [])
    #expect(pilot.line == "do A x=1; step 2; [2J|")
    pilot.bar.text = "find "
    pilot.bar.paste("a\tb\n")
    #expect(pilot.bar.text == "find a b")
    var search = CommandBarModel(kind: .search)
    search.paste("one\ntwo")
    #expect(search.text == "one two")
  }

  @Test func `a paste that is too long is refused`() throws {
    var pilot = try BarPilot(text: "find ")
    pilot.bar.paste(String(repeating: "x", count: Limits.lineBytes))
    #expect(pilot.bar.text == "find ")
    #expect(pilot.bar.problem?.message.contains("65536 bytes") == true)
    try pilot.press("a")
    #expect(pilot.bar.problem == nil)
  }

  @Test func `an error stays until the text changes`() throws {
    var pilot = try BarPilot(text: "stp 3")
    pilot.bar.problem = pilot.session.run("stp 3").problem
    try pilot.press("<Left><Home>")
    #expect(pilot.bar.problem != nil)
    try pilot.press("x")
    #expect(pilot.bar.problem == nil)
  }
}
