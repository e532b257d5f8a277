/// How many lanes of a group may be busy at once, and how many more may start.
///
/// Every busy key takes one place. A saga that separates hot events from cold ones has places for
/// each, and lets cold work wait in its lane so that hot events can overtake it.
struct LaneCapacity {
  private let parallel: Int
  private let hotParallel: Int?
  private var waiting = 0
  private var hotWaiting = 0
  private var busy = 0
  private var hotBusy = 0
  private var work = 0

  init(_ state: GroupState, _ consumer: ConsumerDefinition, at now: Instant) {
    parallel = consumer.options.parallel
    hotParallel = consumer.hotParallel
    for lane in state.lanes {
      work += lane.work.count
      // A lane that waits for a person must not keep others from working.
      guard lane.blockedBy == nil else { continue }
      let isBusy = lane.until > now
      guard isBusy || !lane.work.isEmpty else { continue }
      if lane.isHot {
        hotWaiting += 1
        if isBusy { hotBusy += 1 }
      } else {
        waiting += 1
        if isBusy { busy += 1 }
      }
    }
  }

  /// Whether the work of a lane may start.
  func admits(_ lane: Lane) -> Bool {
    guard let hotParallel else { return true }
    return lane.isHot ? hotBusy < hotParallel : busy < parallel
  }

  /// Whether the group may look at its next event.
  var admitsNext: Bool {
    guard let hotParallel else { return waiting < parallel }
    return work < Limits.laneWork && (waiting < parallel || hotWaiting < hotParallel)
  }

  /// Whether the next hot or cold event must wait for a place.
  func isFull(_ lane: SagaLane) -> Bool {
    guard let hotParallel else { return false }
    return lane == .hot ? hotWaiting >= hotParallel : waiting >= parallel
  }
}
