internal import EventicleCore
internal import Synchronization

extension EngineExecutor {
  func beginShutdown(
    draining isDraining: Bool, _ reply: @escaping @Sendable (Int) -> Void
  ) -> Answer {
    closing.append(reply)
    connection = .draining
    publisher.publish(
      PublishedState(world: publisher.current.world, connection: connection))
    if isDraining { settle() } else { adapters.cancelAll() }
    return { _ in }
  }

  func close() -> Answer {
    // Adapters are paused first, so that nothing leaves the program while the rest is closed.
    for group in engine.domain.adapters.map(\.group) + adapters.groups { take(.pause(group)) }
    shut()
    let left = engine.world.queue.count + engine.openOffers
    log.closed(engine.domain, undone: left)
    let replies = closing
    closing = []
    return { _ in for reply in replies { reply(left) } }
  }

  func shut() {
    connection = .closed
    mailbox.withLock { $0.isClosed = true }
    alarm?.set(nil)
  }
}
