import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Time that passes while events are imported.
@Suite struct ImportTimeTests {
  private func line(_ id: String, seconds: Int64, customer: String = "c-9") -> String {
    let time = (Instant.standardStart + .seconds(seconds)).milliseconds
    return #"{"id":"\#(id)","type":"OrderCreated","stream":"orders","domainId":"order-\#(id)","#
      + #""createdAt":\#(time),"data":{"customer":"\#(customer)","total":5,"currency":"GBP"}}"#
  }

  private func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

  /// Notes when it is reminded, and goes on reminding itself.
  private static let domain = Domain(
    "test",
    commands: [
      Command("Remind", stream: "notes") { _, _ in
        CommandResult(events: [NewEvent("Reminded", "a")])
      }
    ],
    sagas: [
      Saga("Reminder", streams: ["wishes"]).keyed(by: "who")
        .startOn("Wished") { step, _ in try step.upsertTimer("remind", after: .seconds(10)) }
        .onTimer("remind") { step in
          _ = try step.dispatch("Remind")
          try step.upsertTimer("remind", after: .seconds(10))
        }
    ])

  private func session() throws -> Session {
    var session = try Session(Self.domain)
    #expect(session.run("emit wishes Wished a who=a").problem == nil)
    return session
  }

  private func log(_ session: Session) -> [String] {
    (0..<session.head.log.count).compactMap { place in
      session.head.log.event(at: Position(place + 1)).map {
        "\($0.type) \(($0.createdAt - .standardStart).milliseconds / 1_000)"
      }
    }
  }

  @Test func `what falls due before an imported event happens before it, at its own time`() throws {
    var session = try session()
    let file = bytes([line("1", seconds: 5), line("2", seconds: 20), line("3", seconds: 31)])
    #expect(try session.importEvents(file) == 3)
    #expect(
      log(session) == [
        "Wished 0", "OrderCreated 5", "Reminded 10", "Reminded 20", "OrderCreated 20",
        "Reminded 30", "OrderCreated 31",
      ])
    #expect(session.lastImport?.count == 3)
    #expect(session.head.clock == .standardStart + .seconds(31))
  }

  @Test func `the recorded inputs of such an import give the same steps again`() throws {
    var session = try session()
    try session.importEvents(bytes([line("1", seconds: 25), line("2", seconds: 26)]))
    let result = session.timeline.verify(with: try Engine(Self.domain))
    #expect(result.difference == nil && result.same > 4)
  }

  @Test func `while deliveries are held nothing fires, and history is taken all the same`() throws {
    var session = try session()
    #expect(session.run("hold").problem == nil)
    #expect(try session.importEvents(bytes([line("1", seconds: 25)])) == 1)
    #expect(log(session) == ["Wished 0", "OrderCreated 25"])
  }

  @Test func `an id that is there already is told with its line, past events of timers`() throws {
    var session = try session()
    let before = session.timeline.count
    let file = [line("1", seconds: 5), line("2", seconds: 25), line("3", seconds: 35)]
    let twice = #expect(throws: EventFileError.self) {
      try session.importEvents(bytes(file + [line("2", seconds: 25, customer: "c-8")]))
    }
    #expect(twice?.line == 4)
    #expect(twice?.description.contains("line 2") == true, "\(twice?.description ?? "")")
    // The timers that fired on the way are taken back with the import.
    #expect(session.timeline.count == before && log(session) == ["Wished 0"])
    // An event that a timer emits on the way is no event of the file.
    var other = try self.session()
    try other.importEvents(bytes([line("1", seconds: 11)]))
    let id = try #require(other.head.log.event(at: Position(2))?.id.text)
    let taken = #expect(throws: EventFileError.self) {
      try session.importEvents(bytes(file + [line(id, seconds: 36)]))
    }
    #expect(taken?.line == 4)
    #expect(taken?.description.contains("line 1") == false, "\(taken?.description ?? "")")
  }
}
