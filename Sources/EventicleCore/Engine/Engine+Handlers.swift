extension Engine {
  /// The piece of work that comes next when the engine delivers; `nil` when nothing waits.
  package var nextWork: Work? { nextPick()?.work }

  /// The handler that performing an action runs first; `nil` when it runs none.
  package func handler(of action: InputAction) -> HandlerID? {
    switch action {
    case .deliver: nextWork.map { handler(of: $0) }
    case .dispatch(let intent): HandlerID(.command, intent.type)
    case .direct(let name): HandlerID(.command, name)
    case .fire(let key): handler(of: key)
    case .redrive(let number): world.parked(number).map { handler(of: $0.work) }
    case .swap(let view, _): HandlerID(.view, view, .on(nil))
    case .edited(let action, _): handler(of: action)
    default: nil
    }
  }

  /// The other program in which the handlers run; `nil` when they run in this process.
  package var program: (any HandlerProgram)? { registry.domain.program }

  /// Whether performing an action would call an adapter of another program, which acts where this
  /// process cannot hold it back.
  func actsOutsideElsewhere(_ action: InputAction) -> Bool {
    guard program != nil else { return false }
    return switch handler(of: action)?.kind {
    case .adapter, .subscription: true
    default: false
    }
  }

  /// The handler that a piece of work is for.
  package func handler(of work: Work) -> HandlerID {
    if case .timer(let key, _) = work { return handler(of: key) }
    return domain.handler(of: work, in: world.log)
  }

  /// The handler of a timer; that of a scheduled command is the command.
  package func handler(of timer: TimerKey) -> HandlerID {
    world.storedCommand(of: timer).map { HandlerID(.command, $0.intent.type) }
      ?? domain.handler(of: timer)
  }
}
