/// How many places the lanes of a group take, and how many are left.
///
/// Every key at work takes a place. A saga that tells hot events from cold ones has places for
/// either, and lets cold work wait in its lane so that hot events come by.
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
      // What waits for a person keeps nobody else from working.
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

  /// Whether the work of a lane may begin.
  func admits(_ lane: Lane) -> Bool {
    guard let hotParallel else { return true }
    return lane.isHot ? hotBusy < hotParallel : busy < parallel
  }

  /// Whether the group may look at its next event.
  var admitsNext: Bool {
    guard let hotParallel else { return waiting < parallel }
    return work < Limits.laneWork && (waiting < parallel || hotWaiting < hotParallel)
  }

  /// Whether an event that goes by a lane must wait for a place.
  func isFull(_ lane: SagaLane) -> Bool {
    guard let hotParallel else { return false }
    return lane == .hot ? hotWaiting >= hotParallel : waiting >= parallel
  }
}
