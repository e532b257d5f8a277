public import EventicleCore

/// How a host runs its engine, and what it tells the world around it.
public struct HostOptions: Sendable {
  /// What the engine uses besides its domain.
  public var engine: EngineOptions
  /// Where ids come from; a new random seed for every host when `nil`.
  public var seed: UInt64?
  /// The name of its logger, under which the program's log handler finds it; no log when `nil`.
  public var logLabel: String?
  /// What is logged: this level and everything worse.
  public var logLevel: HostLogLevel
  /// What the names of its metrics begin with; no metrics when `nil`.
  ///
  /// The program sets its metrics system up before it makes a host: a host that is made without
  /// one measures nothing.
  public var metricsLabel: String?
  /// How many events a reader is handed at once at most, 1 or more.
  public var batchSize: Int

  /// How long one step of the engine may take on the host's clock before its handler is reported as
  /// hung; see ``EventicleHost/hungHandler``.
  public var stepDeadline: Interval

  /// A log and metrics called `eventicle`, batches of up to 512 events, a random seed.
  public static let standard = HostOptions()

  /// Options; those of ``standard`` where nothing else is said.
  public init(
    engine: EngineOptions = .standard, seed: UInt64? = nil, logLabel: String? = "eventicle",
    logLevel: HostLogLevel = .info, metricsLabel: String? = "eventicle", batchSize: Int = 512,
    stepDeadline: Interval = .seconds(10)
  ) {
    self.stepDeadline = max(stepDeadline, .milliseconds(1))
    self.engine = engine
    self.seed = seed
    self.logLabel = logLabel
    self.logLevel = logLevel
    self.metricsLabel = metricsLabel
    self.batchSize = max(1, batchSize)
  }
}

/// How much something in the log matters, from the least on.
public enum HostLogLevel: String, Sendable, Hashable, CaseIterable {
  /// Every step that the engine takes.
  case debug
  /// Opening and closing.
  case info
  /// A business rule refused a command.
  case notice
  /// A handler failed and will be tried again, or its event was left out.
  case warning
  /// A handler failed and its work is parked, its consumer stopped, or a command failed.
  case error
}

/// Where a reader ends.
public enum StreamEnd: Sendable, Hashable {
  /// Never, as long as the host is open: history, and then what comes.
  case never
  /// With the last event that there was when the reader was made: history alone.
  case now
}
