import EventicleCore

/// The events of a step that no event caused, and all events that followed from them.
struct Cascade {
  /// The first event of the step that it began with.
  let root: Position
  /// What is known of events, so that their causes are followed once.
  private var known: [Position: Bool]

  /// The cascade that an event belongs to; O(depth).
  init(of position: Position, in timeline: Timeline) {
    let first = Self.chain(from: position, in: timeline.head.log) { _ in false }.last ?? position
    var step: [Position] = []
    if let append = timeline.appendEntry(of: first) {
      let (start, end) = (timeline.stepStart(of: append), timeline.stepEnd(of: append))
      step = (start.number...end.number).compactMap { number in
        guard case .append(let position, _) = timeline.entry(JournalIndex(number))?.kind else {
          return nil
        }
        return position
      }
    }
    root = step.first ?? first
    known = Dictionary((step + [first]).map { ($0, true) }) { first, _ in first }
  }

  /// The events that it began with, in order.
  private var roots: [Position] { known.filter(\.value).keys.filter { $0 >= root }.sorted() }

  /// Whether an event followed from the first ones, or is one of them; O(depth) for the first of its
  /// causes.
  mutating func contains(_ position: Position, in log: EventLog) -> Bool {
    if let known = known[position] { return known }
    // A cause is older than what it caused.
    let chain = Self.chain(from: position, in: log) { known[$0] != nil || $0 < root }
    let answer = chain.last.flatMap { known[$0] } ?? false
    for link in chain { known[link] = answer }
    return answer
  }

  /// An event, its cause, and so on to one without a cause or to one that ends the search.
  private static func chain(
    from position: Position, in log: EventLog, until isEnd: (Position) -> Bool
  ) -> [Position] {
    var chain = [position]
    var next = position
    while !isEnd(next), let event = log.event(at: next),
      let cause = log.position(ofCauseOf: event), cause < next
    {
      chain.append(cause)
      next = cause
    }
    return chain
  }

  /// The first place in a queue of a delivery of the cascade; `nil` when none waits.
  mutating func firstPlace(in world: World) -> Int? {
    (0..<world.queue.count).first { contains(world.queue[$0].position, in: world.log) }
  }

  /// The last recorded entry of the cascade, and the number of its deliveries between two entries;
  /// O(cascade).
  func record(
    in timeline: Timeline, after start: JournalIndex, upTo end: JournalIndex
  ) -> (last: JournalIndex, steps: Int) {
    var last = JournalIndex(0)
    var steps = 0
    var waiting = roots
    var seen = Set(waiting)
    while let position = waiting.popLast() {
      if let append = timeline.appendEntry(of: position) { last = max(last, append) }
      for delivery in timeline.deliveries(of: position) {
        last = max(last, delivery)
        if delivery > start, delivery <= end { steps += 1 }
      }
      waiting += timeline.effects(of: position).filter { seen.insert($0).inserted }
    }
    return (last, steps)
  }
}
