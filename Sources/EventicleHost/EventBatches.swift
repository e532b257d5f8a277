public import EventicleCore

/// Consecutive events of a reader, with their positions.
public struct EventBatch: Sendable {
  /// The events, oldest first; at least one.
  public let events: [Event]
  /// The position of each event in the whole log.
  public let positions: [Position]
  /// The position up to which the log was read; a reader that starts after it misses nothing.
  public let reached: Position
  /// The last position of the log, or of the part to read, when this batch was read.
  public let head: Position

  /// Whether the reader has read everything up to ``head``.
  public var isAtHead: Bool { reached >= head }
}

/// The events of streams in batches of as many as are available, up to a limit.
///
/// A reader keeps only its position in the log, so a slow reader delays nobody, buffers nothing and
/// misses nothing. Each iteration starts over. It ends at the requested end, when the task is
/// cancelled, or when the host is shut down and everything is read.
public struct EventBatches: AsyncSequence, Sendable {
  /// At least one event each, in the order of the log.
  public typealias Element = EventBatch
  /// Reading does not fail.
  public typealias Failure = Never

  let publisher: StatePublisher
  let reader: StreamReader
  let start: Position
  let end: Position?
  let limit: Int

  /// Starts reading at the beginning of the sequence.
  public func makeAsyncIterator() -> Iterator {
    Iterator(publisher: publisher, reader: reader, position: start, end: end, limit: limit)
  }

  /// One reader with its own position.
  public struct Iterator: AsyncIteratorProtocol {
    let publisher: StatePublisher
    let reader: StreamReader
    var position: Position
    let end: Position?
    let limit: Int

    /// The next events as soon as there are any; `nil` at the end.
    public mutating func next() async -> EventBatch? { await next(isolation: nil) }

    /// The next events as soon as there are any, on the caller's actor; `nil` at the end.
    ///
    /// - Complexity: O(events returned) for one stream; for several, O(events passed over).
    public mutating func next(isolation actor: isolated (any Actor)?) async -> EventBatch? {
      while !Task.isCancelled {
        let state = publisher.current
        let head = end ?? state.world.log.last
        let part = reader.part(of: state.world, after: position, upTo: head, limit: limit)
        position = part.reached
        if !part.events.isEmpty {
          return EventBatch(
            events: part.events, positions: part.positions, reached: part.reached, head: head)
        }
        if end != nil || state.connection == .closed { return nil }
        let (reader, position) = (reader, position)
        _ = await publisher.state { state in
          state.connection == .closed || reader.hasNews(in: state.world, after: position)
        }
      }
      return nil
    }
  }
}

/// The events of streams one at a time; built on ``EventBatches``.
public struct HostEvents: AsyncSequence, Sendable {
  /// An event, opened and upcast.
  public typealias Element = Event
  /// Reading does not fail.
  public typealias Failure = Never

  /// The same events, those that wait handed over at once.
  public let batches: EventBatches

  /// Starts reading at the beginning of the sequence.
  public func makeAsyncIterator() -> Iterator {
    Iterator(batches: batches.makeAsyncIterator())
  }

  /// One reader and the rest of its current batch.
  public struct Iterator: AsyncIteratorProtocol {
    var batches: EventBatches.Iterator
    var events: ArraySlice<Event> = []

    /// The next event as soon as there is one; `nil` at the end.
    public mutating func next() async -> Event? { await next(isolation: nil) }

    /// The next event as soon as there is one, on the caller's actor; `nil` at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> Event? {
      if Task.isCancelled { return nil }
      if let event = events.popFirst() { return event }
      guard let batch = await batches.next(isolation: actor) else { return nil }
      events = batch.events[...]
      return events.popFirst()
    }
  }
}

/// The connection state of a host: the current state, then each change.
///
/// It ends after `closed`.
public struct ConnectionStates: AsyncSequence, Sendable {
  /// The state of the host's connection.
  public typealias Element = ConnectionState
  /// Reading does not fail.
  public typealias Failure = Never

  let publisher: StatePublisher

  /// Starts with the current state.
  public func makeAsyncIterator() -> Iterator { Iterator(publisher: publisher) }

  /// One observer with the last state it was given.
  public struct Iterator: AsyncIteratorProtocol {
    let publisher: StatePublisher
    var last: ConnectionState?

    /// The next state that differs from the last one; `nil` after `closed`.
    public mutating func next() async -> ConnectionState? { await next(isolation: nil) }

    /// The next state that differs from the last one, on the caller's actor; `nil` after `closed`.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> ConnectionState? {
      guard last != .closed else { return nil }
      let last = last
      guard let state = await publisher.state(where: { $0.connection != last }) else { return nil }
      self.last = state.connection
      return state.connection
    }
  }
}
