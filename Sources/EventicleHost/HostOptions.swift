public import EventicleCore

/// How a host runs its engine, and what it logs and measures.
public struct HostOptions: Sendable {
  /// Codec, protection and observers of the engine.
  public var engine: EngineOptions
  /// The seed of generated ids; a random one when `nil`.
  public var seed: UInt64?
  /// The label of the host's logger; `nil` turns logging off.
  public var logLabel: String?
  /// The lowest level that is logged.
  public var logLevel: HostLogLevel
  /// The prefix of the metrics' names; `nil` turns metrics off.
  ///
  /// A program sets up its metrics system before it creates a host; a host that was created without
  /// one measures nothing.
  public var metricsLabel: String?
  /// The largest number of events in an ``EventBatch``, at least 1.
  public var batchSize: Int

  /// How long one step of the engine may take on the host's clock before its handler is reported as
  /// hung; see ``EventicleHost/hungHandler``.
  public var stepDeadline: Interval
  /// Hears of a handler that has run for longer than the deadline, again and again until it says
  /// `false` or the handler returns; `nil` for nobody.
  public var watch: (any HandlerWatch)?

  /// A log and metrics called `eventicle`, batches of up to 512 events, a random seed.
  public static let standard = HostOptions()

  /// Creates options; the defaults are those of ``standard``.
  public init(
    engine: EngineOptions = .standard, seed: UInt64? = nil, logLabel: String? = "eventicle",
    logLevel: HostLogLevel = .info, metricsLabel: String? = "eventicle", batchSize: Int = 512,
    stepDeadline: Interval = .seconds(10), watch: (any HandlerWatch)? = nil
  ) {
    self.watch = watch
    self.stepDeadline = max(stepDeadline, .milliseconds(1))
    self.engine = engine
    self.seed = seed
    self.logLabel = logLabel
    self.logLevel = logLevel
    self.metricsLabel = metricsLabel
    self.batchSize = max(1, batchSize)
  }
}

/// The severity of a log line, from the lowest to the highest.
public enum HostLogLevel: String, Sendable, Hashable, CaseIterable {
  /// Every step that the engine takes.
  case debug
  /// The host is opened or closed.
  case info
  /// A business rule refused a command.
  case notice
  /// A handler failed and is retried, or its event was skipped.
  case warning
  /// A command failed, or a handler failed and its work is parked or its consumer stopped.
  case error
}

/// Where a sequence of events ends.
public enum StreamEnd: Sendable, Hashable {
  /// When the host is shut down: history, then new events.
  case never
  /// After the last event that existed when the sequence was created: history only.
  case now
}
