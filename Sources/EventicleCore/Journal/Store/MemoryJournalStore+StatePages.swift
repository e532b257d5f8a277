extension MemoryJournalStore: StatePages {
  package func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
    history?.record(key, asOf: entry)
  }

  package func record(number: Int, asOf entry: JournalIndex) -> Record? {
    history?.record(number: number, asOf: entry)
  }

  package func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
    history?.records(in: table, asOf: entry) ?? []
  }

  package func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? {
    history?.instance(key, asOf: entry)
  }

  package func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? {
    history?.instance(number: number, asOf: entry)
  }

  package func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] {
    history?.instances(of: saga, asOf: entry) ?? []
  }

  package func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] {
    history?.instances(
      of: saga, property: property, value: value, in: workspace, asOf: entry) ?? []
  }

  package func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? {
    history?.timer(key, asOf: entry)
  }

  package func timer(number: Int) -> Timer? { history?.timer(number: number) }

  package func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool {
    history?.hasProcessed(consumer, position, asOf: entry) ?? false
  }
}
