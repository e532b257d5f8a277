/// The journal, with access to the world after any of its entries.
///
/// A value whose copies share storage. Reaching a world takes the nearest snapshot and applies or
/// reverts the changes in between; no handler runs.
public struct Timeline: Sendable {
  struct Snapshot: Sendable {
    let entry: JournalIndex
    let world: World
  }

  /// The newest world handed over, usually the one after the last entry.
  public internal(set) var head: World
  var headEntry = JournalIndex(0)
  /// The resident entries: those after the first `offset`.
  var journal = Journal()
  var snapshots: [Snapshot]
  /// The world before the first step.
  package var start: World { snapshots[0].world }
  private var interval = Limits.snapshotInterval
  var lookups = LayeredLookups()
  /// The older part, which is not resident.
  var base: JournalBase?
  /// Worlds of the older part.
  var window = WorldWindow()

  /// The most snapshots kept; beyond it every other one is dropped and the interval doubles.
  private static let mostSnapshots = 32

  /// Creates an empty timeline that begins with a world.
  public init(startingWith world: World) {
    head = world
    snapshots = [Snapshot(entry: JournalIndex(0), world: world.forSnapshot())]
  }

  /// The index of the last entry, which is also the number of entries.
  public var last: JournalIndex { JournalIndex(count) }

  /// The number of entries.
  public var count: Int { offset + journal.count }

  /// The entry at an index; O(1).
  ///
  /// An entry that is not resident does not say what its changes replaced; see
  /// ``changes(of:)``.
  public func entry(_ index: JournalIndex) -> JournalEntry? {
    guard index.number >= 1, index.number <= count else { return nil }
    let offset = offset
    if index.number <= offset { return base?.store.entry(index) }
    let entry = journal.entry(index.number - offset, head.log)
    return offset == 0 ? entry : entry.moved(by: offset)
  }

  // MARK: - Recording

  /// Appends the entries of one step with its input; nothing for a step without entries.
  ///
  /// - Parameters:
  ///   - world: The world after the step; kept only where a snapshot is due, so that the engine can
  ///     go on changing it in place.
  ///   - isOpen: Whether the log has the data of events as they were given, rather than sealed.
  package mutating func record(
    _ entries: [JournalEntry], of input: RecordedInput, _ world: borrowing World,
    isOpen: Bool = false
  ) {
    record(
      .list(entries), of: input.action, by: input.origin, at: input.instant, world,
      isOpen: isOpen)
  }

  /// Appends what a step of the engine did; its entries need not be made for that.
  package mutating func record(
    _ step: Step, of input: RecordedInput, _ world: borrowing World, isOpen: Bool = false
  ) {
    record(
      step.made, of: input.action, by: input.origin, at: input.instant, world, isOpen: isOpen)
  }

  /// Appends the entries of one step with the parts of its input.
  mutating func record(
    _ step: StepEntries, of action: InputAction, by origin: InputOrigin,
    at instant: Instant?, _ world: borrowing World, isOpen: Bool
  ) {
    let before = count
    append(step, of: action, by: origin, at: instant, world, isOpen: isOpen)
    guard count > before else { return }
    guard let last = snapshots.last, count - last.entry.number >= interval else { return }
    snapshots.append(Snapshot(entry: JournalIndex(count), world: (copy world).forSnapshot()))
    if snapshots.count > Self.mostSnapshots {
      snapshots = snapshots.enumerated().filter {
        $0.offset % 2 == 0 || $0.element.entry.number == offset
      }
      .map(\.element)
      interval *= 2
    }
  }

  /// Adds the entries of one step to the journal and the look-ups.
  @inline(__always)
  mutating func append(
    _ step: StepEntries, of action: InputAction, by origin: InputOrigin, at instant: Instant?,
    _ world: borrowing World, isOpen: Bool
  ) {
    let before = count
    journal.append(step, of: action, by: origin, at: instant, isOpen: isOpen)
    if count > before { lookups.append(step, after: before, world) }
  }

  /// Takes over the world after the last entry, the starting point for going back.
  public mutating func arrive(at world: World) {
    head = world
    headEntry = last
  }

  // MARK: - Reaching a moment

  /// The world after an entry, reached from the nearest known one.
  ///
  /// - Parameter nearby: A known world and the entry it follows.
  /// - Complexity: O(changes between the nearest known world and the entry).
  public func world(
    after index: JournalIndex, nearby: (JournalIndex, World)? = nil
  ) -> World {
    let target = JournalIndex(min(max(index.number, 0), count))
    if target.number < offset { return storedWorld(after: target, nearby: nearby) }
    let start = nearest(to: target, nearby: nearby)
    return travel(from: start.entry, start.world.sharing(head), to: target)
  }

  /// The number of changes on the way to an entry, which is the cost of reaching it.
  func cost(of index: JournalIndex, nearby: (JournalIndex, World)? = nil) -> Int {
    let end = min(max(index.number, 0), count)
    let start = nearest(to: JournalIndex(end), nearby: nearby).entry.number
    let (low, high) = (min(start, end), max(start, end))
    return parts(after: low, upTo: high).reduce(0) { $0 + journal.changes(ofPart: $1).count }
  }

  /// The parts of steps whose changes are between two entries.
  ///
  /// A part's changes take effect at its first entry.
  func parts(after low: Int, upTo high: Int) -> Range<Int> {
    let offset = offset
    let first = journal.part(of: low - offset) + 1
    return first..<max(first, journal.part(of: high - offset) + 1)
  }

  private func nearest(
    to target: JournalIndex, nearby: (JournalIndex, World)?
  ) -> (entry: JournalIndex, world: World) {
    var best = (entry: headEntry, world: head)
    func consider(_ entry: JournalIndex, _ world: World) {
      guard entry.number >= offset else { return }
      if abs(entry.number - target.number) < abs(best.entry.number - target.number) {
        best = (entry, world)
      }
    }
    if let nearby { consider(nearby.0, nearby.1) }
    let after = snapshots.firstIndex { $0.entry > target } ?? snapshots.count
    if after > 0 { consider(snapshots[after - 1].entry, snapshots[after - 1].world) }
    if after < snapshots.count { consider(snapshots[after].entry, snapshots[after].world) }
    return best
  }

  private func travel(from start: JournalIndex, _ world: World, to end: JournalIndex) -> World {
    var world = world
    if start < end {
      for part in parts(after: start.number, upTo: end.number) {
        world.apply(journal.changes(ofPart: part))
      }
    } else {
      for part in parts(after: end.number, upTo: start.number).reversed() {
        world.revert(journal.changes(ofPart: part))
      }
    }
    return world
  }

  /// The last entry of the step that an entry belongs to.
  public func stepEnd(of index: JournalIndex) -> JournalIndex {
    guard index.number >= 1, index.number <= count else { return index }
    if index.number <= offset { return base?.store.step(of: index)?.last ?? index }
    return JournalIndex(entriesOfStep(of: index).upperBound)
  }

  /// The entries of the step that a resident entry belongs to.
  private func entriesOfStep(of index: JournalIndex) -> ClosedRange<Int> {
    let offset = offset
    let step = journal.entries(ofStep: journal.step(of: index.number - offset))
    return (step.lowerBound + offset)...(step.upperBound + offset)
  }

  /// The first entry of the step that an entry belongs to.
  public func stepStart(of index: JournalIndex) -> JournalIndex {
    guard index.number >= 1, index.number <= count else { return index }
    if index.number <= offset { return base?.store.step(of: index)?.first ?? index }
    return JournalIndex(entriesOfStep(of: index).lowerBound)
  }

  /// The number of steps between two moments.
  package func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    let offset = offset
    var sum = 0
    if low.number < offset {
      sum = base?.store.stepCount(after: low, upTo: JournalIndex(min(high.number, offset))) ?? 0
    }
    guard high.number > offset else { return sum }
    return sum + journal.step(of: min(high.number, count) - offset)
      - journal.step(of: max(low.number - offset, 0))
  }

  /// The moment so many steps after another one.
  func moment(_ steps: Int, after start: JournalIndex) -> TimeCursor {
    guard steps > 0 else { return TimeCursor(entry: start) }
    let offset = offset
    let stored = stepCount(after: start, upTo: JournalIndex(offset))
    if steps <= stored {
      return TimeCursor(entry: base?.store.end(ofStep: steps, after: start) ?? start)
    }
    let step = journal.step(of: max(start.number - offset, 0)) + steps - stored
    return TimeCursor(entry: JournalIndex(journal.entries(ofStep: step).upperBound + offset))
  }

  /// The input of the step that an entry belongs to.
  public func input(of index: JournalIndex) -> RecordedInput? {
    guard index.number >= 1, index.number <= count else { return nil }
    if index.number <= offset { return storedStep(of: index)?.step.input }
    return journal.input(ofStep: journal.step(of: index.number - offset), head.log)
  }

  /// The inputs of all steps, oldest first, each with the step's first entry.
  public var inputs: some Sequence<(entry: JournalIndex, input: RecordedInput)> {
    RecordedInputs(self)
  }
}
