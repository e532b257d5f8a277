import EventicleCore

/// Something that a pane can show.
enum PaneSubject: Hashable, Sendable {
  /// The aggregates of a type.
  case aggregates(String)
  case aggregate(AggregateKey)
  /// An aggregate as it was at one of its versions.
  case version(AggregateKey, Version)
  /// The rows of a view.
  case view(String)
  /// One row of a view.
  case record(RecordKey)
  /// The instances of a saga, or of every saga when the name is `nil`.
  case sagas(String?)
  case saga(SagaKey)
  /// What an entry of the journal is part of: all that its first cause set off.
  case conversation(JournalIndex)
}
