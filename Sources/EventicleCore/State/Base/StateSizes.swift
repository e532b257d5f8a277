/// How much of everything there is that a world need not hold itself; small, whatever it counts.
package struct StateSizes: Sendable, Equatable {
  /// The number of records in a table.
  struct Table: Sendable, Equatable {
    let name: TableName
    let records: Int
  }

  /// The number of instances of a saga, and how they are found.
  struct Saga: Sendable, Equatable {
    let name: String
    var instances: Int
    /// The tenants that have ever had an instance.
    var tenants: [Workspace]
    /// The properties by which events find instances.
    let properties: [String]
  }

  /// A timer that is armed: the number of its arming, and when it is due.
  struct Armed: Sendable, Equatable {
    let number: Int
    let due: Instant
  }

  /// The tables with records, in the order of their names.
  var tables: [Table] = []
  /// The sagas that have or had instances, or are declared, by name.
  var sagas: [Saga] = []
  /// The armed timers, the first due first.
  var timers: [Armed] = []
  /// The number of events that each consumer has processed, by the consumer's number.
  var processed: [Int] = []
}
