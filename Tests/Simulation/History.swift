import EventicleCore

/// The timeline of a run across its crashes, with the hash of every world.
struct History {
  private(set) var timeline: Timeline
  /// The hash of the world after each step, with the step's last entry.
  private(set) var moments: [(end: JournalIndex, hash: WorldPrint)] = []

  init(startingWith world: World) { timeline = Timeline(startingWith: world) }

  mutating func record(
    _ step: Step, of input: Input?, _ world: World, _ hash: WorldHash
  ) {
    let recorded = RecordedInput(
      input?.action ?? .reconcile, by: input?.origin ?? .program, at: input?.instant)
    timeline.record(step.entries, of: recorded, world)
    moments.append((timeline.last, hash(world)))
  }

  mutating func arrive(at world: World) { timeline.arrive(at: world) }
}
