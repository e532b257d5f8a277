import EventicleCore

/// The future in order: what waits to be delivered, then armed timers, then parked work.
///
/// What there is nothing of is one row, behind what there is.
struct NextRows: Sendable {
  /// One row.
  enum Row: Sendable {
    case head(String)
    case timer(Timer)
    /// What waits; with the reason when it is made once more or later than its turn.
    case delivery(Delivery, again: Redelivery?)
    case parked(Parked)
    case nothing(of: String, String)
  }

  private let world: World
  private let queue: PendingDeliveries
  private let parked: [Parked]

  /// Makes the rows for a world.
  init(_ world: World) {
    self.world = world
    queue = world.queue
    parked = world.parkedCount == 0 ? [] : world.parked
  }

  private var queueRows: Int { queue.isEmpty ? 0 : queue.count + 1 }
  /// A heading tells the timers from the deliveries above them.
  private var timerHeads: Int { queue.isEmpty || world.timers.count == 0 ? 0 : 1 }
  private var timerRows: Int { timerHeads + world.timers.count }
  private var nothings: [Row] {
    var rows: [Row] = []
    if queue.isEmpty { rows.append(.nothing(of: "queue", "empty: nothing waits")) }
    if world.timers.count == 0 { rows.append(.nothing(of: "timers", "none is armed")) }
    return rows
  }

  /// The number of rows; O(1).
  var count: Int {
    queueRows + timerRows + nothings.count + (parked.isEmpty ? 0 : 1 + parked.count)
  }

  /// The row at an index.
  func row(_ index: Int) -> Row? {
    guard index >= 0 else { return nil }
    var place = index
    if place < queueRows {
      return place == 0
        ? .head("queue, in the order of delivery")
        : .delivery(queue[place - 1], again: queue.redelivery(at: place - 1))
    }
    place -= queueRows
    if place < timerRows {
      return place < timerHeads
        ? .head("timers") : world.timers.timer(at: place - timerHeads).map { .timer($0) }
    }
    place -= timerRows
    let nothings = nothings
    if place < nothings.count { return nothings[place] }
    place -= nothings.count
    guard !parked.isEmpty else { return nil }
    if place == 0 { return .head("parked") }
    return parked.indices.contains(place - 1) ? .parked(parked[place - 1]) : nil
  }

  /// Whether a row is passed over: a heading, or that there is nothing.
  func isHead(_ index: Int) -> Bool {
    switch row(index) {
    case .head, .nothing: true
    default: false
    }
  }
}
