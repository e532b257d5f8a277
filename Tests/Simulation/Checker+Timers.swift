import EventicleCore

extension Checker {
  mutating func takeArmed(
    _ key: TimerKey, _ due: Instant, _ schedule: TimerSchedule, _ again: Bool
  ) throws {
    let expected: Instant =
      switch schedule {
      case .once(let interval): clock + interval
      case .at(let instant): instant
      case .cron: nextCron(key, after: clock)
      }
    guard due == expected else {
      throw Violation(.timersAreKept, "\(key) is due at \(due), not \(expected).")
    }
    guard (timers.updateValue(due, forKey: key) != nil) == again else {
      throw Violation(
        .timersAreKept, "\(key) was armed \(again ? "again" : "anew"), which is not so.")
    }
    _ = callOff(key)
  }

  mutating func takeCancelled(_ key: TimerKey) throws {
    let wasWaiting = callOff(key)
    guard timers.removeValue(forKey: key) != nil || wasWaiting else {
      throw Violation(.timersAreKept, "\(key) was called off without being armed.")
    }
  }

  /// Cancels the steps that a fired timer still owes, because the timer is armed again or removed.
  ///
  /// - Returns: Whether there was one that had not been cancelled before.
  private mutating func callOff(_ key: TimerKey) -> Bool {
    guard let waiting = owed[key] else { return false }
    owed[key] = waiting.map { Owed(due: $0.due, isOff: true) }
    return waiting.contains { !$0.isOff }
  }

  /// The next time of a saga's cron timer, computed without parsing the expression.
  private func nextCron(_ key: TimerKey, after instant: Instant) -> Instant {
    let number = Int(key.owner.saga.dropFirst()) ?? 0
    let step = Int64(plan.habits[number].cronMinutes) * 60_000
    return Instant(milliseconds: (instant.milliseconds / step + 1) * step)
  }

  mutating func takeFired(
    _ key: TimerKey, _ due: Instant, _ outcome: StepOutcome, _ input: Input?,
    _ world: World
  ) throws {
    guard let index = names[ConsumerName(.saga, key.owner.saga)] else { return }
    let isRedrive = input?.isRedrive ?? false
    var waited: Owed?
    let isFire = fires(key, due, input)
    if isFire {
      guard let known = timers[key], known == due else {
        throw Violation(.timersAreKept, "\(key) fired, but was not armed for \(due).")
      }
      guard due <= clock else { throw Violation(.timersAreKept, "\(key) fired early.") }
      // A group that is catching up fires the overdue timers of its own saga among its events.
      let isCatchingUp = if case .deliver? = input?.action { true } else { false }
      let rivals = firing.filter { !isCatchingUp || $0.key.owner.saga == key.owner.saga }
      if let first = rivals.values.min(), first < due {
        throw Violation(
          .timersAreKept, "\(key), due at \(due), fired before one that was due at \(first).")
      }
      timers[key] = key.name == "c" ? nextCron(key, after: clock) : nil
    } else if !isRedrive {
      waited = try takeOwed(key, due)
      if accounts[index].isWaiting {
        throw Violation(.groupsObey, "\(key): its group was to wait.")
      }
    }
    let isTaken = if case .ignored = outcome { isRedrive } else { true }
    if isTaken { accounts[index].tally[Checker.slot(outcome)] += 1 }
    if let waited, waited.isOff, isTaken {
      throw Violation(
        .timersAreKept, "\(key), due at \(due), took a step, but was armed anew or called off.")
    }
    switch outcome {
    case .ignored(let reason):
      if isFire, reason.hasPrefix(Checker.behind) {
        guard isAtWork(key.owner, of: index) else {
          throw Violation(.timersAreKept, "\(key) was made to wait behind nothing.")
        }
        owed[key, default: []].append(Owed(due: due))
        return
      }
      if isFire, reason == Checker.standsFor {
        guard owed[key]?.contains(where: { !$0.isOff }) ?? false else {
          throw Violation(.timersAreKept, "\(key) was left out, but nothing stands for it.")
        }
        return
      }
      guard instances[key.owner] != nil else { return }
      guard let waited, waited.isOff, reason == Checker.calledOff else {
        throw Violation(
          .sagaStepsAreKept, "\(key) was ignored because \(reason), but its instance is live.")
      }
    case .handled:
      guard var state = instances[key.owner] else {
        throw Violation(.nothingAfterTheEnd, "\(key) took a step after the end of its instance.")
      }
      state.steps += 1
      instances[key.owner] = state
      try compare(key.owner, world, "\(key)")
    case .retrying: owed[key, default: []].insert(Owed(due: due), at: 0)
    case .stopped:
      owed[key, default: []].insert(Owed(due: due), at: 0)
      accounts[index].isWaiting = true
    case .failed:
      if !isRedrive { try takeParked(world, "\(key)") { $0 == .timer(key, due: due) } }
    default: break
    }
  }

  /// Whether a timer fires now, as opposed to taking a step owed since it fired.
  private func fires(_ key: TimerKey, _ due: Instant, _ input: Input?) -> Bool {
    switch input?.action {
    case .fire: return true
    case .deliver:
      let owes = owed[key]?.contains { $0.due == due } ?? false
      return timers[key] == due && !owes
    default: return false
    }
  }

  /// The armed timers whose group is not waiting.
  var firing: [TimerKey: Instant] {
    timers.filter { key, _ in
      names[ConsumerName(.saga, key.owner.saga)].map { !accounts[$0].isWaiting } ?? true
    }
  }

  /// Removes a step that a timer owes; owed steps are taken in the order of firing.
  private mutating func takeOwed(_ key: TimerKey, _ due: Instant) throws -> Owed {
    guard let place = owed[key]?.firstIndex(where: { $0.due == due }),
      let waited = owed[key]?.remove(at: place)
    else {
      throw Violation(.timersAreKept, "\(key) took a step for \(due) that it did not owe.")
    }
    guard place == 0 else {
      throw Violation(.orderIsKept, "\(key), due at \(due), came before what fired earlier.")
    }
    if owed[key]?.isEmpty ?? false { owed[key] = nil }
    return waited
  }

  /// Whether an instance has work behind which a timer of its own may wait.
  private func isAtWork(_ owner: SagaKey, of index: Int) -> Bool {
    let account = accounts[index]
    if let busy = account.busy[owner.instanceID], busy > clock { return true }
    if owed.keys.contains(where: { $0.owner == owner }) { return true }
    let keys = instances[owner]?.keys ?? []
    return facts.indices.contains { place in
      account.done[place + 1] == 0 && facts[place].home == DomainPlan.sagaStream.text
        && keys.contains(facts[place].data["k"].string ?? "")
    }
  }

  /// Checks that exactly the expected timers are armed, with the first one due in front.
  func compareTimers(_ world: World) throws {
    guard world.timers.count == timers.count else {
      throw Violation(
        .timersAreKept, "\(world.timers.count) timers are armed, not \(timers.count).")
    }
    guard world.timers.next?.due == timers.values.min() else {
      throw Violation(
        .timersAreKept,
        "The next timer is due at \(world.timers.next.map { "\($0.due)" } ?? "no moment"), not "
          + "\(timers.values.min().map { "\($0)" } ?? "at any").")
    }
  }
}
