package import EventicleCore

/// What handlers write down while a test runs; the engine calls them on the test's own thread.
package final class HandlerLog: @unchecked Sendable {
  package private(set) var lines: [String] = []

  package init() {}
  /// Whether the next handlings fail.
  package var isFailing = false
  /// The engine whose handlers write here, for those that go on using it.
  package weak var app: Eventicle?

  package func note(_ line: String) { lines.append(line) }

  package func note(_ event: Event) { lines.append(event.id.text) }

  /// Writes an event down and fails if the test wants it so.
  package func handle(_ event: Event, failingOn id: EventID? = nil) throws {
    note(event)
    if isFailing || event.id == id { throw Rejection("cannot handle \(event.id)") }
  }
}

/// An event with an id of its own.
package func new(
  _ type: EventType, _ id: EventID? = nil, of domainID: DomainID? = nil, _ data: JSON = [:]
) -> NewEvent {
  NewEvent(type, domainID, data: data, id: id)
}

extension World {
  /// The events of a stream, oldest first.
  package func events(in stream: StreamName) -> [Event] {
    (0..<log.count(of: stream)).compactMap { index in
      log.position(of: stream, at: StreamPosition(index + 1)).flatMap { log.event(at: $0) }
    }
  }

  /// The only instance of a saga.
  package func instance(_ saga: String) -> SagaInstance? {
    sagas.count(of: saga) == 1 ? sagas.instance(of: saga, at: 0) : nil
  }
}
