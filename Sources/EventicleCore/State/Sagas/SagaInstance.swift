/// The state of one saga instance: running, or ended and kept.
///
/// A value; copies share their storage until one of them changes.
public struct SagaInstance: Sendable, Hashable {
  private var box: Box

  /// The index of this state among all states of instances; -1 when it is not stored.
  var place: Int32 {
    get { box.place }
    set {
      guard box.place != newValue else { return }
      own()
      box.place = newValue
    }
  }

  // Safe to share: changed only while one instance alone holds it.
  private final class Box: @unchecked Sendable {
    var content: Content
    var place: Int32 = -1

    init(_ content: Content) { self.content = content }
  }

  private struct Content: Hashable {
    let key: SagaKey
    let workspace: Workspace
    var version: Int
    var data: JSON
    var hasEnded = false
    let startedAt: Instant
    let changedAt: Instant
    var steps = 0
    var lastEventID: EventID?
    var correlation: String?
    var timers: [String] = []
    var undos: [CommandIntent] = []
    var firing: [FiredTimer] = []
    var recent = RecentSteps()
    let sequence: Int
  }

  init(
    key: SagaKey, workspace: Workspace, version: Int, data: JSON, startedAt: Instant,
    changedAt: Instant, sequence: Int
  ) {
    box = Box(
      Content(
        key: key, workspace: workspace, version: version, data: data, startedAt: startedAt,
        changedAt: changedAt, sequence: sequence))
  }

  /// The instance after one more step, built in one go, so that what the step replaced is left
  /// untouched.
  init(
    after old: SagaInstance, at place: Int32, data: JSON, hasEnded: Bool, changedAt: Instant,
    lastEventID: EventID?, correlation: String?, timers: [String], undos: [CommandIntent],
    firing: [FiredTimer], recent: RecentSteps
  ) {
    let content = old.box.content
    box = Box(
      Content(
        key: content.key, workspace: content.workspace, version: content.version, data: data,
        hasEnded: hasEnded, startedAt: content.startedAt, changedAt: changedAt,
        steps: content.steps + 1, lastEventID: lastEventID, correlation: correlation,
        timers: timers, undos: undos, firing: firing, recent: recent,
        sequence: content.sequence))
    box.place = place
  }

  /// Creates an instance from everything that is stored of one.
  init(
    key: SagaKey, workspace: Workspace, version: Int, data: JSON, hasEnded: Bool,
    startedAt: Instant, changedAt: Instant, steps: Int, lastEventID: EventID?,
    correlation: String?, timers: [String], undos: [CommandIntent], firing: [FiredTimer],
    recent: RecentSteps, sequence: Int
  ) {
    box = Box(
      Content(
        key: key, workspace: workspace, version: version, data: data, hasEnded: hasEnded,
        startedAt: startedAt, changedAt: changedAt, steps: steps, lastEventID: lastEventID,
        correlation: correlation, timers: timers, undos: undos, firing: firing, recent: recent,
        sequence: sequence))
  }

  private mutating func own() {
    if !isKnownUniquelyReferenced(&box) { box = Box(box.content) }
  }

  /// The saga's name and the instance's id.
  public var key: SagaKey { box.content.key }

  /// The workspace of the instance; events and timers of other tenants never reach it.
  public var workspace: Workspace { box.content.workspace }

  /// The version of the saga to which the data conforms.
  public internal(set) var version: Int {
    get { box.content.version }
    set {
      own()
      box.content.version = newValue
    }
  }

  /// The data that the saga keeps; the engine's own fields are separate.
  public var data: JSON {
    get { box.content.data }
    set {
      own()
      box.content.data = newValue
    }
  }

  /// Whether the instance has ended; if so, it never handles anything again.
  public internal(set) var hasEnded: Bool {
    get { box.content.hasEnded }
    set {
      own()
      box.content.hasEnded = newValue
    }
  }

  /// When its first event was handled, on the world's clock.
  public var startedAt: Instant { box.content.startedAt }

  /// The instant of the last step.
  public var changedAt: Instant { box.content.changedAt }

  /// The number of steps taken, for its start, events and timers.
  public var steps: Int { box.content.steps }

  /// The event that it handled last, by its id; timers leave it as it is.
  public var lastEventID: EventID? { box.content.lastEventID }

  /// The value by which events find the instance, as text for people.
  public internal(set) var correlation: String? {
    get { box.content.correlation }
    set {
      own()
      box.content.correlation = newValue
    }
  }

  /// The names of the armed timers, in the order in which they were first armed.
  public internal(set) var timers: [String] {
    get { box.content.timers }
    set {
      own()
      box.content.timers = newValue
    }
  }

  /// The commands that would undo what the instance did, in order of registration.
  public internal(set) var undos: [CommandIntent] {
    get { box.content.undos }
    set {
      own()
      box.content.undos = newValue
    }
  }

  /// Timers that fired and await their step, in the order of their steps.
  var firing: [FiredTimer] {
    get { box.content.firing }
    set {
      own()
      box.content.firing = newValue
    }
  }

  var recent: RecentSteps { box.content.recent }

  /// The number among all instances, which orders lists.
  package var sequence: Int { box.content.sequence }

  /// The last steps taken, oldest first, at most ``Limits/sagaSteps``.
  public var recentSteps: [SagaStepRecord] { recent.records }

  /// Whether the instance is of a workspace and has a value in a property.
  func holds(_ value: JSON, in property: String, _ workspace: Workspace) -> Bool {
    box.content.workspace == workspace && box.content.data.object?[property] == value
  }

  /// Whether both share the same storage, and so are the same state.
  func isSame(as other: SagaInstance) -> Bool { box === other.box }

  /// Whether all their contents are equal.
  public static func == (left: SagaInstance, right: SagaInstance) -> Bool {
    left.box === right.box || left.box.content == right.box.content
  }

  /// Hashes all contents.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.content) }
}

/// A timer that fired while its instance was busy, and awaits its step.
struct FiredTimer: Sendable, Hashable {
  let name: String
  let due: Instant
  /// Whether a step rearmed or cancelled the timer since it fired.
  ///
  /// The entry stays in its place: the timer may fire again while this one waits, and then only the
  /// new firing counts.
  var isOff = false
}
