import EventicleCore

/// An import under way: a file whose bytes arrive in blocks, and how many events are imported.
package struct ImportWork: Sendable {
  /// The number of events imported so far.
  package internal(set) var done = 0
  var lines = EventLines()
  /// The numbers of lines before which an event was not in the line after the one before it, with
  /// the events before them; what finds the line of an event without keeping every number.
  private var jumps: [(events: Int, line: Int)] = []
  let reaction: ImportReaction
  let path: String?
  /// The session before the import, to go back to when an event cannot be taken.
  let before: Session
  var parked = 0
  /// The places in the log, from 0, of events that timers emitted between those of the file.
  private var others: [Range<Int>] = []

  init(_ session: Session, reaction: ImportReaction, path: String?) {
    before = session
    self.reaction = reaction
    self.path = path
  }

  /// The number of bytes that have been read.
  package var bytesRead: Int { lines.bytesRead }

  /// Adds the next bytes of the file.
  package mutating func add(_ block: some Sequence<UInt8>) { lines.add(block) }

  /// Notes that no bytes follow.
  package mutating func finish() { lines.finish() }

  /// Reads the next events that are there as a whole, each with its line.
  ///
  /// Several at a time, because reading and taking in turns is slower than one after the other.
  mutating func next(_ limit: Int) throws(EventFileError) -> [(event: Event, line: Int)] {
    var events: [(event: Event, line: Int)] = []
    while events.count < min(limit, Self.portion), let event = try lines.next() {
      let index = done + events.count
      if lines.line != line(ofEvent: index) { jumps.append((index, lines.line)) }
      events.append((event, lines.line))
    }
    return events
  }

  private static let portion = 256

  /// Notes events in the log that are not of the file.
  mutating func addOthers(_ places: Range<Int>) {
    if !places.isEmpty { others.append(places) }
  }

  /// Which event of the file, from 0, has a position in the log; `nil` for one of before, and for
  /// one that a timer emitted.
  func index(ofEventAt position: Int) -> Int? {
    let place = position - 1
    let index = place - before.engine.world.log.count
    let earlier = others.prefix { $0.lowerBound <= place }
    guard index >= 0, !(earlier.last?.contains(place) ?? false) else { return nil }
    return index - earlier.reduce(0) { $0 + $1.count }
  }

  /// The number of the line with an event, from 0.
  func line(ofEvent index: Int) -> Int {
    let place = jumps.partitioningIndex { $0.events > index }
    guard place > 0 else { return index + 1 }
    return jumps[place - 1].line + index - jumps[place - 1].events
  }
}
