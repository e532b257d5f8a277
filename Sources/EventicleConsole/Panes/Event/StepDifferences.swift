import EventicleCore

/// Merged changes of several steps: from before the first to after the last, one per record, saga
/// instance or timer.
struct StepDifferences {
  private(set) var records: [(RecordKey, (old: JSON?, new: JSON?))] = []
  private(set) var sagas: [(SagaKey, (old: JSON?, new: JSON?))] = []
  private(set) var timers: [(TimerKey, (old: Timer?, new: Timer?))] = []

  /// Adds the changes of one step.
  mutating func add(_ changes: [Change]) {
    for change in changes {
      switch change {
      case .record(let key, let old, let new):
        Self.merge(key, old?.content, new?.content, into: &records)
      case .saga(let old, let new):
        guard let key = (new ?? old)?.key else { continue }
        Self.merge(key, old?.data, new?.data, into: &sagas)
      case .timer(let key, let old, let new): Self.merge(key, old, new, into: &timers)
      default: break
      }
    }
  }

  private static func merge<Key: Equatable, Value>(
    _ key: Key, _ old: Value?, _ new: Value?, into list: inout [(Key, (old: Value?, new: Value?))]
  ) {
    if let place = list.firstIndex(where: { $0.0 == key }) {
      list[place].1.new = new
    } else {
      list.append((key, (old, new)))
    }
  }
}
