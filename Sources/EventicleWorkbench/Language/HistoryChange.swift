package import EventicleCore

/// What a line changes of a fork's history.
package enum HistoryChange: Hashable, Sendable {
  /// `skip #4`: leaves an event out.
  case skip(Located<Position>)
  /// `edit #4 amount:=70`: gives an event other data.
  case change(Located<Position>, Items)
  /// `move #8 after #3`, `move #4>PaymentSaga after #4`: takes a step elsewhere.
  case move(Located<StepReference>, after: Located<StepReference>)
  /// `insert #3 orders OrderCancelled order-1`: emits an event right after another.
  case insert(Emission, after: Located<Position>)
  /// `refuse #4>PaymentSaga "no"`: lets what a step runs refuse.
  case refuse(Located<StepReference>, reason: Located<String>)
}

/// A step of history, as a line names it.
package enum StepReference: Hashable, Sendable {
  /// `#4>PaymentSaga`: the delivery of an event to a consumer.
  case delivery(Position, consumer: String)
  /// `#4`: the command, delivery or timer that appended an event.
  case event(Position)
  /// `j12`: the step of a journal entry.
  case entry(JournalIndex)
}

/// Something with a state, and a place in it: `Order/order-1.status`.
package struct FieldReference: Hashable, Sendable {
  /// An aggregate's type, or the name of a saga or view.
  package let name: String
  package let key: String
  /// The place; empty for all of it.
  package let path: JSONPath
}

/// What a line changes of what is watched.
package enum WatchChange: Hashable, Sendable {
  case add(Located<FieldReference>)
  /// Takes one away by its number, all of them without one.
  case remove(Located<Int>?)
  case list
}
