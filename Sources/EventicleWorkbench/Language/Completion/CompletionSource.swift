import EventicleCore

/// One way to go on.
package struct CompletionCandidate: Hashable, Sendable {
  /// What is put into the line, in quotes where it needs them once it is offered.
  package let text: String
  /// Where it comes from: `Order onHold, 3 s ago`.
  package let note: String

  /// A way to go on, and where it comes from.
  package init(_ text: String, note: String = "") {
    self.text = text
    self.note = note
  }
}

/// What is known about a field of a command or event.
package struct FieldHint: Hashable, Sendable {
  /// The name of the field.
  package let name: String
  /// Whether it has to be there.
  package let isRequired: Bool
  /// Whether it is a string, written with `=`; anything else is written with `:=`.
  package let isText: Bool
  /// A value to start from: a default, or the last one seen.
  package let example: String?
  /// The type of aggregate whose ids it takes.
  package let idType: String?

  /// What is known about a field.
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

  /// The field with its sign: `total:=`.
  var assignment: String {
    let name = ItemPath.isPlain(name) ? name : ItemPath([.member(name)]).description
    return name + (isText ? "=" : ":=")
  }
}

/// What exists, for completion; everything has an empty default.
package protocol CompletionSource {
  func streams() -> [CompletionCandidate]
  func eventTypes(in stream: String?) -> [CompletionCandidate]
  /// Ids that events of a type, or any events, are about.
  func domainIDs(type: String?, prefix: String, limit: Int) -> [CompletionCandidate]
  func commands() -> [CompletionCandidate]
  func fields(ofCommand command: String) -> [FieldHint]
  func fields(ofEventType type: String) -> [FieldHint]
  /// Ids that make sense in a field of a command, with the state of each as the note.
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
  /// Consumer groups, with how they are doing as the note.
  func groups() -> [CompletionCandidate]
  /// The numbers of what is parked, with what it is as the note.
  func parkedNumbers() -> [CompletionCandidate]
  func sources() -> [CompletionCandidate]
  func marks() -> [CompletionCandidate]
  func themes() -> [CompletionCandidate]
  func settings() -> [CompletionCandidate]
  func values(ofSetting setting: String) -> [CompletionCandidate]
  func domains() -> [CompletionCandidate]
  func paths(prefix: String, limit: Int) -> [CompletionCandidate]
  /// Paths into the data of events, for filters.
  func dataPaths(limit: Int) -> [CompletionCandidate]
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
  package func sources() -> [CompletionCandidate] { [] }
  package func marks() -> [CompletionCandidate] { [] }
  package func themes() -> [CompletionCandidate] { [] }
  package func settings() -> [CompletionCandidate] { [] }
  package func values(ofSetting setting: String) -> [CompletionCandidate] { [] }
  package func domains() -> [CompletionCandidate] { [] }
  package func paths(prefix: String, limit: Int) -> [CompletionCandidate] { [] }
  package func dataPaths(limit: Int) -> [CompletionCandidate] { [] }
  package func fields(of kind: Selector.Kind, name: String) -> [CompletionCandidate] { [] }
}
