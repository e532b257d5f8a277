/// Performs the recorded steps of a history again after a change of one of them.
///
/// Steps come in the order in which they were recorded. A delivery is made if its event is still
/// there, a timer fires if it is still armed, and everything that came from outside is done again at
/// its time. What has no counterpart in the record, because only the change led to it, is done as
/// soon as it can be. Ids are drawn from where they were drawn originally, so that what the change
/// does not touch keeps its ids.
struct HistoryRewriter {
  let old: Timeline
  /// The recorded world before the step that comes next.
  private var oldWorld: World
  private var oldPlace: JournalIndex
  private(set) var branch: Branch
  private(set) var report: RewriteReport
  /// The number of events that stay as they are.
  private let kept: Int
  /// The old place of each event of the new history that has one.
  private var known: [Position: Position] = [:]
  /// The recorded deliveries of events that were not there yet, because they come later now.
  private var missed: Set<DeliveryAddress> = []
  private let goesOn: (Int) -> Bool

  /// - Parameters:
  ///   - branch: The history as it is.
  ///   - moment: The moment up to which it stays so.
  init(_ branch: Branch, from moment: TimeCursor, goesOn: @escaping (Int) -> Bool) {
    old = branch.timeline
    self.branch = branch
    self.branch.cut(to: moment)
    // Time that has passed by itself since then passes with the steps that it came with.
    self.branch.engine.pass(until: self.branch.engine.world.clock)
    report = RewriteReport(moment: moment)
    oldWorld = self.branch.engine.world
    oldPlace = moment.entry
    kept = oldWorld.log.count
    self.goesOn = goesOn
  }

  /// Takes what comes next in the record with a change of what it gives.
  ///
  /// - Parameter numbering: Where it drew its ids from, if it comes elsewhere than it did.
  mutating func take(
    _ step: RecordedStep, _ edit: StepEdit, from numbering: Numbering? = nil
  ) throws(HistoryEditError) {
    try pass(until: step.instant)
    let action = step.input.action.plain
    guard action.isRepeatable else {
      throw .notRepeatable(step.first, phrase: action.phrase(in: old.head))
    }
    var edit = edit
    var given = action
    if case .take(var event, let reaction) = action {
      // An imported event is not appended by a handler; it is left out or changed as it comes.
      if edit.events[1] == .skip {
        lose(step, because: RewriteReport.leftOut)
        return leave(step)
      }
      if case .data(let data)? = edit.events[1] { event.data = data }
      given = .take(event, reaction: reaction)
      edit.events = [:]
    }
    if let numbering, !step.events.isEmpty {
      (edit.numbering, edit.drawsAsBefore) = (numbering, true)
    } else {
      edit.numbering = needed(by: step).ahead(of: branch.engine.world.numbering)
    }
    switch placed(given, of: step) {
    case .failure(let lost):
      if let address = step.delivery { missed.insert(address) }
      // Time passes, whether anything comes of it or not.
      if step.instant > branch.engine.world.clock { branch.engine.pass(until: step.instant) }
      lose(step, because: lost.reason)
    case .success(let placed): try perform(placed, as: step, edit)
    }
    leave(step)
    try drain()
  }

  /// Does what the record does not have, by a person.
  mutating func insert(_ action: InputAction) throws(HistoryEditError) {
    let (step, _) = branch.perform(Input(action, by: .person))
    report.fresh += Self.events(of: step).map(\.position)
    try count()
    try drain()
  }

  /// Goes past a step of the record without doing anything.
  mutating func leave(_ step: RecordedStep) {
    guard step.range.upperBound > oldPlace else { return }
    oldWorld = old.world(after: step.range.upperBound, nearby: (oldPlace, oldWorld))
    oldPlace = step.range.upperBound
  }

  /// Notes that a step does not happen any more.
  mutating func lose(_ step: RecordedStep, because reason: String) {
    let orphans = step.events.map {
      RewriteReport.Orphan(event: $0.position, entry: step.first, reason: reason)
    }
    report.orphans +=
      orphans.isEmpty
      ? [RewriteReport.Orphan(event: nil, entry: step.first, reason: reason)] : orphans
  }

  /// Does what is left to do, if nothing was left to do in the history as it was.
  mutating func finish(_ original: Branch) throws(HistoryEditError) {
    if !original.engine.hasWork {
      var steps: Int
      repeat {
        steps = report.steps
        while branch.engine.hasWork { try performFresh(.deliver) }
        try pass(until: original.engine.world.clock)
      } while report.steps > steps
    }
    let now = original.engine.comingInstant ?? original.engine.world.clock
    if now > branch.engine.world.clock { branch.engine.pass(until: now) }
    branch.isHeld = original.isHeld || branch.engine.hasWork
    branch.arrive()
  }

  // MARK: - Steps

  private struct Lost: Error { let reason: String }

  /// An action as it is performed in the new history, or why it cannot be.
  private func placed(
    _ action: InputAction, of step: RecordedStep
  ) -> Result<InputAction, Lost> {
    switch action {
    case .deliver: return delivery(step, .deliver)
    case .act(let act, let address):
      guard let place = place(of: address.position) else {
        return .failure(Lost(reason: gone(address.position)))
      }
      return .success(.act(act, on: DeliveryAddress(place, address.consumer)))
    case .fire(let key) where branch.engine.world.timers.timer(key) == nil:
      return .failure(Lost(reason: "\(old.head.title(of: key)) is not armed"))
    case .move(let group, let position):
      return .success(.move(group, after: place(of: position) ?? Position(kept)))
    case .report: return .failure(Lost(reason: "it was only said"))
    default: return .success(action)
    }
  }

  private func delivery(_ step: RecordedStep, _ action: InputAction) -> Result<InputAction, Lost> {
    guard case .delivery(let position, let consumer, _, _)? = step.kind else {
      return branch.engine.hasWork
        ? .success(action) : .failure(Lost(reason: "nothing waits for it"))
    }
    guard let place = place(of: position) else {
      return .failure(Lost(reason: gone(position)))
    }
    if case .delivery(let next, _)? = branch.engine.nextWork, next.position == place,
      next.consumer == consumer
    {
      return .success(.deliver)
    }
    return .success(.act(.deliver, on: DeliveryAddress(place, consumer)))
  }

  private func gone(_ position: Position) -> String { "\(position) is not there" }

  /// Where an event of the old history is in the new one; `nil` when it is not there any more.
  private func place(of position: Position) -> Position? {
    position.number <= kept ? position : report.places[position]
  }

  private mutating func perform(
    _ action: InputAction, as recorded: RecordedStep, _ edit: StepEdit
  ) throws(HistoryEditError) {
    let input = Input(
      action.edited(edit), by: recorded.input.origin, at: recorded.input.instant)
    let (step, _) = branch.perform(input)
    try count()
    let now = Self.events(of: step)
    if step.isEmpty, recorded.events.isEmpty {
      // A clock that is already there, or a wait that is over, loses nothing.
      if let problem = step.problem, !isClock(action) { lose(recorded, because: problem) }
      return
    }
    var free = now
    for (position, type) in recorded.events {
      if let index = free.firstIndex(where: { $0.type == type }) {
        report.places[position] = free[index].position
        known[free[index].position] = position
        free.remove(at: index)
      } else {
        report.orphans.append(
          RewriteReport.Orphan(
            event: position, entry: recorded.first,
            reason: reason(position, recorded, edit, step)))
      }
    }
    report.fresh += free.map(\.position)
  }

  private func isClock(_ action: InputAction) -> Bool {
    if case .moveClock = action { true } else { false }
  }

  private func reason(
    _ position: Position, _ recorded: RecordedStep, _ edit: StepEdit, _ step: Step
  ) -> String {
    if let number = recorded.number(of: position), edit.events[number] == .skip {
      return RewriteReport.leftOut
    }
    return edit.refusal ?? step.problem ?? "its step does not append it any more"
  }

  private static func events(of step: Step) -> [(position: Position, type: EventType)] {
    step.entries.compactMap { entry in
      switch entry.kind {
      case .append(let position, let type), .imported(let position, let type): (position, type)
      default: nil
      }
    }
  }

  /// How far ids and numbers had got when a recorded step drew them.
  private func needed(by step: RecordedStep) -> Numbering {
    let own = step.input.action.edit.numbering
    return own.map { oldWorld.numbering.upTo($0) } ?? oldWorld.numbering
  }

  // MARK: - What the record does not have

  private mutating func performFresh(_ action: InputAction) throws(HistoryEditError) {
    // Ids that recorded steps have drawn are theirs.
    var edit = StepEdit(numbering: oldWorld.numbering.ahead(of: branch.engine.world.numbering))
    edit.skipsAll = branch.takesFacts && isNextOfSaga(action)
    let (step, _) = branch.perform(Input(action.edited(edit)))
    report.fresh += Self.events(of: step).map(\.position)
    try count()
  }

  /// Whether a timer fires, or what is delivered next is for a saga.
  private func isNextOfSaga(_ action: InputAction) -> Bool {
    guard case .deliver = action, case .delivery(let next, _)? = branch.engine.nextWork else {
      return true
    }
    return next.consumer.kind == .saga
  }

  /// Makes deliveries of new events for as long as they come next.
  private mutating func drain() throws(HistoryEditError) {
    while case .delivery(let next, _)? = branch.engine.nextWork, isFresh(next) {
      try performFresh(.deliver)
    }
  }

  /// Whether no recorded step makes a delivery, or did before its event was there.
  private func isFresh(_ delivery: Delivery) -> Bool {
    guard delivery.position.number > kept else { return false }
    guard let old = known[delivery.position] else { return true }
    return missed.contains(DeliveryAddress(old, delivery.consumer))
  }

  /// Lets timers fire up to an instant that no recorded step fires.
  ///
  /// As everywhere none fires while deliveries wait.
  private mutating func pass(until instant: Instant) throws(HistoryEditError) {
    guard oldWorld.queue.isEmpty else { return }
    while let timer = freshTimer(upTo: instant) {
      try performFresh(.fire(timer.key))
      try drain()
    }
  }

  /// The next timer that falls due up to an instant and may fire; one that the record has armed just
  /// so fires when it does there, or never.
  private func freshTimer(upTo instant: Instant) -> Timer? {
    var found: Timer?
    branch.engine.world.timers.forEach { timer in
      guard timer.due <= instant else { return false }
      let isRecorded = oldWorld.timers.timer(timer.key)?.due == timer.due
      guard !isRecorded, branch.engine.holder(of: timer.key) == nil else { return true }
      found = timer
      return false
    }
    return found
  }

  private mutating func count() throws(HistoryEditError) {
    report.steps += 1
    guard goesOn(report.steps) else { throw .interrupted }
    guard report.steps < old.count + Limits.cascadeDeliveries else {
      throw .endless(steps: report.steps)
    }
  }
}
