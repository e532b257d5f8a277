import EventicleCore
import EventiclePostgres
import RecordedBytes
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isThere, Comment(rawValue: PostgresServer.absence)))
struct PostgresPortTests {
  /// What a port tells until what was asked for of the past is there.
  private static func past(_ database: Database, from: AttachStart) throws -> [PortNotice] {
    let port = PostgresPort(
      PostgresSettings(database.address, password: PostgresServer.password), from: from,
      now: PostgresSession.now)
    defer { port.close() }
    return try run(port) { if case .live = $0 { true } else { false } }
  }

  private static func run(
    _ port: PostgresPort, until isEnough: (PortNotice) -> Bool
  ) throws -> [PortNotice] {
    try Pump.run(
      descriptors: { port.descriptors },
      deadline: { port.deadline }, advance: { port.advance($0, now: $1) }, until: isEnough)
  }

  private static func events(_ notices: [PortNotice]) -> [WireEvent] {
    notices.flatMap { notice -> [WireEvent] in
      if case .events(let events, _) = notice { events } else { [] }
    }
  }

  @Test func `events of streams are carried as other transports carry them`() throws {
    let database = try Database("port_streams")
    let rows = try RecordedRows.rows("event-stream rows of the datastore event client", stage: 0)
    try database.insert(rows)
    let notices = try Self.past(database, from: .standard)
    let wires = Self.events(notices)
    #expect(wires.map(\.stream) == ["e.first", "e.first", "acme.e.first", "e.raw"])
    #expect(wires.map(\.place.text) == rows.map(\.id))
    let readings = wires.map { WireReader.read($0, arrival: Instant(milliseconds: 0)) }
    #expect(readings.map(\.event.type) == ["One", "Two", "Three", "Raw"])
    #expect(readings.allSatisfy { !$0.isOpaque })
    guard case .connected(let server)? = notices.first else {
      Issue.record("\(notices)")
      return
    }
    #expect(server.hasPrefix("PostgreSQL 1"))
  }

  @Test func `it begins where it is told to`() throws {
    let database = try Database("port_begin")
    for number in 0..<7 {
      let digits = "00000000-0000-4000-8000-00000000000\(number)"
      try database.insert(
        digits, "event-stream",
        #"{"id":"\#(digits)","streamId":"s","internal":{"id":"e\#(number)","type":"T","stream":"s","createdAt":1}}"#
      )
    }
    #expect(try Self.events(Self.past(database, from: .beginning)).count == 7)
    #expect(try Self.events(Self.past(database, from: .newest(2))).count == 2)
    #expect(try Self.events(Self.past(database, from: .end)).isEmpty)
    #expect(try Self.events(Self.past(database, from: .since(.minutes(1)))).isEmpty)
  }

  @Test func `what happens is told as not of before, and a refusal as a sentence`() throws {
    let database = try Database("port_live")
    let first = "00000000-0000-4000-8000-000000000001"
    try database.insert(
      first, "event-stream",
      #"{"id":"\#(first)","streamId":"s","internal":{"id":"e1","type":"T","stream":"s","createdAt":1}}"#
    )
    let port = PostgresPort(
      PostgresSettings(database.address, password: PostgresServer.password), from: .end,
      now: PostgresSession.now)
    _ = try Self.run(port) { if case .live = $0 { true } else { false } }
    let second = "00000000-0000-4000-8000-000000000002"
    try database.insert(
      second, "event-stream",
      #"{"id":"\#(second)","streamId":"s","internal":{"id":"e2","type":"T","stream":"s","createdAt":2}}"#
    )
    let notices = try Self.run(port) { if case .events = $0 { true } else { false } }
    let areHistory = notices.compactMap { notice in
      if case .events(_, let areHistory) = notice { areHistory } else { nil }
    }
    #expect(areHistory == [false] && Self.events(notices).map(\.place.text) == [second])
    port.close()
    let other = PostgresPort(
      PostgresSettings(database.address, password: "wrong"), from: .end, now: PostgresSession.now)
    let refused = try Self.run(other) { if case .refused = $0 { true } else { false } }
    #expect(
      refused.contains { notice in
        if case .refused(let text) = notice { text.contains("refused the password") } else { false }
      })
  }
}
