import EventicleCore
import EventicleWorkbench

/// Reads one command, for tests.
func parsed(_ line: String, comments: Bool = false) throws -> Instruction {
  let all = try Instruction.parse(line, comments: comments)
  guard let first = all.first, all.count == 1 else {
    throw Unexpected("expected one command in \(line), found \(all.count)")
  }
  return first
}

/// The error of a line; `nil` when it is valid.
func failure(
  _ line: String, comments: Bool = false, names: DomainNames = .none
) -> LanguageError? {
  do throws(LanguageError) {
    _ = try Instruction.parse(line, comments: comments, names: names)
    return nil
  } catch {
    return error
  }
}

/// The data of the `emit` or `do` in a line.
func data(_ line: String) throws -> JSON {
  switch try parsed(line) {
  case .emit(let emission): try emission.items.data()
  case .dispatch(let request): try request.items.data()
  default: throw Unexpected("expected emit or do in \(line)")
  }
}

/// A test found something other than it expects.
struct Unexpected: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// One event of a small log, with the facts that a filter may ask for.
struct SampleFacts: FilterFacts {
  let event: Event
  let position: Position
  var now = Instant.standardStart
  var actor = "user"
  var isError = false
  var isOrphan = false
  var command: String?
  var sagas: [String] = []
  var aggregate: String?
  var causes: [Position] = []
  var causeIDs: [EventID] = []

  var data: JSON { event.data.value }
  func states() -> (before: JSON, after: JSON)? { nil }
  func commandName() -> String? { command }
  func sagaNames() -> [String] { sagas }
  func aggregateName() -> String? { aggregate }
  func isCausedBy(_ position: Position) -> Bool { causes.contains(position) }
  func isCausedBy(id: EventID) -> Bool { causeIDs.contains(id) }

  init(
    _ number: Int, _ type: EventType, _ domainID: DomainID? = nil, in stream: StreamName = "orders",
    data: JSON = .emptyObject, minutesAgo: Int64 = 0
  ) {
    event = Event(
      id: EventID("e-\(number)"), type: type, source: "shop", stream: stream, domainID: domainID,
      createdAt: Instant.standardStart + .minutes(-minutesAgo), data: JSONBytes(data))
    position = Position(number)
  }
}

/// Orders and payments like those of the shop.
enum SampleLog {
  static let all: [SampleFacts] = {
    var created = SampleFacts(
      1, "OrderCreated", "order-1",
      data: [
        "customer": "c-19", "total": 59, "currency": "GBP",
        "lines": [["sku": "A1", "quantity": 2]],
      ], minutesAgo: 10)
    created.command = "PlaceOrder"
    created.sagas = ["PaymentSaga/order-1"]
    created.aggregate = "Order/order-1"
    var priced = SampleFacts(
      2, "OrderPriced", "order-1", data: ["total": 59.5, "currency": "GBP"], minutesAgo: 9)
    priced.command = "PlaceOrder"
    priced.aggregate = "Order/order-1"
    priced.causes = [Position(1)]
    priced.causeIDs = ["e-1"]
    var requested = SampleFacts(
      3, "PaymentRequested", "pay-1", in: "payments",
      data: ["orderId": "order-1", "amount": 59, "note": nil], minutesAgo: 8)
    requested.actor = "PaymentSaga"
    requested.command = "RequestPayment"
    requested.causes = [Position(1)]
    requested.causeIDs = ["e-1"]
    var declined = SampleFacts(
      4, "PaymentDeclined", "pay-1", in: "payments",
      data: ["orderId": "order-1", "amount": "59", "reason": "Card declined"], minutesAgo: 1)
    declined.isError = true
    var strange = SampleFacts(5, "user.created", nil, in: "système", data: ["name": "Zoë (admin)"])
    strange.isOrphan = true
    return [created, priced, requested, declined, strange]
  }()
}
