extension World {
  /// Creates the world before the first step from its core.
  package init(beginningAs core: StoredCore) {
    self.init(
      core, over: WorldBase(NoPages(), asOf: JournalIndex(0), events: 0),
      sharing: World(startingAt: core.clock, seed: core.seed))
  }
}

/// A store in which there is nothing.
private final class NoPages: StatePages {
  var fault: StoreFault? { nil }

  func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? { nil }

  func record(number: Int, asOf entry: JournalIndex) -> Record? { nil }

  func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] { [] }

  func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? { nil }

  func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? { nil }

  func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] { [] }

  func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] { [] }

  func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? { nil }

  func timer(number: Int) -> Timer? { nil }

  func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool { false }
}
