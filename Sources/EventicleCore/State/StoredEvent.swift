/// An event as a journal that outlives the program stores it, with its place in the world.
package enum StoredEvent: Sendable {
  /// A published event: it is in the log, and in the history of its aggregate if it has one.
  case logged(Event, AggregateKey?, by: JournalIndex)
  /// An event persisted for an aggregate and not published.
  case kept(Event, AggregateKey)
}
