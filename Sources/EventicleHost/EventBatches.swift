public import EventicleCore

/// Some events in the order of the log, with their places.
public struct EventBatch: Sendable {
  /// The events, oldest first; at least one.
  public let events: [Event]
  /// Their places in the whole log, one each.
  public let positions: [Position]
  /// Everything up to here has been looked at; a reader that begins after it misses nothing.
  public let reached: Position
  /// How many events the whole log had when this was read.
  public let head: Position

  /// Whether the reader has caught up with the log.
  public var isAtHead: Bool { reached >= head }
}

/// The events of streams in batches: as many at once as there are, up to a limit.
///
/// The log itself is the buffer. A reader knows its place in it and nothing else, so that a slow
/// one holds nothing up, takes no memory, and misses nothing. Each iteration begins at the start
/// anew. It ends when the task is cancelled, when the host is shut down and everything was read,
/// and at the end that was asked for.
public struct EventBatches: AsyncSequence, Sendable {
  /// Events and their places.
  public typealias Element = EventBatch
  /// It does not fail.
  public typealias Failure = Never

  let publisher: StatePublisher
  let reader: StreamReader
  let start: Position
  let end: Position?
  let limit: Int

  /// Begins to read.
  public func makeAsyncIterator() -> Iterator {
    Iterator(publisher: publisher, reader: reader, position: start, end: end, limit: limit)
  }

  /// One reader and its place.
  public struct Iterator: AsyncIteratorProtocol {
    let publisher: StatePublisher
    let reader: StreamReader
    var position: Position
    let end: Position?
    let limit: Int

    /// The next events as soon as there are any; `nil` at the end.
    public mutating func next() async -> EventBatch? { await next(isolation: nil) }

    /// The next events as soon as there are any; `nil` at the end.
    ///
    /// - Complexity: O(events handed over) for one stream; for several, O(events passed over).
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

/// The events of streams one by one; see ``EventBatches``, on which it is built.
public struct HostEvents: AsyncSequence, Sendable {
  /// An event as handlers see it.
  public typealias Element = Event
  /// It does not fail.
  public typealias Failure = Never

  /// The same events in batches.
  public let batches: EventBatches

  /// Begins to read.
  public func makeAsyncIterator() -> Iterator {
    Iterator(batches: batches.makeAsyncIterator())
  }

  /// One reader and what it has been handed and not yet handed on.
  public struct Iterator: AsyncIteratorProtocol {
    var batches: EventBatches.Iterator
    var events: ArraySlice<Event> = []

    /// The next event as soon as there is one; `nil` at the end.
    public mutating func next() async -> Event? { await next(isolation: nil) }

    /// The next event as soon as there is one; `nil` at the end.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> Event? {
      if Task.isCancelled { return nil }
      if let event = events.popFirst() { return event }
      guard let batch = await batches.next(isolation: actor) else { return nil }
      events = batch.events[...]
      return events.popFirst()
    }
  }
}

/// Whether a host takes what it is asked to do, now and whenever that changes.
///
/// It ends after `closed`.
public struct ConnectionStates: AsyncSequence, Sendable {
  /// One of the states.
  public typealias Element = ConnectionState
  /// It does not fail.
  public typealias Failure = Never

  let publisher: StatePublisher

  /// Begins with how it is now.
  public func makeAsyncIterator() -> Iterator { Iterator(publisher: publisher) }

  /// One that follows the states.
  public struct Iterator: AsyncIteratorProtocol {
    let publisher: StatePublisher
    var last: ConnectionState?

    /// The state as soon as it is another one; `nil` after `closed`.
    public mutating func next() async -> ConnectionState? { await next(isolation: nil) }

    /// The state as soon as it is another one; `nil` after `closed`.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> ConnectionState? {
      guard last != .closed else { return nil }
      let last = last
      guard let state = await publisher.state(where: { $0.connection != last }) else { return nil }
      self.last = state.connection
      return state.connection
    }
  }
}
