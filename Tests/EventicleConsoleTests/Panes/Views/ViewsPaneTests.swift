import EventicleCore
import Testing

@testable import EventicleConsole

@Suite struct ViewsPaneTests {
  private static func stage() throws -> SagaPaneFixture {
    try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1",
      "do PlaceOrder customer=c-20 total:=12.5")
  }

  @Test func `the rows of a view are listed in a table`() throws {
    var stage = try Self.stage()
    let board = stage.rows(
      .views,
      stage.model(90, 8) {
        $0.views.subject = .rows("OrderBoard")
      })
    #expect(board[1].hasPrefix("│ key      customer  total  currency  status"))
    #expect(board[3].hasPrefix("│ order-2  c-20       12.5  GBP       paying"))
  }

  @Test func `a single row is shown as a tree`() throws {
    var stage = try Self.stage()
    let row = stage.rows(
      .views,
      stage.model(60, 9) {
        $0.views.subject = .row(RecordKey("OrderBoard", "order-2"))
      })
    #expect(row[0].hasPrefix("┌6 Views  OrderBoard/order-2──"))
    #expect(row[1].hasPrefix("│  customer   \"c-20\""))
  }

  @Test func `the first view is shown at once, and brackets go to the next one`() throws {
    var stage = try Self.stage()
    let title = stage.rows(.views, stage.model(90, 8))[0]
    #expect(title.hasPrefix("┌6 Views  [OrderBoard]  Revenue"))
    let pilot = try ConsolePilot().press("6 ]")
    #expect(pilot.text.contains("6 Views   OrderBoard [Revenue]"))
    #expect(try pilot.press("]").text.contains("6 Views  [OrderBoard]  Revenue"))
  }

  @Test func `Enter opens a row`() throws {
    let pilot = try ConsolePilot().type("do PlaceOrder customer=c-19 total:=59")
      .type("view OrderBoard").press("<Enter>")
    #expect(pilot.model.views.subject == .row(RecordKey("OrderBoard", "order-1")))
    #expect(pilot.text.contains("6 Views  OrderBoard/order-1"))
  }
}
