/// The life of one saga instance, step by step, according to the journal.
public struct SagaHistory: Sendable {
  /// The trigger of a step.
  public enum Trigger: Sendable, Hashable {
    /// An event of the log.
    case event(Position, EventType)
    /// A timer, by its name.
    case timer(String)
  }

  /// One result of a step.
  public enum Output: Sendable, Hashable {
    /// A command that was dispatched, with its outcome and journal entry.
    case command(String, CommandOutcome, JournalIndex)
    /// An event that was emitted.
    case event(Position, EventType)
    /// A timer that was armed.
    case armed(String, due: Instant, TimerSchedule, again: Bool)
    /// A timer that was cancelled.
    case cancelled(String)
    /// The end of the instance; `kept` says whether its data can still be read.
    case ended(kept: Bool)
  }

  /// One step: the instance handled an event or a timer.
  public struct Step: Sendable {
    /// The journal entry of the step.
    public let entry: JournalIndex
    /// The event or timer that triggered the step.
    public let trigger: Trigger
    /// The instant at which the step was taken, on the world's clock.
    public let instant: Instant
    /// The changes in the instance's data.
    public let changes: [Difference]
    /// The instance's data after the step.
    public let data: JSON
    /// What the step caused, in order.
    public let outputs: [Output]
    /// The sentence of the failure, if the step failed.
    public let problem: String?
    /// Whether a person requested the step.
    public let isByUser: Bool
    /// Whether the step is after the time cursor.
    public let isAhead: Bool
  }

  /// The instance at the cursor; `nil` before its start and after its removal.
  public let instance: SagaInstance?
  /// The saga's name and the instance's id.
  public let key: SagaKey
  /// All recorded steps, oldest first, including those after the cursor.
  public let steps: [Step]
  /// The timers that are armed at the cursor, ordered by due time.
  public let timers: [Timer]
}

extension MomentView {
  /// The life of a saga instance; O(steps of the instance).
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
