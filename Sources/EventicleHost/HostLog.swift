internal import EventicleCore
internal import Logging

/// Logs what goes wrong to the program's log, one sentence a problem.
///
/// It logs names, ids and positions, but never the data of events and commands.
struct HostLog: Sendable {
  private let logger: Logger?

  /// Creates a log with a label that the program's log handler sees; `nil` logs nothing.
  init(label: String?, level: HostLogLevel) {
    self.init(label.map { Logger(label: $0) }, level: level)
  }

  init(_ logger: Logger?, level: HostLogLevel) {
    var logger = logger
    // The program may have set a higher level for this label.
    if let known = logger?.logLevel { logger?.logLevel = max(known, level.level) }
    self.logger = logger
  }

  func opened(_ domain: Domain) {
    logger?.info("The domain \(domain.name) runs.", metadata: ["source": "\(domain.source)"])
    for warning in domain.warnings {
      logger?.warning("\(warning)", metadata: ["source": "\(domain.source)"])
    }
  }

  /// Logs what is different from the run that wrote to the store last.
  func notice(_ remark: String, of domain: Domain) {
    logger?.notice("\(remark)", metadata: ["source": "\(domain.source)"])
  }

  func closed(_ domain: Domain, undone: Int) {
    logger?.info(
      "The domain \(domain.name) runs no more; deliveries left undone: \(undone).",
      metadata: ["undone": "\(undone)"])
  }

  /// Logs that the store has not kept the last batch of work.
  func failed(_ fault: StoreFault, of domain: Domain) {
    logger?.error("\(fault) The domain \(domain.name) runs no more.", metadata: ["error": "store"])
  }

  /// Logs that a handler has passed the deadline for a step, or that it has returned since.
  func hung(_ hung: HungHandler, isBack: Bool) {
    let metadata: Logger.Metadata = ["handler": "\(hung.handler)", "since": "\(hung.since)"]
    if isBack {
      logger?.notice("The handler \(hung.handler) is back.", metadata: metadata)
    } else {
      logger?.error(
        "The handler \(hung.handler) has run since \(hung.since) and blocks the engine.",
        metadata: metadata)
    }
  }

  /// Logs a line that the program behind the domain has written.
  func wrote(_ line: LogLine) {
    var metadata: Logger.Metadata = [:]
    if let handler = line.handler { metadata["handler"] = "\(handler)" }
    if let place = line.place { metadata["place"] = "\(place)" }
    logger?.log(level: line.level.host.level, "\(line.text)", metadata: metadata)
  }

  /// Logs that the domain was replaced, or why it could not be.
  func adopted(_ result: Result<AdoptReport, DomainError>) {
    switch result {
    case .success(let report): logger?.info("Another domain was adopted. \(report)")
    case .failure(let error): logger?.error("A domain could not be adopted: \(error)")
    }
  }

  /// Logs the problems of a step.
  func record(_ step: Step, of engine: borrowing Engine) {
    guard let logger else { return }
    let world = engine.world
    var isSaid = false
    for (offset, entry) in step.entries.enumerated() {
      guard let problem = HostProblem(entry.kind) else { continue }
      isSaid = true
      var metadata = problem.metadata
      metadata["entry"] = "j\(entry.stepStart.number + offset)"
      metadata["instant"] = "\(entry.instant)"
      if let handler = engine.domain.handler(of: entry.kind, in: world.log) {
        metadata["handler"] = "\(handler)"
      }
      if let position = problem.position, let type = world.log.type(at: position) {
        metadata["event"] = "\(type)"
        metadata["position"] = "\(position)"
      }
      logger.log(level: problem.level, "\(problem.sentence)", metadata: metadata)
    }
    if !isSaid, let problem = step.problem {
      logger.notice("It could not be done: \(problem)")
    }
    if logger.logLevel <= .debug, !isSaid, let first = step.entries.first {
      logger.debug(
        "A step was taken.",
        metadata: ["entries": "\(step.entries.count)", "entry": "\(first.stepStart)"])
    }
  }
}

/// The problem of a journal entry in the form that is logged.
struct HostProblem {
  let level: Logger.Level
  let sentence: String
  var metadata: Logger.Metadata
  var position: Position?

  /// The problem of an entry, if it has one.
  init?(_ kind: JournalEntry.Kind) {
    switch kind {
    case .command(let type, _, _, let outcome):
      guard let reason = outcome.problem else { return nil }
      metadata = ["command": "\(type)"]
      switch outcome {
      case .failed:
        (level, sentence) = (.error, "The command \(type) failed: \(reason)")
      case .reported:
        (level, sentence) = (.notice, "The command \(type) reported a problem: \(reason)")
      case .rejected, .done, .waiting:
        (level, sentence) = (.notice, "The command \(type) was refused: \(reason)")
      }
    case .delivery(let position, let consumer, let instance, let outcome):
      guard let (level, reason) = HostProblem.read(outcome) else { return nil }
      self.level = level
      self.position = position
      metadata = ["consumer": "\(consumer.name)", "kind": "\(consumer.kind.rawValue)"]
      if let instance { metadata["instance"] = "\(instance)" }
      sentence =
        "The \(consumer.kind.rawValue) \(consumer.name) did not handle \(position): \(reason)"
    case .timerFired(let key, _, let outcome):
      guard let (level, reason) = HostProblem.read(outcome) else { return nil }
      self.level = level
      metadata = [
        "consumer": "\(key.owner.saga)", "kind": "saga", "instance": "\(key.owner.instanceID)",
        "timer": "\(key.name)",
      ]
      sentence = "The step of the timer \(key) was not taken: \(reason)"
    default:
      return nil
    }
  }

  private static func read(_ outcome: StepOutcome) -> (Logger.Level, String)? {
    switch outcome {
    case .handled, .started, .ignored, .duplicate, .offered: nil
    case .failed(let reason): (.error, "\(reason) It is parked.")
    case .retrying(let reason, let attempt, let until):
      (.warning, "\(reason) Attempt \(attempt) failed; the next one is at \(until).")
    case .skipped(let reason): (.warning, "\(reason) It is left out.")
    case .stopped(let reason): (.error, "\(reason) The consumer has stopped in front of it.")
    }
  }
}

extension HostLogLevel {
  /// The level of swift-log that corresponds to it.
  var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .notice: .notice
    case .warning: .warning
    case .error: .error
    }
  }
}

extension LogLine.Level {
  /// The level of the host's log.
  fileprivate var host: HostLogLevel {
    switch self {
    case .debug: .debug
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
