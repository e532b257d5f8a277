public import EventicleCore

/// What the event client of every backend must do.
public enum ClientContract {
  /// All cases; each opens a client of its own.
  public static let cases: [ContractCase] =
    reading + writing + groups + policies + parkedWork + texts + endings
}

extension ContractCase {
  /// A case about an event client whose log is empty.
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
  /// A backend that says nothing of clients has none, and fails where one is asked for.
  public func openClient(_ domain: Domain) throws -> Eventicle {
    throw ContractFailure("this backend opens no client", #fileID, #line)
  }

  /// A backend that keeps nothing cannot open its log again.
  public func reopenClient(_ app: Eventicle) throws -> Eventicle {
    throw ContractFailure("this backend opens no log again", #fileID, #line)
  }
}

/// A client on stage: what its handlers have seen, and which events they fail on.
final class ClientStage {
  private(set) var app: Eventicle
  private let backend: any BackendUnderTest
  /// What the handlers wrote down, in order.
  private(set) var lines: [String] = []
  /// The ids on which a handler fails.
  var failing: Set<String> = []

  init(_ app: Eventicle, of backend: any BackendUnderTest) {
    self.app = app
    self.backend = backend
  }

  var client: EventClient { app.eventClient }

  /// Ends the program and opens what it kept.
  func reopen() throws {
    try app.shutdown()
    app = try backend.reopenClient(app)
  }

  func note(_ line: String) { lines.append(line) }

  func forget() { lines = [] }

  /// Writes an event down, and fails on it if the stage says so.
  func handle(_ event: Event) throws {
    lines.append(event.id.text)
    if failing.contains(event.id.text) { throw Rejection("cannot handle \(event.id)") }
  }

  // MARK: - Acting

  /// Emits events of these ids in one call.
  func emit(_ ids: String..., to stream: StreamName = "s") throws {
    try client.emit(ids.map { NewEvent("Happened", id: EventID($0)) }, to: stream)
  }

  /// Emits events about things in one call, each written `id/thing`.
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

  // MARK: - Looking

  /// The events of a stream as a cold replay hands them out.
  func events(_ stream: StreamName = "s", from start: StreamStart = .beginning) throws -> [Event] {
    var events: [Event] = []
    try client.coldStream(stream, from: start, { events.append($0) })
    return events
  }

  func ids(_ stream: StreamName = "s", from start: StreamStart = .beginning) throws -> [String] {
    try events(stream, from: start).map(\.id.text)
  }

  /// How a group is doing.
  func report(_ group: GroupName = "g") throws -> GroupReport {
    guard let report = client.groups.first(where: { $0.group == group }) else {
      throw ContractFailure("there is no report of \(group)", #fileID, #line)
    }
    return report
  }
}
