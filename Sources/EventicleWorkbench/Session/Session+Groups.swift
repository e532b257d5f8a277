import EventicleCore

extension Session {
  /// Answers the looking verbs for groups, parked work and metrics; `nil` for other verbs.
  ///
  /// They show the engine as it was at the time cursor.
  func lookAfter(_ instruction: Instruction) throws(LanguageError) -> Reply? {
    var reply = Reply()
    switch instruction {
    case .groups:
      let reports = engine.groupReports(in: shown)
      reply.output = .array(reports.map { Session.summary($0) })
      let lagging = reports.count { $0.lag > 0 }
      let degraded = reports.count(where: \.isDegraded)
      reply.message =
        "\(reports.count) groups: \(lagging) behind, \(degraded) degraded"
    case .parked(let number?):
      let parked = try parked(number, in: shown)
      reply.output = parkedSummary(parked)
      reply.message = "parked \(parked.number): \(parked.reason)"
    case .parked(nil):
      let parked = shown.parked
      reply.output = .array(parked.map { parkedSummary($0) })
      reply.message =
        parked.isEmpty
        ? "nothing is parked"
        : "\(parked.count) parked: "
          + parked.prefix(5).map { "\($0.number) \($0.reason)" }.joined(separator: " · ")
    case .metrics:
      let metrics = metricsShown
      reply.output = metrics.json
      reply.message = Session.summary(metrics)
    default: return nil
    }
    return reply
  }

  /// What was counted up to the time cursor; O(journal entries) for a moment in the past.
  private var metricsShown: EngineMetrics {
    isAtHead ? metrics : EngineMetrics(of: timeline, upTo: cursor, in: shown)
  }

  private static func summary(_ metrics: EngineMetrics) -> String {
    let handled = metrics.consumers.reduce(0) { $0 + $1.counters.handled }
    let failed = metrics.consumers.reduce(0) { $0 + $1.counters.failed }
    let commands = metrics.commands.reduce(0) { $0 + $1.done + $1.reported }
    let refused = metrics.commands.reduce(0) { $0 + $1.rejected + $1.failed }
    var latencies = LatencyHistogram()
    for consumer in metrics.consumers { latencies.merge(consumer.counters.latencies) }
    let median = latencies.percentile(0.5).map { ", half of them within \($0.brief)" } ?? ""
    return "\(commands) commands done, \(refused) refused · \(metrics.events) events · "
      + "\(handled) handled\(median), \(failed) failed"
  }

  private static func summary(_ report: GroupReport) -> JSON {
    var summary: JSON = [
      "group": .string(report.group.text), "kind": .string(report.consumer.kind.rawValue),
      "consumer": .string(report.consumer.name),
      "streams": .array(report.streams.map { .string($0.text) }),
      "status": .string(report.status.word), "degraded": .bool(report.isDegraded),
      "position": .int(report.position.number), "lag": .int(report.lag),
      "waitingKeys": .int(report.waitingKeys), "parallel": .int(report.parallel),
      "parked": .int(report.parked), "handled": .int(report.tally.handled),
      "ignored": .int(report.tally.ignored), "failed": .int(report.tally.failed),
      "retried": .int(report.tally.retried), "skipped": .int(report.tally.skipped),
      "duplicates": .int(report.tally.duplicates),
    ]
    if case .stopped(let reason) = report.status { summary["reason"] = .string(reason) }
    return summary
  }

  /// The key by which people name a saga instance; `null` when it has none.
  private func key(of instance: SagaKey) -> JSON {
    (shown.sagas.instance(instance) ?? engine.world.sagas.instance(instance))?.correlation
      .map { .string($0) } ?? .null
  }

  /// Parked work, with the data with which it will be retried.
  func parkedSummary(_ parked: Parked) -> JSON {
    var summary: JSON = [
      "parked": .int(parked.number), "reason": .string(parked.reason),
      "attempts": .int(parked.attempts), "at": .string(parked.parkedAt.description),
      "journal": .int(parked.entry.number),
      "handler": .string(engine.handler(of: parked.work).description),
    ]
    switch parked.work {
    case .delivery(let delivery, let instance):
      let log = shown.log
      let event = log.event(at: delivery.position)
      summary["consumer"] = .string(delivery.consumer.name)
      summary["consumerKind"] = .string(delivery.consumer.kind.rawValue)
      if let instance {
        summary["instanceId"] = .string(instance)
        summary["key"] = key(of: SagaKey(delivery.consumer.name, instance))
      }
      summary["position"] = .int(delivery.position.number)
      summary["type"] = .string(event?.type.text ?? "")
      summary["data"] = (parked.editedData ?? event?.data)?.value ?? .null
      summary["edited"] = .bool(parked.editedData != nil)
    case .timer(let key, let due):
      summary["consumer"] = .string(key.owner.saga)
      summary["consumerKind"] = "saga"
      summary["instanceId"] = .string(key.owner.instanceID)
      summary["key"] = self.key(of: key.owner)
      summary["timer"] = .string(key.name)
      summary["due"] = .string(due.description)
    }
    return summary
  }
}
