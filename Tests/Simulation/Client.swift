import EventicleCore

/// A user of the engine: it records acknowledgements and retries unacknowledged inputs.
struct Client {
  struct Sent: Sendable {
    var event: NewEvent
    let stream: StreamName
  }

  /// A command under an idempotency key, and the number of events it makes, however often it is
  /// dispatched.
  struct Asked: Sendable {
    let intent: CommandIntent
    let key: String
    let events: Int
  }

  /// The commands dispatched under keys.
  private(set) var asked: [Asked] = []
  /// Emitted events that were not acknowledged.
  private(set) var unheard: [Sent] = []
  /// Emitted events that were acknowledged.
  private(set) var heard: [Sent] = []
  /// The number of external effects, by adapter and event.
  private(set) var effects: [String: Int] = [:]

  mutating func asks(_ asked: Asked) { self.asked.append(asked) }

  mutating func sends(_ sent: Sent) { unheard.append(sent) }

  mutating func takesUnheard() -> Sent? { unheard.isEmpty ? nil : unheard.removeFirst() }

  /// Records the acknowledgement of an input.
  mutating func isTold(of input: Input, _ step: Step) {
    guard case .emit(let events, let stream) = input.action, step.problem == nil else { return }
    for event in events where event.id != nil {
      unheard.removeAll { $0.event.id == event.id }
      heard.append(Sent(event: event, stream: stream))
    }
  }

  /// Records an external effect.
  mutating func effect(_ row: String, _ checker: Checker) throws {
    let parts = row.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, checker.hasHandled(String(parts[0]), String(parts[1])) else {
      throw Violation(
        .effectsFollowSteps, "\(row) happened outside, but its step was never written.")
    }
    effects[row, default: 0] += 1
  }

  /// Checks what must hold at the end of a run.
  func finish(_ world: World, _ checker: Checker) throws {
    for sent in heard {
      guard let id = sent.event.id, let position = world.log.position(of: id),
        world.log.event(at: position)?.data == sent.event.data
      else {
        throw Violation(
          .acknowledgedIsKept, "\(sent.event.id?.text ?? "") was acknowledged and is lost.")
      }
    }
    for (index, consumer) in checker.plan.everybody.enumerated()
    where consumer.name.kind == .adapter {
      for (number, fact) in checker.facts.enumerated()
      where checker.accounts[index].handled[number + 1] > 0 {
        guard effects["\(consumer.name.name)/\(fact.id)", default: 0] > 0 else {
          throw Violation(
            .effectsFollowSteps,
            "\(consumer.name) handled #\(number + 1), but nothing happened outside.")
        }
      }
    }
  }
}
