import EventicleCore

extension Checker {
  mutating func takeDelivery(
    _ position: Int, _ consumer: ConsumerName, _ instance: String?, _ outcome: StepOutcome,
    _ input: Input?, _ world: World
  ) throws {
    guard let index = names[consumer] else { return }
    let isRedrive = input?.isRedrive ?? false
    var fact = facts[position - 1]
    if isRedrive, let edited { fact.data = edited }
    let what = "\(consumer) and #\(position)"
    if outcome == .ignored("nobody handles it any more") {
      throw Violation(.nothingIsLeftOut, "\(what): it was offered to nobody.")
    }
    if !isRedrive { try checkTurn(index, position, fact, outcome, what) }
    if case .ignored(let reason) = outcome, reason.hasPrefix(Checker.behind), !isRedrive {
      return try takeBehind(index, position, what)
    }
    if consumer.kind == .saga {
      try takeSagaStep(consumer.name, fact, instance, outcome, isRedrive, world, what)
    } else {
      try checkHandler(index, fact, outcome, isRedrive, what)
    }
    accounts[index].tally[Checker.slot(outcome)] += 1
    switch outcome {
    case .retrying(_, let attempt, let until):
      accounts[index].pending[position] = (attempt, until)
      return
    case .stopped:
      accounts[index].pending[position] = (0, clock)
      accounts[index].isWaiting = true
      return
    case .failed:
      guard !isRedrive else { break }
      try takeParked(world, what) { work in
        guard case .delivery(let delivery, let owner) = work else { return false }
        return delivery.position.number == position && delivery.consumer == consumer
          && owner ?? instance == instance
      }
    case .handled, .started:
      if consumer.kind != .saga { try fold(index, fact, world, what) }
      accounts[index].handled[position] &+= 1
      if plan.everybody[index].options.isIdempotent, accounts[index].handled[position] > 1 {
        throw Violation(
          .dealtWithOnce, "\(what): handled twice by a consumer that handles each event once.")
      }
      if !isRedrive, fact.number("w") == index, fact.number("p") > 0 {
        let key = consumer.kind == .saga ? (instance ?? "") : fact.lane
        if consumer.kind == .saga, let busy = accounts[index].busy[key], busy > clock {
          throw Violation(.busyKeysWait, "\(what): \(key) is busy until \(busy).")
        }
        accounts[index].busy[key] = clock + .milliseconds(Int64(fact.number("p")))
      }
    case .duplicate:
      guard accounts[index].handled[position] > 0 else {
        throw Violation(.dealtWithOnce, "\(what): taken for handled, but it never was.")
      }
    case .ignored, .skipped, .offered: break
    }
    // A redrive by a person does not affect what the group itself is still trying.
    guard !isRedrive else { return }
    accounts[index].pending[position] = nil
    accounts[index].behind.remove(position)
    accounts[index].done[position] &+= 1
    if accounts[index].done[position] > 1 {
      throw Violation(.dealtWithOnce, "\(what): dealt with twice.")
    }
  }

  /// Records an event that was put behind other work; it still has to be handled.
  private mutating func takeBehind(_ index: Int, _ position: Int, _ what: String) throws {
    guard plan.everybody[index].name.kind == .saga, accounts[index].done[position] == 0 else {
      throw Violation(.nothingIsLeftOut, "\(what): it was put behind other work for no reason.")
    }
    accounts[index].behind.insert(position)
  }

  /// Checks that it was the consumer's turn, with this event: in order by key, at the right time.
  private mutating func checkTurn(
    _ index: Int, _ position: Int, _ fact: Fact, _ outcome: StepOutcome, _ what: String
  ) throws {
    if accounts[index].isWaiting { throw Violation(.groupsObey, "\(what): its group was to wait.") }
    if !accounts[index].isOpen { throw Violation(.groupsObey, "\(what): its group was closed.") }
    let key = plan.everybody[index].name.kind == .saga ? (fact.data["k"].string ?? "") : fact.lane
    let earlier = accounts[index].last[key] ?? 0
    let isAgain = accounts[index].again.contains(position)
    if earlier > position, !isAgain {
      throw Violation(.orderIsKept, "\(what): #\(earlier) of the same key came first.")
    }
    for pending in accounts[index].pending.keys where pending < position && !isAgain {
      if facts[pending - 1].lane == fact.lane, !accounts[index].again.contains(pending) {
        throw Violation(.orderIsKept, "\(what): #\(pending) of the same key waits in front of it.")
      }
    }
    if !isAgain { accounts[index].last[key] = position }
    if let busy = accounts[index].busy[fact.lane], busy > clock {
      throw Violation(.busyKeysWait, "\(what): its key is busy until \(busy).")
    }
    if let known = accounts[index].pending[position] {
      if known.until > clock { throw Violation(.policiesDecide, "\(what): tried again too early.") }
      if case .retrying(_, let attempt, _) = outcome, attempt != known.attempt + 1 {
        throw Violation(
          .policiesDecide, "\(what): attempt \(attempt) came after attempt \(known.attempt).")
      }
    } else if case .retrying(_, let attempt, _) = outcome, attempt != 1 {
      throw Violation(.policiesDecide, "\(what): the first attempt counts as \(attempt).")
    }
    if case .retrying(_, let attempt, _) = outcome,
      attempt > plan.everybody[index].options.policy.retries
    {
      throw Violation(.policiesDecide, "\(what): tried too often.")
    }
  }

  /// Checks that a handler failed exactly when its event told it to.
  private func checkHandler(
    _ index: Int, _ fact: Fact, _ outcome: StepOutcome, _ isRedrive: Bool, _ what: String
  ) throws {
    let shouldFail =
      fact.number("w") == index
      && clock < fact.createdAt + .milliseconds(Int64(fact.number("b")))
    if outcome == .duplicate { return }
    guard (outcome.problem != nil) == shouldFail else {
      throw Violation(
        .policiesDecide, "\(what): \(outcome), though it should \(shouldFail ? "" : "not ")fail.")
    }
    if isRedrive { return }
    let ending = plan.everybody[index].options.policy.ending
    switch outcome {
    case .failed where ending != .park, .skipped where ending != .skip,
      .stopped where ending != .stop:
      throw Violation(.policiesDecide, "\(what): \(outcome), but its policy ends with \(ending).")
    default: break
    }
  }

  /// Folds an event into the expected rows of a view, and compares.
  private mutating func fold(
    _ index: Int, _ fact: Fact, _ world: World, _ what: String
  ) throws {
    let consumer = plan.everybody[index]
    guard consumer.name.kind != .adapter else { return }
    let place = Row(workspace: fact.workspace, key: fact.key)
    var row = accounts[index].rows[place] ?? (0, 0)
    row.count += 1
    row.sum += fact.number("n")
    accounts[index].rows[place] = row
    let record = world.record(RecordKey(consumer.name.name, fact.key, in: fact.workspace))
    guard record?.content["c"].integer == row.count, record?.content["n"].integer == row.sum else {
      throw Violation(
        .viewsAreFolds, "\(what): the row of \(fact.key) should count \(row.count), sum \(row.sum)."
      )
    }
  }

  /// Records the newest parked work; work that is already parked keeps its number.
  mutating func takeParked(_ world: World, _ what: String, _ fits: (Work) -> Bool) throws {
    let number = world.lastNumber(.parked)
    if parked[number] == nil, let work = world.parked(number), fits(work.work) {
      parked[number] = work
      return
    }
    let isParked = parked.values.contains { known in
      fits(known.work) && known.parkedAt == world.clock && world.parked(known.number) == known
    }
    guard isParked else {
      throw Violation(.parkedIsKept, "\(what): it failed and is not parked.")
    }
  }

  mutating func takeGroup(_ group: GroupName, _ action: GroupAction, _ world: World) {
    guard let index = plan.everybody.firstIndex(where: { $0.group == group }) else { return }
    switch action {
    case .subscribed(let position):
      accounts[index].isOpen = true
      accounts[index].isWaiting = false
      accounts[index].exempt = min(accounts[index].exempt, position.number)
    case .paused: accounts[index].isWaiting = true
    case .resumed: accounts[index].isWaiting = false
    case .moved(let position): move(index, to: position.number)
    case .closed, .deleted: accounts[index].isOpen = false
    case .rebuilt, .migrated: break
    }
  }

  private mutating func move(_ index: Int, to position: Int) {
    accounts[index].exempt = max(accounts[index].exempt, position)
    for later in accounts[index].done.indices where later > position {
      accounts[index].done[later] = 0
    }
    for (key, last) in accounts[index].last where last > position {
      accounts[index].last[key] = position
    }
    accounts[index].pending = [:]
    accounts[index].behind = []
    accounts[index].busy = [:]
    accounts[index].again = []
  }

  static func slot(_ outcome: StepOutcome) -> Int {
    switch outcome {
    case .handled, .started: 0
    case .ignored, .offered: 1
    case .failed, .stopped: 2
    case .retrying: 3
    case .skipped: 4
    case .duplicate: 5
    }
  }
}
