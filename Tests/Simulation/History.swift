import EventicleCore

/// The timeline of a run across its crashes, if wanted with the hash of every world.
struct History {
  private(set) var timeline: Timeline
  /// The hash of the world after each step, with the step's last entry.
  private(set) var moments: [(end: JournalIndex, hash: WorldPrint)] = []

  /// The number of steps before the domain changed for the first time.
  private(set) var stepsBeforeChange: Int?
  private var steps = 0
  private let isHashed: Bool

  init(startingWith world: World, isHashed: Bool) {
    timeline = Timeline(startingWith: world)
    self.isHashed = isHashed
  }

  mutating func record(
    _ step: Step, of input: Input?, _ world: World, _ hash: WorldHash
  ) {
    let recorded = RecordedInput(
      input?.action ?? .reconcile, by: input?.origin ?? .program, at: input?.instant)
    timeline.record(step.entries, of: recorded, world, isOpen: true)
    if input == nil, stepsBeforeChange == nil { stepsBeforeChange = steps }
    steps += 1
    if isHashed { moments.append((timeline.last, hash(world))) }
  }

  mutating func arrive(at world: World) { timeline.arrive(at: world) }
}
