import CoreSupport
import Testing

@testable import EventicleCore

/// The reply of a command that reports an error although its events are kept.
@Suite struct ReportingTests {
  private static let complain = Command("Complain", stream: "st") { _, _ in
    CommandResult(
      response: .string("noted"), events: [NewEvent("Complained", DomainID("a"))],
      reportedError: ReportedError("It is too late."))
  }

  private static func domain(_ options: TransactionOptions = .standard) -> Domain {
    let inner = Command("Inner", stream: "st", options: options, handler: complain.handler)
    let outer = Command("Outer", stream: "st") { data, transaction in
      let intent = CommandIntent("Inner", idempotencyKey: data["key"].string)
      let (reply, reported) = try transaction.dispatchReporting(intent)
      return CommandResult(response: [
        reply.response ?? .null, .array(reply.events.map { .string($0.type.text) }),
        reported.map { .string($0.reason) } ?? .null, .bool(reply.isRepeat),
      ])
    }
    let strict = Command("Strict", stream: "st") { _, transaction in
      CommandResult(response: try transaction.dispatch("Inner"))
    }
    let refusing = Command("Refuse", stream: "st") { _, transaction in
      _ = try transaction.dispatchReporting(CommandIntent("Missing"))
      return CommandResult()
    }
    return Domain("test", commands: [complain, inner, outer, strict, refusing])
  }

  @Test(arguments: [TransactionOptions.standard, TransactionOptions(propagation: .requiresNew)])
  func `a handler gets the response, the events and the error`(
    options: TransactionOptions
  ) throws {
    let app = try Eventicle(Self.domain(options))
    #expect(
      try app.dispatch("Outer") == ["noted", ["Complained"], "It is too late.", false])
    #expect(app.world.log.count == 1)
  }

  @Test func `a repeated command gives the same reply, and its error again`() throws {
    let app = try Eventicle(Self.domain())
    try app.dispatch("Outer", ["key": "k"])
    #expect(
      try app.dispatch("Outer", ["key": "k"])
        == ["noted", ["Complained"], "It is too late.", true])
    #expect(app.world.log.count == 1)
  }

  @Test func `the step of an input has the reply besides the error`() throws {
    var engine = try Engine(Self.domain())
    let step = engine.perform(.dispatch(CommandIntent("Complain")))
    #expect(step.response == "noted" && step.events.map(\.type) == ["Complained"])
    #expect(step.reportedError?.reason == "It is too late.")
    #expect(step.problem == "It is too late.")
    guard
      case .command("Complain", _, let response, .reported(let reason))? =
        step.entries.first?.kind
    else {
      Issue.record("the entry tells the report")
      return
    }
    #expect(response == "noted" && reason == "It is too late.")
  }

  @Test func `dispatch still throws the error, and refusals are thrown by both`() throws {
    let app = try Eventicle(Self.domain())
    #expect(throws: Rejection("It is too late.")) { try app.dispatch("Strict") }
    #expect(app.world.log.count == 0)
    #expect(throws: (any Error).self) { try app.dispatch("Refuse") }
    #expect(throws: ReportedError("It is too late.")) { try app.dispatch("Complain") }
  }
}
