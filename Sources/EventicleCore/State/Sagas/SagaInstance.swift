/// The state of one running, or ended and kept, saga.
///
/// A value; copies share what they say until one of them changes.
public struct SagaInstance: Sendable, Hashable {
  private var box: Box

  /// Where among all states of instances this one rests; -1 while it rests nowhere.
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

  /// The instance after one more step, made at once, so that what the step replaced is not
  /// touched.
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

  private mutating func own() {
    if !isKnownUniquelyReferenced(&box) { box = Box(box.content) }
  }

  /// Which instance it is.
  public var key: SagaKey { box.content.key }

  /// Whose it is: events and timers of other tenants never reach it.
  public var workspace: Workspace { box.content.workspace }

  /// The version of the saga that its data is of.
  public internal(set) var version: Int {
    get { box.content.version }
    set {
      own()
      box.content.version = newValue
    }
  }

  /// What its author keeps in it; the engine's own fields are apart.
  public var data: JSON {
    get { box.content.data }
    set {
      own()
      box.content.data = newValue
    }
  }

  /// Whether it has ended; an ended instance never handles anything again.
  public internal(set) var hasEnded: Bool {
    get { box.content.hasEnded }
    set {
      own()
      box.content.hasEnded = newValue
    }
  }

  /// When it was started.
  public var startedAt: Instant { box.content.startedAt }

  /// When it last took a step.
  public var changedAt: Instant { box.content.changedAt }

  /// How many steps it has taken: its start, events and timers.
  public var steps: Int { box.content.steps }

  /// The id of the last event it handled.
  public var lastEventID: EventID? { box.content.lastEventID }

  /// The value that events find it by, as text, for people.
  public internal(set) var correlation: String? {
    get { box.content.correlation }
    set {
      own()
      box.content.correlation = newValue
    }
  }

  /// The names of its armed timers, in the order of their first arming.
  public internal(set) var timers: [String] {
    get { box.content.timers }
    set {
      own()
      box.content.timers = newValue
    }
  }

  /// The commands that would undo what it did, in the order in which they were registered.
  public internal(set) var undos: [CommandIntent] {
    get { box.content.undos }
    set {
      own()
      box.content.undos = newValue
    }
  }

  /// Timers that fired and wait for their step, in the order in which they take it.
  var firing: [FiredTimer] {
    get { box.content.firing }
    set {
      own()
      box.content.firing = newValue
    }
  }

  var recent: RecentSteps { box.content.recent }

  /// Its number among all instances, which orders lists.
  var sequence: Int { box.content.sequence }

  /// The last steps it took, oldest first, ``Limits/sagaSteps`` at most.
  public var recentSteps: [SagaStepRecord] { recent.records }

  /// Whether it is of a workspace and has a value in a property.
  func holds(_ value: JSON, in property: String, _ workspace: Workspace) -> Bool {
    box.content.workspace == workspace && box.content.data.object?[property] == value
  }

  /// Whether both are one and the same state.
  func isSame(as other: SagaInstance) -> Bool { box === other.box }

  /// Whether both say the same.
  public static func == (left: SagaInstance, right: SagaInstance) -> Bool {
    left.box === right.box || left.box.content == right.box.content
  }

  /// Hashes what it says.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.content) }
}

/// A timer that fired while its instance had other work, and waits for its step.
struct FiredTimer: Sendable, Hashable {
  let name: String
  let due: Instant
  /// Whether a step armed the timer anew or called it off meanwhile.
  ///
  /// It stays in its place then: the timer may fire again while this one waits, and only that
  /// one is wanted.
  var isOff = false
}
