/// An event as a journal that outlives the program keeps it, with what it means to the world.
package enum StoredEvent: Sendable {
  /// It was published: it is in the log, and in the history of an aggregate if it belongs to one.
  case logged(Event, AggregateKey?, by: JournalIndex)
  /// It was persisted for an aggregate and not published.
  case kept(Event, AggregateKey)
}
