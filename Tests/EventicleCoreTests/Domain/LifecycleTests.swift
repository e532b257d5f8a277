import Testing

@testable import EventicleCore

/// Lifecycles are checked where they are declared, and change nothing else.
@Suite struct LifecycleTests {
  private static func domain(_ lifecycle: Lifecycle?) -> Domain {
    Domain("t", aggregates: [AggregateRoot("Order", stream: "s", lifecycle: lifecycle)])
  }

  @Test func `a way to a state that is none is refused`() {
    let lifecycle = Lifecycle(.state("placed", to: "paid", "shiped"), .final("paid"))
    let fault = DomainError.lostState(aggregate: "Order", state: "placed", target: "shiped")
    let error = #expect(throws: fault) { try Engine(Self.domain(lifecycle)) }
    #expect(
      error?.description
        == "The lifecycle of the aggregate Order leads from placed to shiped, which is none of its "
        + "states; declare shiped, or name another state.")
  }

  @Test func `a state declared twice is refused`() {
    let lifecycle = Lifecycle(.state("placed", to: "placed"), .final("placed"))
    let error = #expect(throws: DomainError.doubleState(aggregate: "Order", state: "placed")) {
      try Engine(Self.domain(lifecycle))
    }
    #expect(
      error?.description
        == "The aggregate Order has the state placed twice in its lifecycle; give one of them "
        + "another name.")
  }

  @Test func `a state without a name is refused`() {
    let lifecycle = Lifecycle(.final(""))
    let kind = "state of the aggregate Order"
    #expect(Self.domain(lifecycle).problems == [.nameless(kind: kind)])
  }

  @Test func `a sound lifecycle is accepted and is no part of the domain's shape`() throws {
    let lifecycle = Lifecycle(
      .state("open", to: "open", "done"), .final("done"), field: "phase")
    let domain = Self.domain(lifecycle)
    #expect(domain.problems.isEmpty)
    #expect(domain.aggregate("Order")?.lifecycle?.field == "phase")
    #expect(DomainShape(domain).text == DomainShape(Self.domain(nil)).text)
  }

  @Test func `the states of a saga are no part of the domain's shape`() {
    let saga = Saga("S", streams: ["s"])
    let named = saga.states("waiting", "done")
    #expect(named.declaredStates == ["waiting", "done"])
    #expect(
      DomainShape(Domain("t", sagas: [named])).text == DomainShape(Domain("t", sagas: [saga])).text)
  }
}
