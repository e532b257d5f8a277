import EventicleCore

/// Why a row is there: a person, a saga or a timer, with the event that made it act.
struct TailBecause {
  /// With the command or the instance: `you: PlaceOrder`, `PaymentSaga order-1 ← #1`.
  private(set) var long = StyledLine()
  /// Without: `you`, `PaymentSaga ←1`.
  private(set) var short = StyledLine()

  /// Nothing that is known.
  init() {}

  /// The event that a failed delivery brought.
  init(cause position: Position) {
    long.add("← #\(position.number)", .uiMuted)
    short.add("←\(position.number)", .uiMuted)
  }

  /// Who acted on a delivery.
  init(actBy isByUser: Bool) {
    long.add(isByUser ? "you" : "the program", .uiMuted)
    short.add(isByUser ? "you" : "program", .uiMuted)
  }

  /// Who armed a timer, or who let it fire before its time.
  init(arming owner: SagaKey, byUser: Bool, _ moment: MomentView) {
    let saga = PaneText.data(owner.saga, limit: 60)
    long.add(saga, .uiMuted)
    long.add(byUser ? " armed it, you fired it" : " armed it", .uiMuted)
    short.add(saga, .uiMuted)
  }

  /// Why a command was given or an event appended.
  init(of entry: JournalEntry, _ moment: MomentView, _ meter: inout WorkMeter) {
    if case .imported = entry.kind {
      say("imported")
      return
    }
    var command: DisplayText?
    if case .command = entry.kind { command = .empty }
    var next: JournalEntry? = entry
    // An event is made by a command, a delivery or a timer, and a command by one of the latter.
    for _ in 0..<3 {
      guard let cause = next?.cause else { break }
      meter.entriesRead += 1
      guard let origin = moment.timeline.entry(cause) else { break }
      switch origin.kind {
      case .command(let type, _, _, _): command = command ?? PaneText.data(type, limit: 60)
      case .delivery(let position, let consumer, let instance, _):
        say(of: position, consumer, instance, moment)
        return
      case .timerFired(let key, _, _):
        say(timer: key, moment)
        return
      default: break
      }
      next = origin
    }
    say("you", command: command)
  }

  private mutating func say(_ word: DisplayText, command: DisplayText? = nil) {
    long.add(word, .uiMuted)
    short.add(word, .uiMuted)
    if let command, !command.isEmpty { long.add(": " + command, .uiMuted) }
  }

  private mutating func say(
    of position: Position, _ consumer: ConsumerName, _ instance: String?, _ moment: MomentView
  ) {
    let name = PaneText.data(consumer.name, limit: 60)
    long.add(name, .uiMuted)
    short.add(name, .uiMuted)
    if let instance, consumer.kind == .saga {
      let key = SagaKey(consumer.name, instance)
      long.add(" " + PaneText.correlation(of: key, moment), .uiMuted)
    }
    long.add(" ← #\(position.number)", .uiMuted)
    short.add(" ←\(position.number)", .uiMuted)
  }

  private mutating func say(timer key: TimerKey, _ moment: MomentView) {
    let name = PaneText.data(key.name, limit: 40)
    long.add("T", .kindTimer)
    long.add(" " + name, .uiMuted)
    short.add("T", .kindTimer)
    short.add(" " + name, .uiMuted)
    long.add(" " + PaneText.correlation(of: key.owner, moment), .uiMuted)
  }
}
