/// One history: an engine, what it recorded, and the moment of it that is shown.
///
/// `main` is the history that began with nothing. Every other branch is a fork: it left its parent
/// at a moment, has the parent's past up to there, and goes on by itself. Forks are silent to the
/// outside; see ``Engine/sandboxed(on:after:recording:)``. A value: branches share what they have in
/// common, and what one does is never seen in another.
package struct Branch: Sendable {
  /// Where a fork left its parent.
  package struct Origin: Sendable, Hashable {
    /// The name of the branch that it left.
    package let parent: String
    /// The moment at which it left.
    package let moment: TimeCursor

    /// Creates an origin.
    package init(parent: String, moment: TimeCursor) {
      (self.parent, self.moment) = (parent, moment)
    }
  }

  /// The name of the branch that is no fork.
  package static let mainName = "main"

  package let name: String
  /// Where it left its parent; `nil` for main.
  package var origin: Origin?
  package var engine: Engine
  /// The recorded journal entries, those of the parent's past included.
  package var timeline: Timeline
  /// The moment that is shown.
  package var cursor: TimeCursor
  /// The world at the time cursor.
  package var shown: World
  /// Whether deliveries wait until they are released, and the clock stands still.
  package var isHeld = false
  /// The last entry before what was done silently, as forks do; `nil` when nothing was.
  package private(set) var silentAfter: JournalIndex?
  /// Whether its sagas were made from its events as facts, so that what they send appends nothing
  /// while history is performed again.
  package var takesFacts = false

  /// Creates the main branch of an engine in which nothing has happened.
  package init(_ engine: Engine) {
    name = Self.mainName
    origin = nil
    self.engine = engine
    timeline = Timeline(startingWith: engine.world)
    cursor = TimeCursor(entry: JournalIndex(0))
    shown = engine.world
  }

  private init(
    _ name: String, _ origin: Origin, _ engine: Engine, _ timeline: Timeline, isHeld: Bool,
    silentAfter: JournalIndex
  ) {
    self.silentAfter = silentAfter
    self.name = name
    self.origin = origin
    self.engine = engine
    self.timeline = timeline
    self.isHeld = isHeld
    cursor = timeline.headCursor
    shown = engine.world
  }

  /// Whether it is no fork, so that what it does reaches the outside.
  package var isMain: Bool { origin == nil }

  // MARK: - Forking

  /// A branch that leaves this one at a moment.
  ///
  /// It is held where this one is, and where deliveries wait at the moment, so that a person sees
  /// them being made. Inputs performed there draw the ids that this one drew after the moment.
  ///
  /// - Parameter cursor: The moment; an entry inside a step stands for the end of its step.
  /// - Complexity: O(consumers + snapshots), and the changes between the shown world or a snapshot
  ///   and the moment. The first event that is appended to a fork of the past costs
  ///   O(events that the fork does not have).
  package func fork(_ name: String, at cursor: TimeCursor) -> Branch {
    let moment = timeline.moment(of: cursor.entry)
    let isAtHead = moment == timeline.headCursor
    let world = isAtHead ? engine.world : timeline.world(at: moment, nearby: (self.cursor, shown))
    var timeline = timeline.prefix(upTo: moment, world: world)
    var reconciled: Step?
    var fork = engine.sandboxed(on: world, after: moment.entry) { reconciled = $0 }
    if isAtHead, let instant = engine.comingInstant { fork.pass(until: instant) }
    if let reconciled {
      timeline.record(
        reconciled, of: RecordedInput(.reconcile, by: .program), fork.world,
        isOpen: !fork.sealsEvents)
    }
    timeline.arrive(at: fork.world)
    var branch = Branch(
      name, Origin(parent: self.name, moment: moment), fork, timeline,
      isHeld: isHeld || fork.hasWork,
      silentAfter: min(silentAfter ?? moment.entry, moment.entry))
    branch.takesFacts = takesFacts
    return branch
  }

  // MARK: - Going on

  /// Performs an input and records its step.
  package mutating func perform(_ input: Input) -> (step: Step, input: RecordedInput) {
    let recorded = engine.record(of: input)
    engine.program?.enter(branch: origin.map { "\(name)@\($0.moment.entry)" })
    let step = engine.perform(input)
    record(step, of: recorded)
    return (step, recorded)
  }

  /// Records a step of its engine.
  package mutating func record(_ step: Step, of input: RecordedInput) {
    timeline.record(step, of: input, engine.world, isOpen: !engine.sealsEvents)
  }

  /// Goes back to a moment for good: what came after it is no part of the branch any more.
  ///
  /// It is held where deliveries wait at the moment. What has reached the outside is not taken back.
  ///
  /// - Complexity: As ``fork(_:at:)``.
  package mutating func cut(to cursor: TimeCursor) {
    let moment = timeline.moment(of: cursor.entry)
    let world = timeline.world(at: moment, nearby: (self.cursor, shown))
    timeline = timeline.prefix(upTo: moment, world: world)
    engine.go(on: world, after: moment.entry)
    (self.cursor, shown) = (timeline.headCursor, world)
    isHeld = engine.hasWork
    silentAfter = silentAfter.map { min($0, moment.entry) }
  }

  /// Lets go of the older part of the timeline, which a store has; see
  /// ``Timeline/release(upTo:to:rebasing:)``.
  package mutating func release(upTo index: JournalIndex, to store: any JournalStore) {
    engine.release(&timeline, upTo: index, to: store)
  }

  /// Hands the engine's world to the timeline, and shows it.
  package mutating func arrive() {
    engine.settle()
    timeline.arrive(at: engine.world)
    cursor = timeline.headCursor
    shown = engine.world
  }
}
