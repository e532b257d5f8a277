/// The older part of a timeline, which a store has.
extension Timeline {
  /// The number of entries that are not resident.
  var offset: Int { base?.entries ?? 0 }

  /// The number of entries that are resident.
  package var residentCount: Int { count - offset }

  /// Why the older part cannot be read; what was read since is not to be relied on.
  package var fault: StoreFault? { base?.store.fault }

  /// Creates a timeline whose entries so far a store has.
  ///
  /// - Parameters:
  ///   - start: The world before the first step.
  ///   - entry: The last entry of a step.
  ///   - world: The world after it, which has its events.
  package init(
    startingWith start: World, upTo entry: JournalIndex, in store: any JournalStore,
    _ world: World
  ) {
    self.init(startingWith: world)
    let older = JournalBase(
      store: store, entries: entry.number, events: world.log.count,
      problems: store.problems(upTo: entry))
    (base, lookups, headEntry) = (older, LayeredLookups(after: older), entry)
    snapshots = [
      Snapshot(entry: JournalIndex(0), world: start.sharing(world).forSnapshot()),
      Snapshot(entry: entry, world: world.forSnapshot()),
    ]
  }

  /// Lets go of the older entries, events and worlds; from now on they are read from a store.
  ///
  /// Nothing changes for those who read. Only a world handed over by ``arrive(at:)`` after the last
  /// entry can be the head then.
  ///
  /// - Parameters:
  ///   - index: The step of this entry is the last one let go; no later than the head's.
  ///   - store: Has all steps up to there, acknowledged.
  ///   - world: The world after the last entry as its owner holds it.
  /// - Complexity: O(entries and events that were resident).
  package mutating func release(
    upTo index: JournalIndex, to store: any JournalStore, rebasing world: inout World
  ) {
    let end = stepEnd(of: JournalIndex(min(index.number, count))).number
    guard end > offset, end <= store.last.number, store.fault == nil else { return }
    let later = parts(after: end, upTo: count).map { journal.changes(ofPart: $0) }
    let bound = LogBound(
      events: world.log.count - later.reduce(0) { $0 + $1.appended },
      kept: world.histories.keptCount - later.reduce(0) { $0 + $1.kept })
    let next = JournalBase(
      store: store, entries: end, events: bound.events,
      problems: lookups.problems(upTo: JournalIndex(end)))
    let snapshot = self
    world.rebaseLog(on: store, upTo: bound)
    (head, headEntry, base) = (world, last, next)
    (journal, lookups) = (Journal(), LayeredLookups(after: next))
    for known in snapshots where known.entry.number <= end && known.entry.number > 0 {
      window.visit(known.world, at: known.entry)
    }
    window.share(head)
    snapshots = [
      Snapshot(entry: JournalIndex(0), world: start.sharing(head).forSnapshot()),
      Snapshot(
        entry: JournalIndex(end),
        world: snapshot.world(after: JournalIndex(end)).sharing(head).forSnapshot()),
    ]
    var first = end + 1
    while first <= snapshot.count {
      guard let input = snapshot.input(of: JournalIndex(first)) else { return }
      let last = snapshot.stepEnd(of: JournalIndex(first)).number
      let entries = (first...last).compactMap { snapshot.entry(JournalIndex($0)) }
      // What is sealed may not be told from what is open by now, so that the whole input is kept.
      append(
        .list(entries), of: input.action, by: input.origin, at: input.instant, head, isOpen: false)
      first = last + 1
    }
  }

  /// The world at a cursor, which stays resident for a while.
  ///
  /// - Parameter nearby: A cursor whose world is already known.
  package mutating func visit(_ cursor: TimeCursor, nearby: (TimeCursor, World)? = nil) -> World {
    let target = moment(of: cursor.entry).entry
    guard target.number < offset else { return world(at: cursor, nearby: nearby) }
    var trail: [(JournalIndex, World)] = []
    let world = storedWorld(after: target, nearby: nearby.map { ($0.0.entry, $0.1) }) {
      trail.append(($0, $1.forSnapshot()))
    }
    guard fault == nil else { return world }
    if !trail.isEmpty { window.replace(trail: trail) }
    window.visit(world.forSnapshot(), at: target)
    return world
  }

  /// The world after an entry that is not resident, replayed from a known one at or before it.
  ///
  /// - Parameter pass: Receives a world about every ``WorldWindow/interval`` entries.
  func storedWorld(
    after target: JournalIndex, nearby: (JournalIndex, World)?,
    _ pass: (JournalIndex, World) -> Void = { _, _ in }
  ) -> World {
    guard let store = base?.store else { return head }
    var found = (entry: JournalIndex(0), world: start)
    let held = store.heldWorld(atOrBefore: target)
    for known in [window.nearest(atOrBefore: target), nearby, held] {
      guard let known, known.0 <= target, known.0 > found.entry else { continue }
      // Only at the end of a step is it plain what a world has seen.
      guard stepEnd(of: known.0) == known.0 else { continue }
      found = (known.0, known.1)
    }
    if let core = store.core(atOrBefore: target), core.entry > found.entry,
      let world = store.world(after: core.entry, sharing: head)
    {
      found = (core.entry, world)
    }
    var world = found.world.sharing(head)
    var passed = found.entry.number / WorldWindow.interval
    var way: [(JournalIndex, World)] = []
    store.forEachStep(after: found.entry, upTo: target) { step in
      let start = step.first.number
      if start / WorldWindow.interval > passed {
        passed = start / WorldWindow.interval
        pass(JournalIndex(start - 1), world)
        way.append((JournalIndex(start - 1), world.forSnapshot()))
      }
      for part in step.parts where (part.entries.first?.stepStart ?? step.first) <= target {
        world.apply(completing: part.changes)
      }
      return true
    }
    world.settle()
    if target.number - found.entry.number >= WorldWindow.worthHolding {
      store.hold(world.forSnapshot(), after: target, on: way)
    }
    return world
  }

  /// Calls back with the entries after one, in order, until the body returns `false`; older ones do
  /// not say what they changed.
  ///
  /// - Complexity: O(entries).
  package func forEachEntry(
    after low: JournalIndex, _ body: (JournalIndex, JournalEntry) -> Bool
  ) {
    var goesOn = true
    if low.number < offset {
      base?.store.forEachEntry(after: low, upTo: JournalIndex(offset)) { index, entry in
        goesOn = body(index, entry)
        return goesOn
      }
    }
    var next = max(low.number, offset) + 1
    while goesOn, next <= count {
      guard let entry = entry(JournalIndex(next)) else { return }
      goesOn = body(JournalIndex(next), entry)
      next += 1
    }
  }

  /// A step that is not resident, by an entry of it.
  func storedStep(of index: JournalIndex) -> (range: ClosedRange<Int>, step: StoredStep)? {
    guard let store = base?.store, let range = store.step(of: index) else { return nil }
    var found: StoredStep?
    store.forEachStep(after: JournalIndex(range.first.number - 1), upTo: range.first) { step in
      found = step
      return false
    }
    return found.map { (range.first.number...max(range.first.number, range.last.number), $0) }
  }

  /// The changes of the part of a step that begins at an entry, with what they replaced.
  ///
  /// - Complexity: That of reaching the world before, when the entry is not resident.
  package func changes(of index: JournalIndex) -> StepChanges {
    guard index.number <= offset else { return entry(index)?.changes ?? .none }
    guard let (range, step) = storedStep(of: index) else { return .none }
    var world = world(after: JournalIndex(range.lowerBound - 1))
    for part in step.parts {
      let complete = world.apply(completing: part.changes)
      if part.entries.first?.stepStart == index { return complete }
    }
    return .none
  }

  /// The entries after one in the same part of its step, which is not resident, that it caused.
  func storedEffects(of index: JournalIndex) -> [JournalIndex] {
    guard let (_, step) = storedStep(of: index) else { return [] }
    var found: [JournalIndex] = []
    for part in step.parts {
      guard let first = part.entries.first?.stepStart.number,
        (first..<(first + part.entries.count)).contains(index.number)
      else { continue }
      for (place, entry) in part.entries.enumerated() where entry.cause == index {
        if first + place > index.number { found.append(JournalIndex(first + place)) }
      }
    }
    return found
  }
}

extension Engine {
  /// Lets go of the older part of a timeline, and of the world's events in it.
  ///
  /// See ``Timeline/release(upTo:to:rebasing:)``.
  package mutating func release(
    _ timeline: inout Timeline, upTo index: JournalIndex, to store: any JournalStore
  ) {
    timeline.release(upTo: index, to: store, rebasing: &world)
  }
}
