package import EventicleCore

extension SQLiteJournal {
  package func page(_ number: Int) -> LogPage? { ask(nil) { $0.page(number) } }

  package func position(of id: EventID, upTo last: Int) -> Int? {
    ask(nil) { $0.position(of: id, upTo: last) }
  }

  package func count(of stream: StreamName, upTo last: Int) -> Int {
    ask(0) { $0.count(of: stream, upTo: last) }
  }

  package func positions(of stream: StreamName, at places: Range<Int>) -> [Int32] {
    ask([]) { $0.positions(of: stream, at: places) }
  }

  package func history(of key: AggregateKey, upTo bound: LogBound) -> StoredHistory? {
    ask(nil) { $0.history(of: key, upTo: bound) }
  }

  package func entries(of history: StoredHistory, _ range: Range<Int>) -> [Int32] {
    ask([]) { $0.entries(of: history, range) }
  }

  package func count(ofAggregates type: String, upTo bound: LogBound) -> Int {
    ask(0) { $0.count(ofAggregates: type, upTo: bound) }
  }

  package func aggregate(of type: String, at place: Int) -> DomainID? {
    ask(nil) { $0.aggregate(of: type, at: place) }
  }

  package func keptEvent(_ number: Int) -> (event: Event, logCount: Int)? {
    ask(nil) { $0.keptEvent(number) }
  }
}
