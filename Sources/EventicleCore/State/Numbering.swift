/// How far a world has got with the ids and numbers that it gives out.
public struct Numbering: Sendable, Equatable {
  /// The number of draws from the random source.
  package let draws: Int
  /// The last number of each counter that has given one out.
  package let counters: [String: Int]
  /// The last number of each series of the engine.
  package let series: [NumberSeries: Int]

  /// Creates a numbering.
  package init(draws: Int, counters: [String: Int], series: [NumberSeries: Int]) {
    self.draws = draws
    self.counters = counters
    self.series = series
  }

  /// The further one of this and another one, each number by itself.
  package func upTo(_ other: Numbering) -> Numbering {
    Numbering(
      draws: max(draws, other.draws), counters: counters.merging(other.counters) { max($0, $1) },
      series: series.merging(other.series) { max($0, $1) })
  }

  /// What of it is further than another one; `nil` when nothing is.
  package func ahead(of other: Numbering) -> Numbering? {
    let counters = counters.filter { $0.value > other.counters[$0.key] ?? 0 }
    let series = series.filter { $0.value > other.series[$0.key] ?? 0 }
    guard draws > other.draws || !counters.isEmpty || !series.isEmpty else { return nil }
    return Numbering(draws: draws, counters: counters, series: series)
  }
}

extension World {
  /// How far it has got with ids and numbers; O(counters).
  package var numbering: Numbering {
    var counters: [String: Int] = [:]
    for name in counterNames { counters[name] = ids.counter(name) }
    var series: [NumberSeries: Int] = [:]
    for one in NumberSeries.allCases where ids.numbers[one] > 0 { series[one] = ids.numbers[one] }
    return Numbering(draws: ids.drawn, counters: counters, series: series)
  }
}
