import TestSupport
import Testing

@testable import EventicleCore

@Suite struct LatencyHistogramTests {
  /// Latencies of every magnitude, most of them small.
  static func latency(_ random: inout SeededRandom) -> Interval {
    let bits = Int.random(in: 0...40, using: &random)
    return .milliseconds(Int64.random(in: -2...(1 << Int64(bits)), using: &random))
  }

  @Test func `every bucket begins where the previous one ends`() {
    #expect(LatencyHistogram.bucket(of: .milliseconds(0)) == 0)
    #expect(LatencyHistogram.bucket(of: .milliseconds(-5)) == 0)
    for bucket in 0..<239 {
      let end = LatencyHistogram.highest(in: bucket)
      #expect(LatencyHistogram.bucket(of: end) == bucket)
      #expect(LatencyHistogram.bucket(of: end + .milliseconds(1)) == bucket + 1)
    }
    #expect(LatencyHistogram.highest(in: 239).milliseconds == 4_294_967_295)
    #expect(LatencyHistogram.bucket(of: .milliseconds(.max)) == 239)
  }

  @Test(arguments: seeds(100))
  func `percentiles are at most one eighth above those of the sorted values`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var histogram = LatencyHistogram()
    let values = (0..<Int.random(in: 1...300, using: &random)).map { _ in
      Interval.milliseconds(
        Int64.random(in: 0...(1 << Int64.random(in: 0...31, using: &random)), using: &random))
    }
    for value in values { histogram.record(value) }
    let sorted = values.sorted()
    for share in [0, 0.01, 0.5, 0.9, 0.99, 1, -1, 7, .nan] as [Double] {
      let bounded = share.isNaN ? 1 : min(max(share, 0), 1)
      let rank = max(1, Int((bounded * Double(sorted.count)).rounded(.up)))
      let exact = sorted[rank - 1].milliseconds
      let found = histogram.percentile(share)?.milliseconds ?? -1
      #expect(found >= exact && found <= exact + exact / 8, "\(share): \(found) for \(exact)")
    }
    #expect(histogram.longest == histogram.percentile(1))
    #expect(histogram.count == values.count)
    #expect(histogram.buckets.reduce(0) { $0 + $1.count } == values.count)
  }

  @Test func `an empty histogram has no percentiles`() {
    #expect(LatencyHistogram().percentile(0.5) == nil)
    #expect(LatencyHistogram().longest == nil)
    #expect(LatencyHistogram().isEmpty)
  }

  @Test(arguments: seeds(100))
  func `removing a value undoes recording it, and merging records both`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let values = (0..<200).map { _ in Self.latency(&random) }
    var histogram = LatencyHistogram()
    var states = [histogram]
    for value in values {
      histogram.record(value)
      states.append(histogram)
    }
    let whole = histogram
    for (value, state) in zip(values, states).reversed() {
      histogram.unrecord(value)
      #expect(histogram == state)
    }
    var left = LatencyHistogram()
    var right = LatencyHistogram()
    for (place, value) in values.enumerated() {
      if place % 3 == 0 { left.record(value) } else { right.record(value) }
    }
    left.merge(right)
    #expect(left == whole)
  }

  @Test func `removing a value never recorded is undone by recording it`() {
    var histogram = LatencyHistogram()
    histogram.unrecord(.seconds(1))
    histogram.record(.seconds(1))
    #expect(histogram == LatencyHistogram())
  }

  @Test(arguments: seeds(100))
  func `removing deliveries restores every earlier state of the counters`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var counters = ConsumerCounters()
    var steps: [(before: ConsumerCounters, mark: ConsumerCounters.Mark)] = []
    var tally: [ConsumerCounters.Outcome: Int] = [:]
    for _ in 0..<100 {
      let outcomes = ConsumerCounters.Outcome.allCases
      let outcome = outcomes[Int.random(in: 0..<outcomes.count, using: &random)]
      let latency = Bool.random(using: &random) ? Self.latency(&random) : nil
      let before = counters
      steps.append((before, counters.add(outcome, latency: latency)))
      tally[outcome, default: 0] += 1
      if latency != nil { #expect(counters.lastLatency == latency) }
    }
    for outcome in ConsumerCounters.Outcome.allCases {
      #expect(counters.count(of: outcome) == tally[outcome] ?? 0)
    }
    #expect(
      counters.handled + counters.ignored + counters.failed + counters.retried + counters.parked
        + counters.skipped + counters.duplicates == 100)
    for step in steps.reversed() {
      var again = step.before
      again.add(step.mark)
      #expect(again == counters)
      counters.remove(step.mark)
      #expect(counters == step.before)
    }
    #expect(counters == ConsumerCounters())
  }
}
