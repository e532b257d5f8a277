/// The life of one saga instance, step by step, according to the journal; all of it, or the steps in
/// a window.
public struct SagaHistory: Sendable {
  /// What made an instance take a step.
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
    /// Where the journal has the step.
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
    /// Whether the timer that triggered the step stays armed, as one with a cron schedule does.
    public let leavesTimerArmed: Bool
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
  /// The recorded steps in the window, oldest first, including those after the cursor.
  public let steps: [Step]
  /// The number of recorded steps before the window.
  public let skipped: Int
  /// The number of recorded steps, including those after the cursor.
  public let count: Int
  /// The number of recorded steps up to the cursor, and how many of them failed.
  public let past: (all: Int, failed: Int)
  /// The instant of the first recorded step.
  public let startedAt: Instant?
  /// The names of the timers that were armed when the window's first step was taken, sorted.
  public let armedBefore: [String]
  /// The timers that are armed at the cursor, ordered by due time.
  public let timers: [Timer]
}

extension MomentView {
  /// The life of a saga instance.
  ///
  /// - Parameters:
  ///   - step: The index, from 0, of the step in the middle of the window.
  ///   - reach: The number of steps before and after it that are given; absent for all.
  /// - Complexity: O(steps in the window + log steps of the instance).
  public func history(of key: SagaKey, around step: Int = 0, reach: Int? = nil) -> SagaHistory {
    let count = timeline.steps(of: key, upTo: timeline.last).all
    let middle = max(0, min(step, count - 1))
    let first = reach.map { max(0, middle - max(0, $0)) } ?? 0
    let end = reach.map { min(count, middle + max(0, $0) + 1) } ?? count
    var steps: [SagaHistory.Step] = []
    steps.reserveCapacity(max(0, end - first))
    let before = first > 0 ? instance(key, afterStep: first) : nil
    var data = before?.data ?? .emptyObject
    var armed = before?.timers ?? []
    for number in first..<max(first, end) {
      guard let index = timeline.step(number + 1, of: key), let entry = timeline.entry(index),
        let trigger = trigger(entry.kind)
      else { continue }
      let old = data
      if let after = state(of: key, stepAt: entry.stepStart) {
        (data, armed) = (after.data, after.timers)
      }
      let outputs = timeline.effects(of: index).compactMap { output($0) }
      steps.append(
        SagaHistory.Step(
          entry: index, trigger: trigger, instant: entry.instant,
          changes: differences(from: old, to: data), data: data,
          outputs: outputs, leavesTimerArmed: leavesArmed(trigger, armed, outputs),
          problem: entry.kind.problem, isByUser: entry.isByUser,
          isAhead: index > cursor.entry))
    }
    let instance = world.sagas.instance(key)
    let timers = (instance?.timers ?? []).compactMap { world.timers.timer(TimerKey(key, $0)) }
    return SagaHistory(
      instance: instance, key: key, steps: steps, skipped: first, count: count,
      past: timeline.steps(of: key, upTo: cursor.entry),
      startedAt: timeline.step(1, of: key).flatMap { timeline.entry($0)?.instant },
      armedBefore: before?.timers.sorted() ?? [],
      timers: timers.sorted { ($0.due, $0.sequence) < ($1.due, $1.sequence) })
  }

  private func leavesArmed(
    _ trigger: SagaHistory.Trigger, _ armed: [String], _ outputs: [SagaHistory.Output]
  ) -> Bool {
    guard case .timer(let name) = trigger, armed.contains(name) else { return false }
    return !outputs.contains { output in
      if case .armed(name, _, _, _) = output { true } else { false }
    }
  }

  /// The instance as a step left it; a failed step leaves what an earlier one did.
  private func instance(_ key: SagaKey, afterStep number: Int) -> SagaInstance? {
    var number = number
    while number > 0, let index = timeline.step(number, of: key) {
      if let start = timeline.entry(index)?.stepStart, let state = state(of: key, stepAt: start) {
        return state
      }
      number -= 1
    }
    return nil
  }

  private func trigger(_ kind: JournalEntry.Kind) -> SagaHistory.Trigger? {
    switch kind {
    case .delivery(let position, _, _, _):
      .event(position, log.event(at: position)?.type ?? "")
    case .timerFired(let key, _, _): .timer(key.name)
    default: nil
    }
  }

  /// The instance after an engine's step; `nil` when the step did not change it, or removed it.
  private func state(of key: SagaKey, stepAt start: JournalIndex) -> SagaInstance? {
    guard let changes = timeline.entry(start)?.changes.others else { return nil }
    for change in changes.reversed() {
      if case .saga(let old, let new) = change, (new ?? old)?.key == key { return new }
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
