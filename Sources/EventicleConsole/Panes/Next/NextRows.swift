import EventicleCore

/// The future in order: what waits to be delivered, then armed timers, then parked work.
struct NextRows: Sendable {
  /// One row.
  enum Row: Sendable {
    case head(String)
    case timer(Timer)
    case delivery(Delivery, isNext: Bool)
    case parked(Parked)
    case nothing(String)
  }

  private let world: World
  private let parked: [Parked]

  /// Makes the rows for a world.
  init(_ world: World) {
    self.world = world
    parked = world.parkedCount == 0 ? [] : world.parked
  }

  private var timerRows: Int { max(world.timers.count, 1) }
  private var queueRows: Int { max(world.queue.count, 1) }

  /// The number of rows; O(1).
  var count: Int { 2 + timerRows + queueRows + (parked.isEmpty ? 0 : 1 + parked.count) }

  /// The row at an index.
  func row(_ index: Int) -> Row? {
    var place = index
    if place == 0 { return .head("queue, in the order of delivery") }
    place -= 1
    if place < queueRows {
      return world.queue.isEmpty
        ? .nothing("empty: nothing waits") : .delivery(world.queue[place], isNext: place == 0)
    }
    place -= queueRows
    if place == 0 { return .head("timers") }
    place -= 1
    if place < timerRows {
      return world.timers.timer(at: place).map { .timer($0) } ?? .nothing("none is armed")
    }
    place -= timerRows
    guard !parked.isEmpty else { return nil }
    if place == 0 { return .head("parked") }
    place -= 1
    return parked.indices.contains(place) ? .parked(parked[place]) : nil
  }
}
