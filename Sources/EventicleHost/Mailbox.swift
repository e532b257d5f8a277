internal import EventicleCore

/// The jobs that wait for the engine, in the order of arrival.
struct Mailbox {
  /// A job with the callback for its outcome.
  enum Job {
    /// An input; `begins` says whether its caller still wants it.
    case perform(
      Input, isFromAdapter: Bool = false, begins: @Sendable () -> Bool = { true },
      reply: @Sendable (Result<Step, any Error>) -> Void)
    /// A snapshot of the engine, to read on another thread.
    case read(
      begins: @Sendable () -> Bool, reply: @Sendable (Result<HostSnapshot, any Error>) -> Void)
    /// Starts an adapter, or closes an adapter's group.
    case configure(
      Configuration, begins: @Sendable () -> Bool,
      reply: @Sendable (Result<Void, any Error>) -> Void)
    /// Another declaration of the domain.
    case adopt(
      Domain, begins: @Sendable () -> Bool,
      reply: @Sendable (Result<AdoptReport, any Error>) -> Void)
    /// The answer of an adapter's handler to an offer.
    case answer(DeliveryOffer, Input)
    case settle(reply: @Sendable () -> Void)
    case shutdown(draining: Bool, reply: @Sendable (Int) -> Void)
  }

  /// A change of the host's adapters.
  enum Configuration: Sendable {
    case attach(AsyncEventAdapter)
    case close(GroupName)
  }

  var jobs: [Job] = []
  /// Whether the queue is running or scheduled to run.
  private var isAwake = false
  /// Whether jobs from outside are refused.
  private var isShut = false
  /// Whether all jobs are refused.
  var isClosed = false
  /// Whether waiting jobs are to be refused instead of done.
  private(set) var isAbandoned = false

  /// Adds a job, unless it is refused.
  mutating func take(_ job: Job) -> Bool {
    guard !isClosed, !isShut || job.isTakenWhileDraining else { return false }
    if case .shutdown(let isDraining, _) = job {
      isShut = true
      if !isDraining { isAbandoned = true }
    }
    jobs.append(job)
    return true
  }

  /// Whether the queue must be scheduled; marks it as awake.
  mutating func awake() -> Bool {
    defer { isAwake = true }
    return !isAwake
  }

  /// Whether the queue may stop because no job is waiting.
  mutating func sleep() -> Bool {
    isAwake = !jobs.isEmpty
    return !isAwake
  }
}

extension Mailbox.Job {
  /// Whether a host that waits for its handlers accepts the job: it comes from them, or ends the
  /// wait.
  fileprivate var isTakenWhileDraining: Bool {
    switch self {
    case .answer, .shutdown(draining: false, _): true
    case .perform(_, let isFromAdapter, _, _): isFromAdapter
    case .read, .configure, .adopt, .settle, .shutdown: false
    }
  }
}

/// The parts of a host's engine that can be read besides its world.
struct HostSnapshot: Sendable {
  let engine: Engine
  let metrics: EngineMetrics
}
