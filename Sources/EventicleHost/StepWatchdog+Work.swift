internal import EventicleCore

extension Engine {
  /// The handler that an input is about to run, for the watchdog.
  func work(of input: Input) -> StepWatchdog.Work {
    switch input.action {
    case .deliver: nextWork.map { watched($0) } ?? .input(input.action)
    case .fire(let key): watched(key)
    case .redrive(let number): world.parked(number).map { watched($0.work) } ?? .input(input.action)
    default: .input(input.action)
    }
  }

  private func watched(_ work: Work) -> StepWatchdog.Work {
    switch work {
    case .delivery(let delivery, _):
      .delivery(delivery.consumer, world.log.type(at: delivery.position))
    case .timer(let key, _): watched(key)
    }
  }

  private func watched(_ timer: TimerKey) -> StepWatchdog.Work {
    let command = timer.isOfCommand ? handler(of: timer) : nil
    return command.map { .input(.dispatch(CommandIntent($0.name))) } ?? .timer(timer)
  }
}
