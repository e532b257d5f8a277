/// The life of one saga instance, step by step, as the journal tells it.
public struct SagaHistory: Sendable {
  /// What made the instance take a step.
  public enum Trigger: Sendable, Hashable {
    /// An event of the log.
    case event(Position, EventType)
    /// A timer of this name.
    case timer(String)
  }

  /// What came out of a step.
  public enum Output: Sendable, Hashable {
    /// A command it dispatched, and the entry of it.
    case command(String, CommandOutcome, JournalIndex)
    /// An event it emitted.
    case event(Position, EventType)
    /// A timer it armed.
    case armed(String, due: Instant, TimerSchedule, again: Bool)
    /// A timer it called off.
    case cancelled(String)
    /// It ended.
    case ended(kept: Bool)
  }

  /// One step: an event or a timer that the instance handled.
  public struct Step: Sendable {
    /// The entry.
    public let entry: JournalIndex
    /// The trigger.
    public let trigger: Trigger
    /// The instant.
    public let instant: Instant
    /// What it changed in the instance's data.
    public let changes: [Difference]
    /// The instance's data after it.
    public let data: JSON
    /// The outputs.
    public let outputs: [Output]
    /// Why it failed, if it did.
    public let problem: String?
    /// The is by user.
    public let isByUser: Bool
    /// Whether it lies after the time cursor.
    public let isAhead: Bool
  }

  /// The instance at the cursor; `nil` before its start and after its removal.
  public let instance: SagaInstance?
  /// Which one it is.
  public let key: SagaKey
  /// The steps.
  public let steps: [Step]
  /// The timers that are armed at the cursor, in the order of falling due.
  public let timers: [Timer]
}

extension MomentView {
  /// The life of a saga instance; O(its steps).
  public func history(of key: SagaKey) -> SagaHistory {
    var steps: [SagaHistory.Step] = []
    var data = JSON.emptyObject
    for index in timeline.entries(of: key, upTo: timeline.last) {
      guard let entry = timeline.entry(index), let trigger = trigger(entry.kind) else { continue }
      let before = data
      if let after = sagaData(key, stepAt: entry.stepStart) { data = after }
      steps.append(
        SagaHistory.Step(
          entry: index, trigger: trigger, instant: entry.instant,
          changes: differences(from: before, to: data), data: data,
          outputs: timeline.effects(of: index).compactMap { output($0) },
          problem: entry.kind.problem, isByUser: entry.isByUser,
          isAhead: index > cursor.entry))
    }
    let instance = world.sagas.instance(key)
    let timers = (instance?.timers ?? []).compactMap { world.timers.timer(TimerKey(key, $0)) }
    return SagaHistory(
      instance: instance, key: key, steps: steps,
      timers: timers.sorted { ($0.due, $0.sequence) < ($1.due, $1.sequence) })
  }

  private func trigger(_ kind: JournalEntry.Kind) -> SagaHistory.Trigger? {
    switch kind {
    case .delivery(let position, _, _, _):
      .event(position, log.event(at: position)?.type ?? "")
    case .timerFired(let key, _, _): .timer(key.name)
    default: nil
    }
  }

  private func sagaData(_ key: SagaKey, stepAt start: JournalIndex) -> JSON? {
    guard let changes = timeline.entry(start)?.changes.others else { return nil }
    for change in changes.reversed() {
      if case .saga(let old, let new) = change, (new ?? old)?.key == key { return new?.data }
    }
    return nil
  }

  private func output(_ index: JournalIndex) -> SagaHistory.Output? {
    switch timeline.entry(index)?.kind {
    case .command(let type, _, _, let outcome): .command(type, outcome, index)
    case .append(let position, let type): .event(position, type)
    case .timerArmed(let key, let due, let schedule, let again):
      .armed(key.name, due: due, schedule, again: again)
    case .timerCancelled(let key): .cancelled(key.name)
    case .sagaEnded(_, let kept): .ended(kept: kept)
    default: nil
    }
  }
}
