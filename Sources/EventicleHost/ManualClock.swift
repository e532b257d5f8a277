public import EventicleCore
internal import Synchronization

/// A clock that moves only when told to, so that tests need not wait.
///
///     let clock = ManualClock(startingAt: .standardStart)
///     let host = try EventicleHost(domain, clock: clock)
///     clock.advance(by: .minutes(5))
///     await host.settle()
public final class ManualClock: HostClock {
  fileprivate struct State {
    var now: Instant
    var alarms: [Int: Alarm.Setting] = [:]
    var nextAlarm = 0
  }

  private let state: Mutex<State>

  /// Creates a clock that shows an instant.
  public init(startingAt moment: Instant = .standardStart) {
    state = Mutex(State(now: moment))
  }

  /// The present for everything that uses the clock, until it is moved.
  public var now: Instant { state.withLock { $0.now } }

  /// Moves the clock forward and rings the alarms that are due; a negative interval counts as zero.
  public func advance(by interval: Interval) {
    let due = state.withLock { state -> [@Sendable () -> Void] in
      state.now = max(state.now, state.now + interval)
      return state.takeDue()
    }
    for ring in due { ring() }
  }

  /// Makes an alarm that rings on the thread that moves the clock to its instant or past it.
  public func alarm(_ ring: @escaping @Sendable () -> Void) -> any HostAlarm {
    let number = state.withLock { state in
      state.nextAlarm += 1
      state.alarms[state.nextAlarm] = Alarm.Setting(moment: nil, ring: ring)
      return state.nextAlarm
    }
    return Alarm(clock: self, number: number)
  }

  private func set(_ number: Int, _ moment: Instant?) {
    let due = state.withLock { state -> [@Sendable () -> Void] in
      state.alarms[number]?.moment = moment
      return state.takeDue()
    }
    for ring in due { ring() }
  }

  private func forget(_ number: Int) { state.withLock { $0.alarms[number] = nil } }

  fileprivate final class Alarm: HostAlarm {
    struct Setting {
      var moment: Instant?
      let ring: @Sendable () -> Void
    }

    let clock: ManualClock
    let number: Int

    init(clock: ManualClock, number: Int) {
      self.clock = clock
      self.number = number
    }

    deinit { clock.forget(number) }

    func set(_ moment: Instant?) { clock.set(number, moment) }
  }
}

extension ManualClock.State {
  /// Removes the alarms that are due, so that each rings once.
  fileprivate mutating func takeDue() -> [@Sendable () -> Void] {
    var rings: [@Sendable () -> Void] = []
    for (number, setting) in alarms {
      guard let moment = setting.moment, moment <= now else { continue }
      alarms[number]?.moment = nil
      rings.append(setting.ring)
    }
    return rings
  }
}
