extension Backoff {
  /// The waits before a lost connection is tried again: 100 ms, twice as long each time up to 10 s,
  /// each up to a fifth shorter or longer.
  package static let reconnecting = Backoff.exponential(
    .milliseconds(120), cap: .seconds(12), jitter: 33)
}
