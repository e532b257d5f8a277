import EventicleCore

/// One row of the tree.
struct ExploreRow: Sendable {
  /// What a row is about.
  enum Subject: Hashable, Sendable {
    case section(ExploreModel.Section)
    case saga(SagaKey)
    case aggregate(AggregateKey)
    /// A type of aggregates of which there is none.
    case nobody(String)
    case view(String)
    case adapter(String)
    case stream(StreamName)
    /// A consumer group of the attached system, of a stream.
    case group(String, of: String)
    case fork(String, isCurrent: Bool)
    /// A watched value, by its place.
    case watch(String)
    /// What brought troubles, by a word.
    case troubles(String)
    /// More of a kind: they are shown, or where all are listed.
    case more(String, ExploreModel.Section, isListed: Bool)
    /// A sentence, such as that there is nothing.
    case sentence(String)
  }

  let subject: Subject
  let section: ExploreModel.Section
  /// What the rows of a type have in common; empty behind the first of them.
  var kind = ""
  var title = ""
  /// How bad its state is, and the state.
  var mark: Severity?
  var word = ""
  /// What stands at the right edge.
  var note = ""
  /// When it acts next by itself; told from now.
  var due: Instant?
  /// The version of an aggregate.
  var version: Version?

  /// The text for finding, without what changes by itself.
  var text: String {
    ([kind, title, word, note] as [String]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether it is the heading of a section.
  var isHead: Bool { if case .section = subject { true } else { false } }
}
