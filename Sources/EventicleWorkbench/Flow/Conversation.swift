package import EventicleCore

/// Everything that one thing set off: the tree of causes and effects that a journal entry belongs
/// to, from its root on.
///
/// A conversation that is longer than ``Limits/conversation`` is held in part, and says how much is
/// left out.
package struct Conversation: Sendable, Hashable {
  /// One journal entry of the tree.
  package struct Node: Sendable, Hashable {
    /// Where the journal has it.
    package let index: JournalIndex
    /// What the engine did.
    package let kind: JournalEntry.Kind
    /// The entry that caused it; `nil` for what came from outside.
    package let cause: JournalIndex?
    /// When it happened: for an imported event its own time, else the clock's.
    package let instant: Instant
    /// Where its input came from; `nil` for what something else in its step caused.
    package let origin: InputOrigin?
    /// How many causes it has in the tree.
    package let depth: Int
    /// The place of its cause among the nodes; `nil` for the first one.
    package let parent: Int?
    /// Whether it is the last effect of its cause.
    package let isLast: Bool
    /// The state that a step of a saga led to, where the step is resident and led to another one.
    package let state: String?

    /// Whether a person at a keyboard asked for it.
    package var isByUser: Bool { origin == .person }
  }

  /// The nodes in pre-order: each before its effects, and effects in the order of the journal.
  package let nodes: [Node]
  /// How many causes lie above the first node, which are left out; 0 when it is the root.
  package let above: Int
  /// The first cause of all, as far as it was looked for.
  package let top: JournalIndex
  /// How many entries below the first node are left out.
  package let more: Int
  /// Whether `above` and `more` are exact; there are at least so many otherwise.
  package let isCounted: Bool
  /// The id of an event that caused the first one and is not in the log.
  package let missingCause: String?
  /// The number of entries of the journal it was read from.
  package let entries: Int
  private let places: [JournalIndex: Int]

  init(
    nodes: [Node], above: Int, top: JournalIndex, more: Int, isCounted: Bool,
    missingCause: String?, entries: Int
  ) {
    self.nodes = nodes
    self.above = above
    self.top = top
    self.more = more
    self.isCounted = isCounted
    self.missingCause = missingCause
    self.entries = entries
    places = Dictionary(
      zip(nodes.map(\.index), nodes.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The place of an entry among the nodes; `nil` for one that is not in the tree.
  package func place(of index: JournalIndex) -> Int? { places[index] }

  /// When it began.
  package var start: Instant { nodes.first?.instant ?? Instant(milliseconds: 0) }

  /// How long it took, from its first node to its last one by the clock of events.
  package var length: Interval {
    (nodes.map(\.instant).max() ?? start) - (nodes.map(\.instant).min() ?? start)
  }

  /// The place of the last node of the moment; `nil` when none of it has happened.
  package func place(at moment: MomentView) -> Int? {
    var found: Int?
    for (place, node) in nodes.enumerated() where !node.isLater(than: moment) {
      if found.map({ nodes[$0].index < node.index }) ?? true { found = place }
    }
    return found
  }
}

extension Conversation.Node {
  /// Whether it comes after a moment.
  package func isLater(than moment: MomentView) -> Bool {
    switch kind {
    case .append(let position, _), .imported(let position, _): !moment.hasHappened(position)
    default: index > moment.cursor.entry
    }
  }

  /// The letter of its kind: a command C, an event E, a saga S, a timer T, a view V, and X for
  /// what is outside.
  package var letter: String {
    switch kind {
    case .command: "C"
    case .append, .imported: "E"
    case .delivery(_, let consumer, _, _), .acted(_, let consumer, _): consumer.kind.letter
    case .timerArmed, .timerCancelled, .timerFired, .clock: "T"
    case .sagaEnded, .sagaIntervention: "S"
    case .group, .parkedEdited, .parkedDropped, .trimmed, .trouble: "X"
    }
  }

  /// The event that it appended, delivered or was about.
  package var position: Position? { kind.position }
}
