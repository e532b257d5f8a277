import EventicleCore

/// Events into the log, and on to those who listen.
enum Emitting {
  static let all = [
    Bench("emit_nosub", [1_000, 10_000, 50_000, 1_000_000], run: one),
    Bench("emit_made", [1_000, 50_000, 1_000_000], run: making),
    Bench("emit_batch", [1_000, 10_000, 50_000, 1_000_000], run: batch),
    Bench("emit_hot1", [1_000, 10_000, 50_000, 1_000_000], run: { try hot(1, $0) }),
    Bench(
      "emit_hot100", [1_000, 10_000], unit: "delivery", run: { try hot(100, $0) }),
  ]

  @Sendable private static func one(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench"))
    var sample = measure(count) {
      for number in 0..<count { recorder.perform(.emit([Payments.event(number)], to: "payments")) }
      return recorder.world.log.count
    }
    try recorder.proveJournal(events: count)
    try Payments.proveLog(recorder.world, count: count)
    sample.more = [("floor_ms", Floors.append(count) * 1_000)]
    return sample
  }

  /// The same with the event made from JSON in every call, as a careless caller does.
  @Sendable private static func making(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench"))
    let sample = measure(count) {
      for number in 0..<count {
        recorder.perform(.emit([Payments.newEvent(number)], to: "payments"))
      }
      return recorder.world.log.count
    }
    try recorder.proveJournal(events: count)
    try Payments.proveLog(recorder.world, count: count)
    return sample
  }

  @Sendable private static func batch(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench"))
    let events = (0..<count).map { Payments.event($0) }
    var sample = measure(count) {
      recorder.perform(.emit(events, to: "payments"))
      return recorder.world.log.count
    }
    try recorder.proveJournal(events: count)
    try Payments.proveLog(recorder.world, count: count)
    sample.more = [("floor_ms", Floors.append(count) * 1_000)]
    return sample
  }

  /// What a listener has seen; every engine runs on one thread.
  private final class Seen: @unchecked Sendable {
    var count = 0
    var bytes = 0
  }

  private static func hot(_ subscribers: Int, _ count: Int) throws -> Sample {
    let seen = Seen()
    let adapters = (1...subscribers).map { number in
      EventAdapter(
        "listener-\(number)", streams: ["payments"],
        onAny: { event, _ in
          seen.count += 1
          seen.bytes += event.data.utf8.count
        })
    }
    var recorder = try Recorder(Domain("bench", adapters: adapters))
    var sample = measure(count * subscribers) {
      for number in 0..<count { recorder.emit(Payments.event(number), to: "payments") }
      return seen.count
    }
    try prove(seen.count, count * subscribers, "deliveries")
    try prove(recorder.timeline.count, count * (1 + subscribers), "journal entries")
    let bytes = (0..<count).reduce(0) { $0 + Payments.event($1).data.utf8.count }
    try prove(seen.bytes, bytes * subscribers, "bytes that the listeners saw")
    try Payments.proveLog(recorder.world, count: count)
    sample.more = [("floor_ms", Floors.append(count) * 1_000)]
    return sample
  }
}
