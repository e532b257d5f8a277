import EventicleCore

/// One possible continuation.
package struct CompletionCandidate: Hashable, Sendable {
  /// The text to insert, quoted where necessary once it is offered.
  package let text: String
  /// Where it comes from: `Order onHold, 3 s ago`.
  package let note: String

  /// A text to insert, with where it comes from.
  package init(_ text: String, note: String = "") {
    self.text = text
    self.note = note
  }
}

/// What is known about a field of a command or event.
package struct FieldHint: Hashable, Sendable {
  package let name: String
  /// Whether the field must be given.
  package let isRequired: Bool
  /// Whether it is a string, written with `=`; other values are written with `:=`.
  package let isText: Bool
  /// A value to start from: the default, or the last one seen.
  package let example: String?
  /// The type of aggregate whose ids the field holds.
  package let idType: String?

  /// A field with what is known about it.
  package init(
    _ name: String, isRequired: Bool, isText: Bool = true, example: String? = nil,
    idType: String? = nil
  ) {
    self.name = name
    self.isRequired = isRequired
    self.isText = isText
    self.example = example
    self.idType = idType
  }

  /// The field with its assignment sign: `total:=`.
  package var assignment: String {
    let name = ItemPath.isPlain(name) ? name : ItemPath([.member(name)]).description
    return name + (isText ? "=" : ":=")
  }
}

/// The names that exist, for completion; every list is empty by default.
package protocol CompletionSource {
  func streams() -> [CompletionCandidate]
  func eventTypes(in stream: String?) -> [CompletionCandidate]
  /// Domain ids of events of a type, or of any events.
  func domainIDs(type: String?, prefix: String, limit: Int) -> [CompletionCandidate]
  func commands() -> [CompletionCandidate]
  func fields(ofCommand command: String) -> [FieldHint]
  func fields(ofEventType type: String) -> [FieldHint]
  /// Ids that fit a field of a command, with the state of each as the note.
  func ids(
    forField field: String, ofCommand command: String, prefix: String, limit: Int
  ) -> [CompletionCandidate]
  func aggregateTypes() -> [CompletionCandidate]
  func aggregateIDs(type: String, prefix: String, limit: Int) -> [CompletionCandidate]
  func sagas() -> [CompletionCandidate]
  func sagaKeys(of saga: String, prefix: String, limit: Int) -> [CompletionCandidate]
  func views() -> [CompletionCandidate]
  func viewKeys(of view: String, prefix: String, limit: Int) -> [CompletionCandidate]
  /// Armed timers as `SAGA/KEY/TIMER`.
  func timers() -> [CompletionCandidate]
  /// Consumer groups, with their state as the note.
  func groups() -> [CompletionCandidate]
  /// The numbers of parked deliveries, with what each is as the note.
  func parkedNumbers() -> [CompletionCandidate]
  /// The deliveries that wait, each as its address, with the event's type as the note.
  func deliveries() -> [CompletionCandidate]
  func sources() -> [CompletionCandidate]
  func marks() -> [CompletionCandidate]
  /// Main and the forks.
  func branches() -> [CompletionCandidate]
  func themes() -> [CompletionCandidate]
  func settings() -> [CompletionCandidate]
  func values(ofSetting setting: String) -> [CompletionCandidate]
  func domains() -> [CompletionCandidate]
  func paths(prefix: String, limit: Int) -> [CompletionCandidate]
  /// Paths into event data, for filters.
  func dataPaths(limit: Int) -> [CompletionCandidate]
  /// Paths into states of aggregates, for filters.
  func statePaths(limit: Int) -> [CompletionCandidate]
  /// Fields of an aggregate, saga instance or view row.
  func fields(of kind: Selector.Kind, name: String) -> [CompletionCandidate]
}

extension CompletionSource {
  package func streams() -> [CompletionCandidate] { [] }
  package func eventTypes(in stream: String?) -> [CompletionCandidate] { [] }
  package func domainIDs(type: String?, prefix: String, limit: Int) -> [CompletionCandidate] { [] }
  package func commands() -> [CompletionCandidate] { [] }
  package func fields(ofCommand command: String) -> [FieldHint] { [] }
  package func fields(ofEventType type: String) -> [FieldHint] { [] }
  package func ids(
    forField field: String, ofCommand command: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] { [] }
  package func aggregateTypes() -> [CompletionCandidate] { [] }
  package func aggregateIDs(
    type: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] { [] }
  package func sagas() -> [CompletionCandidate] { [] }
  package func sagaKeys(
    of saga: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] { [] }
  package func views() -> [CompletionCandidate] { [] }
  package func viewKeys(
    of view: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] { [] }
  package func timers() -> [CompletionCandidate] { [] }
  package func groups() -> [CompletionCandidate] { [] }
  package func parkedNumbers() -> [CompletionCandidate] { [] }
  package func deliveries() -> [CompletionCandidate] { [] }
  package func sources() -> [CompletionCandidate] { [] }
  package func marks() -> [CompletionCandidate] { [] }
  package func branches() -> [CompletionCandidate] { [] }
  package func themes() -> [CompletionCandidate] { [] }
  package func settings() -> [CompletionCandidate] { [] }
  package func values(ofSetting setting: String) -> [CompletionCandidate] { [] }
  package func domains() -> [CompletionCandidate] { [] }
  package func paths(prefix: String, limit: Int) -> [CompletionCandidate] { [] }
  package func dataPaths(limit: Int) -> [CompletionCandidate] { [] }
  package func statePaths(limit: Int) -> [CompletionCandidate] { [] }
  package func fields(of kind: Selector.Kind, name: String) -> [CompletionCandidate] { [] }
}
