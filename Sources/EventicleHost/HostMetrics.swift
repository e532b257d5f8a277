internal import CoreMetrics
internal import EventicleCore

/// Counts and measures what the engine does with the program's metrics system.
///
/// With the label `eventicle`:
///
/// | Name | What | Dimensions |
/// |---|---|---|
/// | `eventicle.delivery.latency` | timer: from the event's creation to its handling | consumer,
/// kind |
/// | `eventicle.deliveries` | counter | consumer, kind, outcome |
/// | `eventicle.commands` | counter | command, outcome |
/// | `eventicle.timers.fired` | counter | saga, timer, outcome |
/// | `eventicle.events.appended` | counter | |
/// | `eventicle.handlers.failed` | counter: deliveries, timers and commands that failed | handler |
/// | `eventicle.handlers.hung` | counter: steps that passed their deadline | handler |
/// | `eventicle.group.lag` | gauge: events that a group is behind | group |
/// | `eventicle.timers.pending` | gauge | |
/// | `eventicle.parked` | gauge | |
final class HostMetrics {
  private struct Name: Hashable {
    let first: String
    let second: String
    let outcome: String
  }

  private let label: String
  private let factory: any MetricsFactory
  private let appended: Counter
  private let pendingTimers: Meter
  private let parked: Meter
  private var latencies: [ConsumerName: CoreMetrics.Timer] = [:]
  private var deliveries: [ConsumerName: [String: Counter]] = [:]
  private var commands: [Name: Counter] = [:]
  private var timers: [Name: Counter] = [:]
  private var lags: [GroupName: Meter] = [:]
  private var failures: [HandlerID: Counter] = [:]

  init(_ label: String, _ factory: any MetricsFactory) {
    self.label = label
    self.factory = factory
    appended = Counter(label: "\(label).events.appended", factory: factory)
    pendingTimers = Meter(label: "\(label).timers.pending", factory: factory)
    parked = Meter(label: "\(label).parked", factory: factory)
  }

  /// Counts the entries of a step.
  func record(_ step: Step, of engine: borrowing Engine) {
    let world = engine.world
    for entry in step.entries {
      if entry.kind.isFailure,
        let handler = engine.domain.handler(of: entry.kind, in: world.log)
      {
        countFailure(of: handler)
      }
      switch entry.kind {
      case .append, .imported: appended.increment()
      case .command(let type, _, _, let outcome):
        count(
          &commands, Name(first: type, second: "", outcome: outcome.word), "commands",
          [("command", type), ("outcome", outcome.word)])
      case .delivery(let position, let consumer, _, let outcome):
        count(consumer, outcome.word)
        if case .offered = outcome { continue }
        if let happened = world.log.createdAt(at: position) {
          latency(of: consumer).recordMilliseconds(
            max(0, (entry.instant - happened).milliseconds))
        }
      case .timerFired(let key, _, let outcome):
        count(
          &timers, Name(first: key.owner.saga, second: key.name, outcome: outcome.word),
          "timers.fired",
          [("saga", key.owner.saga), ("timer", key.name), ("outcome", outcome.word)])
      default: continue
      }
    }
  }

  /// Updates the gauges from the engine's current state.
  ///
  /// - Complexity: O(groups · streams · log n).
  func measure(_ engine: Engine) {
    pendingTimers.set(engine.world.timers.count)
    parked.set(engine.world.parkedCount)
    for report in engine.groupReports {
      let meter =
        lags[report.group]
        ?? Meter(
          label: "\(label).group.lag", dimensions: [("group", report.group.text)],
          factory: factory)
      lags[report.group] = meter
      meter.set(report.lag)
    }
  }

  /// Counts a hung handler; callable on any thread.
  var countsHung: @Sendable (HandlerID) -> Void {
    { [label, factory] handler in
      Counter(
        label: "\(label).handlers.hung", dimensions: [("handler", handler.description)],
        factory: factory
      ).increment()
    }
  }

  private func countFailure(of handler: HandlerID) {
    let counter =
      failures[handler]
      ?? Counter(
        label: "\(label).handlers.failed", dimensions: [("handler", handler.description)],
        factory: factory)
    failures[handler] = counter
    counter.increment()
  }

  private func latency(of consumer: ConsumerName) -> CoreMetrics.Timer {
    if let known = latencies[consumer] { return known }
    let timer = CoreMetrics.Timer(
      label: "\(label).delivery.latency",
      dimensions: [("consumer", consumer.name), ("kind", consumer.kind.rawValue)],
      factory: factory)
    latencies[consumer] = timer
    return timer
  }

  private func count(_ consumer: ConsumerName, _ outcome: String) {
    if let known = deliveries[consumer]?[outcome] { return known.increment() }
    let counter = Counter(
      label: "\(label).deliveries",
      dimensions: [
        ("consumer", consumer.name), ("kind", consumer.kind.rawValue), ("outcome", outcome),
      ], factory: factory)
    deliveries[consumer, default: [:]][outcome] = counter
    counter.increment()
  }

  private func count(
    _ counters: inout [Name: Counter], _ name: Name, _ ending: String,
    _ dimensions: [(String, String)]
  ) {
    let counter =
      counters[name]
      ?? Counter(label: "\(label).\(ending)", dimensions: dimensions, factory: factory)
    counters[name] = counter
    counter.increment()
  }
}

extension CommandOutcome {
  /// The value of the dimension `outcome`.
  var word: String {
    switch self {
    case .done: "done"
    case .reported: "reported"
    case .rejected: "rejected"
    case .failed: "failed"
    case .waiting: "waiting"
    }
  }
}

extension StepOutcome {
  /// The value of the dimension `outcome`.
  var word: String {
    switch self {
    case .handled: "handled"
    case .started: "started"
    case .ignored: "ignored"
    case .duplicate: "duplicate"
    case .failed: "failed"
    case .retrying: "retried"
    case .skipped: "skipped"
    case .stopped: "stopped"
    case .offered: "offered"
    }
  }
}

extension JournalEntry.Kind {
  /// Whether a handler failed, rather than did its work or refused it.
  fileprivate var isFailure: Bool {
    switch self {
    case .command(_, _, _, .failed): true
    case .delivery(_, _, _, let outcome), .timerFired(_, _, let outcome): outcome.problem != nil
    default: false
    }
  }
}
