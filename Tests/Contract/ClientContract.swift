public import EventicleCore

/// The requirements on the event client of every backend.
public enum ClientContract {
  /// All cases; each opens its own client.
  public static let cases: [ContractCase] =
    reading + writing + groups + policies + parkedWork + texts + endings
}

extension ContractCase {
  /// A case about an event client with an empty log.
  static func client(
    _ name: String, needs: Set<Capability> = [], of domain: Domain = Domain("contract"),
    _ body: @escaping @Sendable (ClientStage) throws -> Void
  ) -> ContractCase {
    ContractCase(name, needs: needs) { backend in
      try body(ClientStage(try backend.openClient(domain), of: backend))
    }
  }
}

extension BackendUnderTest {
  /// The default for backends without an event client: fails when a case needs one.
  public func openClient(_ domain: Domain) throws -> Eventicle {
    throw ContractFailure("this backend opens no client", #fileID, #line)
  }

  /// The default for backends that do not persist: fails, because there is no log to reopen.
  public func reopenClient(_ app: Eventicle) throws -> Eventicle {
    throw ContractFailure("this backend opens no log again", #fileID, #line)
  }
}

/// An event client under test, with a record of what its handlers saw and the events on which they
/// fail.
final class ClientStage {
  private(set) var app: Eventicle
  private let backend: any BackendUnderTest
  /// The lines that the handlers recorded, in order.
  private(set) var lines: [String] = []
  /// The ids on which a handler fails.
  var failing: Set<String> = []

  init(_ app: Eventicle, of backend: any BackendUnderTest) {
    self.app = app
    self.backend = backend
  }

  var client: EventClient { app.eventClient }

  /// Shuts the engine down and reopens what it persisted.
  func reopen() throws {
    try app.shutdown()
    app = try backend.reopenClient(app)
  }

  func note(_ line: String) { lines.append(line) }

  func forget() { lines = [] }

  /// Records an event, and fails on it if its id is among `failing`.
  func handle(_ event: Event) throws {
    lines.append(event.id.text)
    if failing.contains(event.id.text) { throw Rejection("cannot handle \(event.id)") }
  }

  // MARK: - Acting

  /// Emits events with these ids in one call.
  func emit(_ ids: String..., to stream: StreamName = "s") throws {
    try client.emit(ids.map { NewEvent("Happened", id: EventID($0)) }, to: stream)
  }

  /// Emits events with a key in one call, each written `id/key`.
  func emit(of pairs: String..., to stream: StreamName = "s") throws {
    let events = pairs.map { pair in
      let parts = pair.split(separator: "/").map { String($0) }
      return NewEvent("Happened", DomainID(parts[1]), id: EventID(parts[0]))
    }
    try client.emit(events, to: stream)
  }

  func hot(
    _ stream: StreamName = "s", _ group: GroupName = "g", _ options: ConsumerOptions = .standard
  ) throws {
    try client.hotStream(stream, group: group, options: options) { [unowned self] in
      try handle($0)
    }
  }

  func coldHot(
    _ stream: StreamName = "s", _ group: GroupName = "g", from start: StreamStart = .beginning,
    _ options: ConsumerOptions = .standard
  ) throws {
    try client.coldHotStream(stream, group: group, from: start, options: options) {
      [unowned self] in try handle($0)
    }
  }

  // MARK: - Reading

  /// The events that a cold replay of a stream delivers.
  func events(_ stream: StreamName = "s", from start: StreamStart = .beginning) throws -> [Event] {
    var events: [Event] = []
    try client.coldStream(stream, from: start, { events.append($0) })
    return events
  }

  func ids(_ stream: StreamName = "s", from start: StreamStart = .beginning) throws -> [String] {
    try events(stream, from: start).map(\.id.text)
  }

  /// The report of a group.
  func report(_ group: GroupName = "g") throws -> GroupReport {
    guard let report = client.groups.first(where: { $0.group == group }) else {
      throw ContractFailure("there is no report of \(group)", #fileID, #line)
    }
    return report
  }
}
