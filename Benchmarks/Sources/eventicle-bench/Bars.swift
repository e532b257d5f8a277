/// What a release must reach, and what others reach.
struct Bar: Sendable {
  /// Which figure of a sample is compared.
  enum Figure: Sendable {
    /// Operations a second; more is better.
    case rate
    /// A named figure; less is better.
    case named(String)
  }

  /// The row of the budget, as `E1`.
  let row: String
  let bench: String
  /// The size that it speaks of; `nil` for all sizes.
  let size: Int?
  let figure: Figure
  let must: Double
  let moonshot: Double

  /// What a sample has of the figure that is compared.
  func value(of sample: Measured) -> Double? {
    switch figure {
    case .rate: sample.rate
    case .named(let name): sample.figures[name]
    }
  }

  /// Whether a value is good enough.
  func isMet(by value: Double) -> Bool {
    switch figure {
    case .rate: value >= must
    case .named: value <= must
    }
  }

  /// The bar in words.
  var text: String {
    switch figure {
    case .rate: "≥ \(Words.count(must))/s"
    case .named(let name): "\(name) ≤ \(Words.number(must))"
    }
  }

  static let all: [Bar] = [
    Bar("E1", "emit_nosub", nil, .rate, must: 1e6, moonshot: 4e6),
    Bar("E2", "emit_hot1", nil, .rate, must: 1e6, moonshot: 2.4e6),
    Bar("E2", "emit_hot100", nil, .rate, must: 20e6, moonshot: 20e6),
    Bar("E3", "emit_batch", nil, .rate, must: 3e6, moonshot: 8e6),
    Bar("E4", "cold_replay", nil, .rate, must: 10e6, moonshot: 40e6),
    Bar("E5", "agg_load", 10, .named("load_us"), must: 4, moonshot: 1),
    Bar("E5", "agg_load", 1_000, .named("load_us"), must: 100, moonshot: 25),
    Bar("E5", "agg_load", 10_000, .named("load_us"), must: 1_000, moonshot: 250),
    Bar("E6", "command", nil, .rate, must: 2e5, moonshot: 1e6),
    Bar("E7", "saga", nil, .named("step_us"), must: 5, moonshot: 1.5),
    Bar("E8", "timers", 1_000_000, .named("add_us"), must: 2, moonshot: 0.5),
    Bar("E8", "timers", 1_000_000, .named("cancel_us"), must: 2, moonshot: 0.5),
    Bar("E8", "timers", 1_000_000, .rate, must: 5e5, moonshot: 3e6),
    Bar("E9", "view_live", nil, .rate, must: 1e6, moonshot: 4e6),
    Bar("E9", "view_rebuild_cold", nil, .rate, must: 10e6, moonshot: 40e6),
    Bar("E11", "chart", nil, .rate, must: 1e6, moonshot: 2e6),
    Bar("E11", "chart_guarded", nil, .rate, must: 1e6, moonshot: 2e6),
    Bar("E11", "chart_xstate", nil, .rate, must: 1e6, moonshot: 2e6),
    Bar("E10", "memory_per_event", 1_000_000, .named("bytes_per_event"), must: 300, moonshot: 180),
    Bar("T1", "jump", 1_000_000, .named("p99_us"), must: 50_000, moonshot: 5_000),
    Bar("T2", "jump_far", 10_000_000, .named("p99_us"), must: 100_000, moonshot: 8_000),
    Bar("T3", "step_forward", nil, .named("p99_us"), must: 1_000, moonshot: 50),
    Bar("T3", "step_back", nil, .named("p99_us"), must: 5_000, moonshot: 500),
    Bar("F1", "append_durable_1", nil, .named("times_bare"), must: 1.25, moonshot: 1.05),
    Bar("F2", "append_durable_1000", nil, .named("times_bare"), must: 2, moonshot: 1.11),
    Bar("F5", "store_open", 1_000_000, .named("p50_us"), must: 100_000, moonshot: 15_000),
    Bar("C6", "store_id", 1_000_000, .named("p99_us"), must: 150_000, moonshot: 5_000),
    Bar("T1", "store_jump", 1_000_000, .named("p99_us"), must: 50_000, moonshot: 5_000),
    Bar("T4", "page", 1_000_000, .named("p50_us"), must: 30, moonshot: 5),
  ]

  private init(
    _ row: String, _ bench: String, _ size: Int?, _ figure: Figure, must: Double,
    moonshot: Double
  ) {
    self.row = row
    self.bench = bench
    self.size = size
    self.figure = figure
    self.must = must
    self.moonshot = moonshot
  }
}

/// Operations a second of the program that this engine is compared with.
///
/// eventiclejs 1.3.1 in memory under node 20.20: medians of five fresh processes, measured on the
/// same kind of machine (2 cores, 24 GiB), not in the same run. Only large ratios mean something.
enum Peer {
  static let rates: [String: [Int: Double]] = [
    "emit_nosub": [1_000: 63_300, 10_000: 83_700, 50_000: 96_000],
    "emit_hot1": [1_000: 32_700, 10_000: 10_500, 50_000: 1_590],
    "emit_batch": [1_000: 69_700, 10_000: 79_900, 50_000: 103_000],
    "cold_replay": [1_000: 105_000, 10_000: 152_000, 50_000: 152_000],
    "view_live": [1_000: 46_000, 10_000: 70_000],
    "view_rebuild_cold": [1_000: 157_000, 10_000: 157_000],
    "agg_load": [10: 526, 1_000: 238, 10_000: 58],
    "command": [100: 4_300, 1_000: 2_500, 10_000: 215],
    "saga": [100: 4_630, 1_000: 3_356, 10_000: 122],
  ]
}
