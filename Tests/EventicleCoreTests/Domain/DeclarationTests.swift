import Testing

@testable import EventicleCore

/// Wrong declarations are refused before anything runs.
@Suite struct DeclarationTests {
  static let nothing: EventHandler = { _, _ in }

  static func command(
    _ type: String = "C", stream: StreamName = "s", _ fields: CommandField...
  ) -> Command {
    Command(type, stream: stream, fields) { _, _ in CommandResult() }
  }

  static func saga(_ name: String = "S", streams: [StreamName] = ["s"]) -> Saga {
    Saga(name, streams: streams)
  }

  static let nameless: [(domain: Domain, kind: String)] = [
    (Domain("t", aggregates: [AggregateRoot("", stream: "s")]), "aggregate"),
    (Domain("t", aggregates: [AggregateRoot("A", stream: "")]), "stream of the aggregate A"),
    (
      Domain("t", aggregates: [AggregateRoot("A", stream: "s", reducers: ["": { _, _ in }])]),
      "event type of the aggregate A"
    ),
    (Domain("t", commands: [command("")]), "command"),
    (Domain("t", commands: [command(stream: "")]), "stream of the command C"),
    (Domain("t", commands: [command("C", .optional(""))]), "argument of the command C"),
    (Domain("t", views: [EventView("", streams: ["s"], onAny: nothing)]), "view"),
    (
      Domain("t", views: [EventView("V", streams: ["s"], group: "", onAny: nothing)]),
      "group of the view V"
    ),
    (Domain("t", views: [EventView("V", streams: [""], onAny: nothing)]), "stream of the view V"),
    (
      Domain("t", views: [EventView("V", streams: ["s"], on: ["": nothing])]),
      "event type of the view V"
    ),
    (Domain("t", sagas: [saga("")]), "saga"),
    (Domain("t", sagas: [saga(streams: ["s", ""])]), "stream of the saga S"),
    (Domain("t", sagas: [saga().startOn("") { _, _ in }]), "event type of the saga S"),
    (Domain("t", sagas: [saga().onEvery("", do: nothing)]), "event type of the saga S"),
    (Domain("t", sagas: [saga().onTimer("") { _ in }]), "timer of the saga S"),
    (Domain("t", adapters: [EventAdapter("", streams: ["s"], onAny: nothing)]), "adapter"),
    (
      Domain("t", adapters: [EventAdapter("X", streams: ["s"], group: "", onAny: nothing)]),
      "group of the adapter X"
    ),
    (
      Domain("t", adapters: [EventAdapter("X", streams: [""], onAny: nothing)]),
      "stream of the adapter X"
    ),
    (
      Domain("t", adapters: [EventAdapter("X", streams: ["s"], on: ["": nothing])]),
      "event type of the adapter X"
    ),
  ]

  @Test(arguments: nameless)
  func `a declaration without a name is refused`(
    domain: Domain, kind: String
  ) throws {
    #expect(domain.problems == [.nameless(kind: kind)])
    let error = #expect(throws: DomainError.nameless(kind: kind)) { try Engine(domain) }
    #expect(error?.description.hasPrefix("Every \(kind) needs a name, but one has none;") == true)
  }

  @Test func `an argument declared twice is refused`() {
    let command = Self.command("Buy", .required("item"), .optional("item", .number))
    let error = #expect(throws: DomainError.doubleField(command: "Buy", field: "item")) {
      try Eventicle(Domain("t", commands: [command]))
    }
    #expect(
      error?.description
        == "The command Buy declares the argument item twice; give one of them another name.")
  }

  @Test(arguments: [-1, 0, Int.min])
  func `a saga's version below 1 is refused`(version: Int) {
    let saga = Self.saga().version(version) { _, _ in }
    let error = #expect(throws: DomainError.versionTooLow(saga: "S", version: version)) {
      try Eventicle(Domain("t", sagas: [saga]))
    }
    #expect(
      error?.description.contains("has the version \(version), but versions begin at 1") == true)
    #expect(Domain("t", sagas: [Self.saga().version(1) { _, _ in }]).problems.isEmpty)
  }
}
