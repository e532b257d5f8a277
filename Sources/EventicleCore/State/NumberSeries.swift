/// What the engine numbers by itself, from 1.
package enum NumberSeries: String, Sendable, Hashable, CaseIterable {
  /// The armings of timers.
  case timers
  /// The instances of sagas.
  case sagaInstances
  /// The records that came to the data store.
  case records
  /// The pieces of work that were parked.
  case parked
}

/// The last number of each series.
struct LastNumbers: Sendable, Hashable {
  private var timers = 0
  private var sagaInstances = 0
  private var records = 0
  private var parked = 0

  subscript(series: NumberSeries) -> Int {
    @inline(__always)
    get {
      switch series {
      case .timers: timers
      case .sagaInstances: sagaInstances
      case .records: records
      case .parked: parked
      }
    }
    @inline(__always)
    set {
      switch series {
      case .timers: timers = newValue
      case .sagaInstances: sagaInstances = newValue
      case .records: records = newValue
      case .parked: parked = newValue
      }
    }
  }
}
