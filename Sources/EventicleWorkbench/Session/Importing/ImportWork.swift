import EventicleCore

/// An import under way: a file whose bytes arrive in blocks, and how many events are imported.
package struct ImportWork: Sendable {
  /// The number of events imported so far.
  package private(set) var done = 0
  /// The number of events that were in the log already, the same as in the file.
  package internal(set) var known = 0
  /// The number of lines that could not be taken and were passed over.
  package private(set) var badCount = 0
  /// The first lines that could not be taken.
  private(set) var firstBad: [EventFileError] = []
  /// The bad lines since they were last asked for.
  private var bad: [BadLine] = []
  var lines: EventLines
  /// The numbers of lines before which an event was not in the line after the one before it, with
  /// the events before them; what finds the line of an event without keeping every number.
  private var jumps: [(events: Int, line: Int)] = []
  let options: ImportOptions
  /// The session to go back to when an event cannot be taken: that before the import, or the one up
  /// to which it is kept for good.
  var before: Session
  /// The number of events that are kept for good.
  package internal(set) var kept = 0
  var parked = 0
  /// What the session had when the import began.
  let start: Start
  /// The places in the log, from 0, of events that timers emitted between those of the file.
  private var others: [Range<Int>] = []

  /// What a session had at some time.
  struct Start {
    let events: Int
    let tenants: Int
    let clock: Instant
    let entry: JournalIndex
    /// The time up to which the clock went by itself since the last line, for the tape.
    let passed: Instant?
  }

  /// An event of the file.
  struct Line {
    let event: Event
    let number: Int
    /// Its bytes, when they may be asked for.
    let text: [UInt8]
  }

  init(_ session: Session, _ options: ImportOptions) {
    before = session
    self.options = options
    lines = EventLines(options.format)
    start = Start(
      events: session.engine.world.log.count, tenants: session.engine.world.tenants.count,
      clock: session.engine.world.clock, entry: session.timeline.last,
      passed: session.used.passedBehind)
  }

  /// The number of bytes that have been read.
  package var bytesRead: Int { lines.bytesRead }

  /// Adds the next bytes of the file.
  package mutating func add(_ block: some Sequence<UInt8>) { lines.add(block) }

  /// Notes that no bytes follow.
  package mutating func finish() { lines.finish() }

  /// Reads the next events that are there as a whole.
  ///
  /// Several at a time, because reading and taking in turns is slower than one after the other.
  mutating func next(_ limit: Int) throws(EventFileError) -> [Line] {
    var events: [Line] = []
    while events.count < min(limit, Self.portion) {
      do throws(EventFileError) {
        guard let event = try lines.next() else { break }
        let text = options.skipsBadLines ? Array(lines.text) : []
        events.append(Line(event: event, number: lines.line, text: text))
      } catch {
        // A line whose end is not there yet is not behind us.
        guard options.skipsBadLines, error.line == lines.line else { throw error }
        skip(error, Array(lines.text))
      }
    }
    return events
  }

  private static let portion = 256

  // MARK: - Bad lines

  /// Passes over a line.
  mutating func skip(_ error: EventFileError, _ text: [UInt8]) {
    badCount += 1
    if firstBad.count < ImportReport.reasonLimit { firstBad.append(error) }
    bad.append(BadLine(text: text, error: error))
  }

  /// The lines that were passed over since the last call, in their order.
  package mutating func takeBadLines() -> [BadLine] {
    defer { bad = [] }
    return bad
  }

  // MARK: - Which line an event is in

  /// Notes an event that was imported.
  mutating func note(_ number: Int) {
    if number != line(ofEvent: done) { jumps.append((done, number)) }
    done += 1
  }

  /// Notes events in the log that are not of the file.
  mutating func addOthers(_ places: Range<Int>) {
    if !places.isEmpty { others.append(places) }
  }

  /// Which event of the file, from 0, has a position in the log; `nil` for one of before, and for
  /// one that a timer emitted.
  func index(ofEventAt position: Int) -> Int? {
    let place = position - 1
    let index = place - start.events
    let earlier = others.prefix { $0.lowerBound <= place }
    guard index >= 0, !(earlier.last?.contains(place) ?? false) else { return nil }
    return index - earlier.reduce(0) { $0 + $1.count }
  }

  /// The number of the line with an imported event, from 0.
  func line(ofEvent index: Int) -> Int {
    let place = jumps.partitioningIndex { $0.events > index }
    guard place > 0 else { return index + 1 }
    return jumps[place - 1].line + index - jumps[place - 1].events
  }
}
