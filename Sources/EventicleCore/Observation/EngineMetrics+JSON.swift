extension EngineMetrics {
  /// All metrics as JSON; times are whole milliseconds.
  ///
  /// `view-latency`, `saga-latency`, `adapter-latency` and `subscription-latency` hold, by group,
  /// the latest latency as `latest` and the latest one of each event type. `consumers` holds counts
  /// and percentiles by group, `commands` counts by type.
  public var json: JSON {
    var result = JSON.emptyObject
    for kind in ConsumerKind.allCases {
      var groups = JSON.emptyObject
      for consumer in consumers where consumer.name.kind == kind {
        if let latencies = consumer.latencies { groups[consumer.group.text] = latencies }
      }
      result["\(kind.rawValue)-latency"] = groups
    }
    var counts = JSON.emptyObject
    for consumer in consumers { counts[consumer.group.text] = consumer.counts }
    result["consumers"] = counts
    var given = JSON.emptyObject
    for command in commands {
      given[command.type] = [
        "done": .int(command.done), "reported": .int(command.reported),
        "rejected": .int(command.rejected), "failed": .int(command.failed),
      ]
    }
    result["commands"] = given
    result["events"] = .int(events)
    return result
  }
}

extension EngineMetrics.Consumer {
  fileprivate var latencies: JSON? {
    guard let last = counters.lastLatency else { return nil }
    var result: JSON = ["latest": .int(Int(last.milliseconds))]
    for (type, latency) in latest where !isSameText(type.text, "latest") {
      result[type.text] = .int(Int(latency.milliseconds))
    }
    return result
  }

  fileprivate var counts: JSON {
    var result: JSON = [
      "consumer": .string(name.name), "kind": .string(name.kind.rawValue),
      "attempts": .int(attempts),
    ]
    for outcome in ConsumerCounters.Outcome.allCases {
      result[outcome.rawValue] = .int(counters.count(of: outcome))
    }
    if name.kind == .saga { result["timers"] = .int(timers) }
    for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("longest", 1)] {
      guard let latency = counters.latencies.percentile(share) else { continue }
      result[name] = .int(Int(latency.milliseconds))
    }
    return result
  }
}
