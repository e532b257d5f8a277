package import EventicleCore

extension SQLiteJournal {
  package func record(_ key: RecordKey, asOf entry: JournalIndex) -> Record? {
    ask(nil) { $0.record(key, asOf: entry) }
  }

  package func record(number: Int, asOf entry: JournalIndex) -> Record? {
    ask(nil) { $0.record(number: number, asOf: entry) }
  }

  package func records(in table: TableName, asOf entry: JournalIndex) -> [Int32] {
    ask([]) { $0.records(in: table, asOf: entry) }
  }

  package func instance(_ key: SagaKey, asOf entry: JournalIndex) -> SagaInstance? {
    ask(nil) { $0.instance(key, asOf: entry) }
  }

  package func instance(number: Int, asOf entry: JournalIndex) -> SagaInstance? {
    ask(nil) { $0.instance(number: number, asOf: entry) }
  }

  package func instances(of saga: String, asOf entry: JournalIndex) -> [Int32] {
    ask([]) { $0.instances(of: saga, asOf: entry) }
  }

  package func instances(
    of saga: String, property: String, value: JSON, in workspace: Workspace,
    asOf entry: JournalIndex
  ) -> [SagaInstance] {
    ask([]) { $0.instances(of: saga, property: property, value: value, in: workspace, asOf: entry) }
  }

  package func timer(_ key: TimerKey, asOf entry: JournalIndex) -> Timer? {
    ask(nil) { $0.timer(key, asOf: entry) }
  }

  package func timer(number: Int) -> Timer? { ask(nil) { $0.timer(number: number) } }

  package func hasProcessed(
    _ consumer: ConsumerNumber, _ position: Position, asOf entry: JournalIndex
  ) -> Bool {
    ask(false) { $0.hasProcessed(consumer, position, asOf: entry) }
  }
}
