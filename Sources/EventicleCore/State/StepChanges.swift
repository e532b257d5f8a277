/// Everything that one step of the engine changed; applied and reverted as a whole.
///
/// What nearly every step changes is stored as a form, from which the changes are made when
/// somebody asks for them.
package struct StepChanges: Sendable {
  /// The differences besides the appended events, the draws and the clock.
  enum Form: Sendable {
    /// These, in the order in which they were made.
    case list([Change])
    /// The delivery left the queue, and its consumer handled it.
    case handled(QueuedDelivery)
    /// Events were queued for the same consumers.
    case offered(OfferedEvents)
  }

  /// How the clock moved.
  struct ClockMove: Sendable {
    let old: Instant
    let new: Instant
  }

  /// The number of events appended to the log.
  package let appended: Int
  /// The number of events added to histories without being published.
  package let kept: Int
  /// The number of draws from the random source.
  package let draws: Int
  /// How the clock moved before everything else; `nil` when it stood, or when the list says it.
  let clock: ClockMove?
  let form: Form

  /// A step that changed nothing.
  package static let none = StepChanges(appended: 0, kept: 0, draws: 0, others: [])

  init(appended: Int, kept: Int, draws: Int, others: [Change]) {
    self.init(appended: appended, kept: kept, draws: draws, clock: nil, form: .list(others))
  }

  init(appended: Int, kept: Int, draws: Int, clock: ClockMove?, form: Form) {
    self.appended = appended
    self.kept = kept
    self.draws = draws
    self.clock = clock
    self.form = form
  }

  /// Whether nothing changed.
  package var isEmpty: Bool { count == 0 && draws == 0 }

  /// The number of differences: the cost of applying or reverting them.
  package var count: Int {
    let others =
      switch form {
      case .list(let changes): changes.count
      case .handled: 2
      case .offered(let events): events.deliveryCount
      }
    return appended + kept + others + (clock == nil ? 0 : 1)
  }

  /// All other differences, in the order in which they were made; free where a list holds them.
  package var others: [Change] {
    if clock == nil, case .list(let changes) = form { return changes }
    var all: [Change] = []
    all.reserveCapacity(count - appended - kept)
    if let clock { all.append(.clock(old: clock.old, new: clock.new)) }
    switch form {
    case .list(let changes): all += changes
    case .handled(let delivery):
      all.append(.dequeued(delivery))
      all.append(.tallied(delivery.consumer, .handled))
    case .offered(let events): events.forEach { all.append(.enqueued($0)) }
    }
    return all
  }

  /// The differences that only a list can hold; others change no saga, timer or record.
  var listed: [Change] { if case .list(let changes) = form { changes } else { [] } }
}

extension StepChanges {
  /// Sums up what a transaction changed, taking its list only when the form needs it.
  init(taking changes: inout [Change], draws: Int) {
    var (appended, kept) = (0, 0)
    for index in changes.indices {
      switch changes[index] {
      case .appended: appended += 1
      case .kept: kept += 1
      default: break
      }
    }
    if let form = StepChanges.form(of: changes, events: appended + kept) {
      var clock: ClockMove?
      if case .clock(let old, let new)? = changes.first { clock = ClockMove(old: old, new: new) }
      self.init(appended: appended, kept: kept, draws: draws, clock: clock, form: form)
      return
    }
    guard appended + kept > 0 else {
      self.init(appended: 0, kept: 0, draws: draws, others: changes)
      changes = []
      return
    }
    var rest: [Change] = []
    rest.reserveCapacity(changes.count - appended - kept)
    for change in changes {
      switch change {
      case .appended, .kept: continue
      default: rest.append(change)
      }
    }
    self.init(appended: appended, kept: kept, draws: draws, others: rest)
  }

  /// The form that says all changes besides the events and a clock that moved first; `nil` when
  /// they need a list.
  @inline(__always)
  private static func form(of changes: [Change], events: Int) -> Form? {
    var start = 0
    if case .clock? = changes.first { start = 1 }
    switch changes.count - start - events {
    case 0: return .list([])
    case 2 where events == 0:
      guard case .dequeued(let delivery) = changes[start],
        case .tallied(delivery.consumer, .handled) = changes[start + 1]
      else { return nil }
      return .handled(delivery)
    default: return nil
    }
  }

  /// The same without the events, which are in the log and in the histories already.
  var withoutEvents: StepChanges {
    StepChanges(appended: 0, kept: 0, draws: draws, clock: clock, form: form)
  }
}
