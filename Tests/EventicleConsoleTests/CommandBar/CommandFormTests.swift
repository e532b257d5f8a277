import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// A command that is filled in as a form.
@Suite struct CommandFormTests {
  private static func pilot(columns: Int = 100, rows: Int = 30) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).type("PlaceOrder customer=c-19 total:=59")
  }

  @Test func `Enter on a command that lacks something opens its form`() throws {
    let pilot = try Self.pilot().type("DeclinePayment")
    #expect(pilot.text.contains("C DeclinePayment → payments"))
    #expect(pilot.text.contains("paymentId"))
    #expect(pilot.text.contains("pay-1"))
    #expect(pilot.model.moment.log.count == 3)
  }

  @Test func `a form offers ids, is filled in and carried out`() throws {
    let pilot = try Self.pilot().type("DeclinePayment").press("<Down> <Enter> n o")
    #expect(pilot.text.contains(":DeclinePayment paymentId=pay-1 reason=no"))
    #expect(pilot.text.contains("#4") && pilot.text.contains("PaymentDeclined pay-1"))
    try pilot.press("<Enter>")
    #expect(pilot.model.overlay == nil)
    #expect(pilot.model.moment.log.count == 5)
    #expect(pilot.text.contains("C DeclinePayment → #4"))
  }

  @Test func `Enter says what is still empty and goes there`() throws {
    let pilot = try Self.pilot().type("PlaceOrder").press("<Enter>")
    #expect(pilot.text.contains("customer is required and still empty"))
    try pilot.press("c <Tab>")
    #expect(!pilot.text.contains("still empty"))
    try pilot.press("<Enter>")
    #expect(pilot.text.contains("total is required and still empty"))
  }

  @Test func `Esc goes back to the line with what was filled in`() throws {
    let pilot = try Self.pilot().type("PlaceOrder").press("c - 7 <Esc>")
    #expect(pilot.model.bar?.text == "PlaceOrder customer=c-7")
    #expect(pilot.model.overlay == nil)
  }

  @Test func `what is refused opens the line again with the reason`() throws {
    let pilot = try Self.pilot().type("PlaceOrder total:=0").press("c <Enter>")
    #expect(pilot.model.bar?.text == "PlaceOrder customer=c total:=0")
    #expect(pilot.model.bar?.problem?.message.contains("more than 0") == true)
  }

  @Test func `a line with more than plain data is not made a form`() throws {
    let pilot = try Self.pilot().type("PlaceOrder customer=c nickname=x")
    #expect(pilot.model.overlay == nil)
    #expect(pilot.model.bar?.problem != nil)
  }

  @Test func `texts, numbers and any values are written as their kinds are`() throws {
    let command = Command(
      "C", stream: "s",
      [.required("a"), .required("b", .number), .required("c", .any), .optional("d")]
    ) { _, _ in .done }
    var form = try #require(CommandForm(command, ["a": "x y", "b": 3]))
    form.fields[2].editor.insert("[1]")
    #expect(form.line == "C a=\"x y\" b:=3 c:=[1]")
    form.fields[2].editor.set("plain")
    #expect(form.line == "C a=\"x y\" b:=3 c=plain")
  }

  @Test(arguments: [(40, 12), (60, 16), (80, 24), (200, 50)])
  func `a form fits at every size, with its caret inside`(columns: Int, rows: Int) throws {
    let pilot = try Self.pilot(columns: columns, rows: rows).type("DeclinePayment")
    let caret = try #require(pilot.frame.cursor)
    #expect(caret.row < rows && caret.column < columns)
  }
}
