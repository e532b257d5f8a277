/// The state that a world rests on and does not hold: records, saga instances, timers, and which
/// events were processed.
///
/// Every answer is as of a journal entry: what was the case after it, whatever has come since. A
/// part of a step takes effect at its first entry, as a whole. An answer is asked for again each
/// time, so whoever answers keeps what is worth keeping.
package protocol StatePages: Pages {
  // MARK: Records

  /// The record with a key.
  func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record?

  /// The record with a number, which it got when it was created and no other record ever gets.
  func record(number: Int, asOf entry: JournalIndex) -> Record?

  /// The numbers of a table's records, ascending, which is the order of their creation.
  func records(in table: TableName, asOf entry: JournalIndex) -> [Int32]

  // MARK: Saga instances

  /// The saga instance with a key.
  func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance?

  /// The saga instance with a number, which it got when it was started and no other ever gets.
  func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance?

  /// The numbers of a saga's instances, ascending, which is the order of their start.
  func instances(of saga: String, asOf entry: JournalIndex) -> [Int32]

  /// The instances of a saga that have a value in a property of their data, oldest first, whether
  /// or not events match the property.
  func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance]

  // MARK: Timers

  /// The armed timer with a key.
  func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer?

  /// What was armed under a number, whether or not it still is: an arming never changes.
  func timer(number: Int) -> Timer?

  // MARK: Deliveries

  /// Whether a consumer that handles each event only once has handled the one at a position.
  func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool
}
