import CoreMetrics
import EventicleCore
import EventicleWorkbench
import Logging
import MetricsTestKit
import Synchronization
import Testing

@testable import EventicleHost

/// A host's log lines and metrics.
@Suite(.timeLimit(.minutes(5))) struct LogAndMetricsTests {
  private let clock = ManualClock()
  private let lines = LogLines()
  private let metrics = TestMetrics()

  private func host(
    _ level: HostLogLevel = .info, _ policy: ErrorPolicy = .park
  ) throws -> EventicleHost {
    let logger = Logger(label: "notes") { [lines] _ in CollectingHandler(lines: lines) }
    return try EventicleHost(
      Notes.domain(Notes.failing("reminders", policy)), clock: clock,
      options: Notes.options, log: HostLog(logger, level: level),
      metrics: HostMetrics("shop", metrics))
  }

  @Test func `opening, rejections, failures and closing are logged as sentences`()
    async throws
  {
    let host = try host()
    _ = try? await host.dispatch("Write", ["text": ""])
    try await host.dispatch("Write", ["text": "a secret"])
    clock.advance(by: .minutes(5))
    await host.settle()
    await host.shutdown()
    #expect(
      lines.all.map(\.text) == [
        "info: The domain notes runs.",
        "notice: The command Write was refused: A note needs a text; add text=….",
        "error: The adapter Broken did not handle #2: It is broken. It is parked.",
        "info: The domain notes runs no more; deliveries left undone: 0.",
      ])
    #expect(lines.all.allSatisfy { !$0.text.contains("secret") && !$0.metadata.contains("secret") })
    let failure = try #require(lines.all.first { $0.text.hasPrefix("error") })
    #expect(failure.metadata.contains("consumer=Broken"))
    #expect(failure.metadata.contains("event=NoteDue"))
    #expect(failure.metadata.contains("position=#2"))
  }

  @Test func `a retry is a warning that gives the time of the next attempt`() async throws {
    let host = try host(.warning, .retry(1, after: .seconds(10)))
    try await host.dispatch("Write", ["text": "milk"])
    clock.advance(by: .minutes(5))
    await host.settle()
    let due = Instant.standardStart + .minutes(5) + .seconds(10)
    #expect(
      lines.all.map(\.text) == [
        "warning: The adapter Broken did not handle #2: It is broken. Attempt 1 failed; "
          + "the next one is at \(due)."
      ])
  }

  @Test func `without a label nothing is logged`() async throws {
    let log = HostLog(label: nil, level: .debug)
    let host = try EventicleHost(
      Notes.domain(), clock: clock, options: Notes.options, log: log, metrics: nil)
    _ = try? await host.dispatch("Write", ["text": ""])
    #expect(lines.all.isEmpty)
  }

  @Test func `without a metrics system or a label nothing is measured`() {
    #expect(EventicleHost.metrics("shop", NOOPMetricsHandler.instance) == nil)
    #expect(EventicleHost.metrics(nil, metrics) == nil)
    #expect(EventicleHost.metrics("shop", metrics) != nil)
  }

  @Test func `work is counted by consumer, command and timer`() async throws {
    let host = try host()
    try await host.dispatch("Write", ["text": "milk"])
    _ = try? await host.dispatch("Write", ["text": ""])
    clock.advance(by: .minutes(5))
    await host.settle()
    func total(_ label: String, _ dimensions: [(String, String)] = []) throws -> Int64 {
      try metrics.expectCounter("shop." + label, dimensions).totalValue
    }
    #expect(try total("events.appended") == 2)
    #expect(try total("commands", [("command", "Write"), ("outcome", "done")]) == 1)
    #expect(try total("commands", [("command", "Write"), ("outcome", "rejected")]) == 1)
    #expect(
      try total(
        "deliveries", [("consumer", "Count"), ("kind", "view"), ("outcome", "handled")]) == 1)
    #expect(
      try total(
        "deliveries", [("consumer", "Broken"), ("kind", "adapter"), ("outcome", "failed")]) == 1)
    #expect(
      try total(
        "timers.fired", [("saga", "Reminder"), ("timer", "due"), ("outcome", "handled")]) == 1)
  }

  @Test func `gauges are recorded when the engine becomes idle`() async throws {
    let host = try host()
    try await host.dispatch("Write", ["text": "milk"])
    await host.settle()
    let pending = try metrics.expectMeter("shop.timers.pending")
    let parked = try metrics.expectMeter("shop.parked")
    try await host.perform(.pause("view-Count"))
    try await host.dispatch("Write", ["text": "eggs"])
    clock.advance(by: .minutes(5))
    await host.settle()
    // A closed host stays idle.
    await host.shutdown()
    let lag = try metrics.expectMeter("shop.group.lag", [("group", "view-Count")])
    #expect(pending.values.contains(1))
    #expect(pending.values.contains(2))
    #expect(parked.values.contains(2))
    #expect(lag.values.contains(1))
  }

  @Test func `the time from an event to its handling is measured on the engine's clock`()
    async throws
  {
    let host = try host()
    try await host.perform(.pause("view-Count"))
    try await host.dispatch("Write", ["text": "milk"])
    clock.advance(by: .seconds(3))
    try await host.perform(.resume("view-Count"))
    let latency = try metrics.expectTimer(
      "shop.delivery.latency", [("consumer", "Count"), ("kind", "view")])
    #expect(latency.values == [3_000_000_000])
  }
}

/// Collects log lines, in order.
final class LogLines: Sendable {
  struct Line: Sendable {
    let text: String
    let metadata: String
  }

  private let lines = Mutex<[Line]>([])

  var all: [Line] { lines.withLock { $0 } }

  func add(_ line: Line) { lines.withLock { $0.append(line) } }
}

/// Passes log lines to the collector.
private struct CollectingHandler: LogHandler {
  let lines: LogLines
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    lines.add(LogLines.Line(text: "\(event.level): \(event.message)", metadata: metadata))
  }
}
