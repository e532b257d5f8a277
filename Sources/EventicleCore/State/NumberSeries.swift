/// The series of numbers that the engine assigns, each from 1.
package enum NumberSeries: String, Sendable, Hashable, CaseIterable {
  /// Armings of timers.
  case timers
  /// Instances of sagas.
  case sagaInstances
  /// Records in the data store.
  case records
  /// Parked pieces of work.
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
