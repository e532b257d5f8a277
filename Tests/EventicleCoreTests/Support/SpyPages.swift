@testable import EventicleCore

/// The answers of a store, counted; and one that fails when it is asked for the n-th time.
// Used by one thread at a time.
final class SpyPages: StatePages, @unchecked Sendable {
  let pages: any StatePages
  /// How often it was asked, by what for.
  private(set) var asked: [String: Int] = [:]
  /// How many more times it answers; `nil` for ever.
  var left: Int?
  private(set) var fault: StoreFault?

  init(_ pages: any StatePages) { self.pages = pages }

  /// How often it was asked for anything.
  var total: Int { asked.values.reduce(0, +) }

  func forget() { asked = [:] }

  func reload() { (fault, left) = (nil, nil) }

  private func answer<Value>(_ what: String, _ none: Value, _ value: () -> Value) -> Value {
    asked[what, default: 0] += 1
    guard fault == nil else { return none }
    if let left {
      guard left > 0 else {
        fault = .unreadable(what)
        return none
      }
      self.left = left - 1
    }
    return value()
  }

  func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
    answer("record", nil) { pages.record(key, asOf: entry) }
  }

  func record(number: Int, asOf entry: JournalIndex) -> Record? {
    answer("record by number", nil) { pages.record(number: number, asOf: entry) }
  }

  func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
    answer("records", []) { pages.records(in: table, asOf: entry) }
  }

  func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? {
    answer("instance", nil) { pages.instance(key, asOf: entry) }
  }

  func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? {
    answer("instance by number", nil) { pages.instance(number: number, asOf: entry) }
  }

  func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] {
    answer("instances", []) { pages.instances(of: saga, asOf: entry) }
  }

  func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] {
    answer("match", []) {
      pages.instances(of: saga, property: property, value: value, in: workspace, asOf: entry)
    }
  }

  func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? {
    answer("timer", nil) { pages.timer(key, asOf: entry) }
  }

  func timer(number: Int) -> Timer? {
    answer("timer by number", nil) { pages.timer(number: number) }
  }

  func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool {
    answer("processed", false) { pages.hasProcessed(consumer, position, asOf: entry) }
  }
}
