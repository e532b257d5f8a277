internal import EventicleCore

/// The steps that the derived tables do not have yet, and what is needed of them before they do.
struct Tail {
  private(set) var steps: [StoredStep] = []
  private(set) var entries = 0
  /// Positions of their events by the words of ids.
  private var positions: [Int: [Int]] = [:]
  /// The number of events in each stream that was written to.
  private var counts: [StreamName: Int] = [:]

  mutating func append(_ step: StoredStep) {
    steps.append(step)
    entries += step.entries.count
  }

  /// Notes an event in the log.
  mutating func note(_ event: Event, at position: Int, place: Int) {
    positions[event.id.word, default: []].append(position)
    counts[event.stream] = place
  }

  /// The positions of events with the word of an id, in order.
  func positions(of word: Int) -> [Int] { positions[word] ?? [] }

  /// The number of events in a stream, if it was written to.
  func count(of stream: StreamName) -> Int? { counts[stream] }

  /// Lets go of what the tables have by now.
  mutating func clear() {
    steps = []
    entries = 0
    positions = [:]
    // Counts stay right; only their number is bounded.
    if counts.count > 65_536 { counts = [:] }
  }
}
