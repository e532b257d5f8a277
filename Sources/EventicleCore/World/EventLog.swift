internal import HashTreeCollections

/// All events in the order in which they were appended, and the ways to find them.
///
/// Positions are dense from `#1`; so are the positions inside each stream. Copies share.
public struct EventLog: Sendable {
  private var events = PersistentArray<Event>()
  private var positionsByID = TreeDictionary<EventID, Int>()
  private var streamIndexes = TreeDictionary<StreamName, Int>()
  private var streams: [Stream] = []

  private struct Stream: Sendable {
    let name: StreamName
    var positions = PersistentArray<Int>()
  }

  init() {}

  /// How many events there are; also the last position.
  public var count: Int { events.count }

  /// The position of the last event, `#0` when there is none.
  public var last: Position { Position(events.count) }

  /// The streams in the order of their first event.
  public var streamNames: [StreamName] { streams.map(\.name) }

  /// The event at a position, or `nil` outside the log; O(1).
  public func event(at position: Position) -> Event? {
    position.number >= 1 && position.number <= count ? events[position.number - 1] : nil
  }

  /// The position of the event with an id; O(1).
  ///
  /// The index may know ids of a later time or of another fork; the log itself decides.
  public func position(of id: EventID) -> Position? {
    guard let number = positionsByID[id], number <= count, events[number - 1].id == id else {
      return nil
    }
    return Position(number)
  }

  /// How many events a stream has.
  public func count(of stream: StreamName) -> Int {
    streamIndexes[stream].map { streams[$0].positions.count } ?? 0
  }

  /// The place in the whole log of an event in a stream; O(1).
  public func position(of stream: StreamName, at place: StreamPosition) -> Position? {
    guard let index = streamIndexes[stream], place.number >= 1,
      place.number <= streams[index].positions.count
    else { return nil }
    return Position(streams[index].positions[place.number - 1])
  }

  /// The place of an event in its own stream; O(log n).
  public func streamPosition(of position: Position) -> StreamPosition {
    guard let event = event(at: position), let index = streamIndexes[event.stream] else {
      return StreamPosition(0)
    }
    let place = streams[index].positions.partitionPoint { $0 >= position.number }
    return StreamPosition(place + 1)
  }

  /// The last position at which an event had happened at an instant, for logs in order of time.
  public func last(at instant: Instant) -> Position {
    Position(events.partitionPoint { $0.createdAt > instant })
  }

  mutating func append(_ event: Event) {
    events.append(event)
    positionsByID[event.id] = events.count
    let index: Int
    if let known = streamIndexes[event.stream] {
      index = known
    } else {
      index = streams.count
      streams.append(Stream(name: event.stream))
      streamIndexes[event.stream] = index
    }
    streams[index].positions.append(events.count)
  }

  mutating func removeLast() {
    guard let event = events.popLast() else { return }
    guard let index = streamIndexes[event.stream] else { return }
    streams[index].positions.popLast()
    if streams[index].positions.isEmpty, index == streams.count - 1 {
      streams.removeLast()
      streamIndexes[event.stream] = nil
    }
  }

  /// The log without its index by id, so that keeping it does not keep the index of its time.
  func withoutIndex() -> EventLog {
    var log = self
    log.positionsByID = TreeDictionary()
    return log
  }

  /// The log with the index of a later time of the same log.
  func adoptingIndex(of later: EventLog) -> EventLog {
    var log = self
    log.positionsByID = later.positionsByID
    return log
  }
}
