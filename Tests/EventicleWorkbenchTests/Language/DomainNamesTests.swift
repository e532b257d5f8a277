import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Names of the domain in the place of a verb.
@Suite struct DomainNamesTests {
  private static func session() throws -> Session {
    var session = try Session(.shop)
    _ = session.run("PlaceOrder customer=c-19 total:=59")
    return session
  }

  @Test func `a command of the domain is a verb`() throws {
    var session = try Self.session()
    #expect(session.head.log.count == 3)
    #expect(session.run("PlaceOrder customer=c-20 total:=1 --count 2").problem == nil)
    #expect(session.head.log.count == 9)
    let problem = try #require(session.run("PlaceOrder customer=c-19").problem)
    #expect(problem.message.contains("total"))
    #expect(session.tape.contains("PlaceOrder customer=c-19 total:=59"))
  }

  @Test(arguments: [
    ("order-1", SessionRequest.Subject.aggregate(AggregateKey("Order", "order-1"), nil)),
    ("Order order-1", .aggregate(AggregateKey("Order", "order-1"), nil)),
    ("Order/order-1", .aggregate(AggregateKey("Order", "order-1"), nil)),
    ("Order", .aggregates("Order")), ("OrderBoard", .view("OrderBoard", key: nil)),
    ("OrderBoard order-1", .view("OrderBoard", key: "order-1")), ("PaymentSaga", .sagas),
  ])
  func `a bare name shows what it names`(line: String, subject: SessionRequest.Subject) throws {
    var session = try Self.session()
    let reply = session.run(line)
    #expect(reply.problem == nil)
    #expect(reply.requests == [.show(subject)])
  }

  @Test(arguments: ["PaymentSaga order-1", "PaymentSaga/order-1"])
  func `a saga with a key shows that instance`(line: String) throws {
    var session = try Self.session()
    guard case .show(.saga(let key))? = session.run(line).requests.first else {
      Issue.record("\(line) shows no saga")
      return
    }
    #expect(session.head.sagas.instance(key)?.correlation == "order-1")
  }

  @Test(arguments: [
    ("PlaceOrdr customer=c", "PlaceOrder"), ("OrderBord", "OrderBoard"), ("sstep", "step"),
  ])
  func `a mistyped name is told the nearest one`(line: String, nearest: String) throws {
    var session = try Self.session()
    let problem = try #require(session.run(line).problem)
    #expect(problem.message.contains("did you mean \"\(nearest)\""), "\(problem.message)")
  }

  @Test(arguments: ["order-1 order-2", "order-1/x", "OrderBoard a b", "PaymentSaga/order-1 x"])
  func `what is too much behind a name is refused where it stands`(line: String) throws {
    var session = try Self.session()
    let problem = try #require(session.run(line).problem)
    #expect(problem.column != nil)
  }

  @Test func `verbs keep their meaning beside names`() throws {
    let open = Domain(
      "clash",
      commands: [Command("step", stream: "s") { _, _ in CommandResult(response: "done") }])
    var session = try Session(open)
    #expect(session.run("step").output == nil)
    #expect(session.run("do step").output == "done")
  }

  @Test func `names are completed where a verb may stand`() throws {
    let session = try Self.session()
    let source = SessionCompletion(session.moment)
    func texts(_ line: String) -> [String] {
      Completion.complete(line, caret: line.count, source: source).candidates.map(\.text)
    }
    #expect(texts("").first == "PlaceOrder")
    #expect(texts("Pla") == ["PlaceOrder"])
    #expect(texts("PlaceOrder ").contains("customer="))
    #expect(texts("DeclinePayment paymentId=").contains("pay-1"))
    #expect(texts("PaymentSaga ") == ["order-1"])
    #expect(texts("Order o") == ["order-1"])
    #expect(texts("OrderBoard ").contains("order-1"))
    #expect(texts("order-").contains("order-1"))
  }
}
