internal import EventicleCore

/// What waits for the engine, in the order in which it came.
struct Mailbox {
  /// Something to be done, and who is told of it.
  enum Job {
    /// An input; `begins` says whether its caller still wants it.
    case perform(
      Input, isFromAdapter: Bool = false, begins: @Sendable () -> Bool = { true },
      reply: @Sendable (Result<Step, any Error>) -> Void)
    /// The engine as it is, to be asked on another thread.
    case read(
      begins: @Sendable () -> Bool, reply: @Sendable (Result<HostSnapshot, any Error>) -> Void)
    /// Starts an adapter, or closes the group of one.
    case configure(
      Configuration, begins: @Sendable () -> Bool,
      reply: @Sendable (Result<Void, any Error>) -> Void)
    /// What the handler of an adapter made of an offer.
    case answer(DeliveryOffer, Input)
    case settle(reply: @Sendable () -> Void)
    case shutdown(draining: Bool, reply: @Sendable (Int) -> Void)
  }

  /// A change of who consumes.
  enum Configuration: Sendable {
    case attach(AsyncEventAdapter)
    case close(GroupName)
  }

  var jobs: [Job] = []
  /// Whether the queue is at work, or about to be.
  private var isAwake = false
  /// Whether nothing more is taken from outside.
  private var isShut = false
  /// Whether nothing at all is taken any more.
  var isClosed = false
  /// Whether what waits is turned away.
  private(set) var isAbandoned = false

  /// Takes a job, or refuses it.
  mutating func take(_ job: Job) -> Bool {
    guard !isClosed, !isShut || job.isTakenWhileDraining else { return false }
    if case .shutdown(let isDraining, _) = job {
      isShut = true
      if !isDraining { isAbandoned = true }
    }
    jobs.append(job)
    return true
  }

  /// Whether the queue must be called; from now on it is awake.
  mutating func awake() -> Bool {
    defer { isAwake = true }
    return !isAwake
  }

  /// Whether the queue may sleep because nothing has come in.
  mutating func sleep() -> Bool {
    isAwake = !jobs.isEmpty
    return !isAwake
  }
}

extension Mailbox.Job {
  /// Whether a host that waits for its handlers takes it: what they ask for, and being hurried up.
  fileprivate var isTakenWhileDraining: Bool {
    switch self {
    case .answer, .shutdown(draining: false, _): true
    case .perform(_, let isFromAdapter, _, _): isFromAdapter
    case .read, .configure, .settle, .shutdown: false
    }
  }
}

/// What can be asked of a host's engine beside its world.
struct HostSnapshot: Sendable {
  let engine: Engine
  let metrics: EngineMetrics
}
