/// One step in its stored form: what one input did, in names and values, without places in memory.
package struct StoredStep: Sendable {
  /// What was kept together: the step's own part, last, and one for each transaction inside it
  /// that was kept on its own.
  package struct Part: Sendable {
    /// The entries, the first of which has the changes.
    package let entries: [JournalEntry]
    /// The events that it appended or kept, in order.
    package let events: [StoredEvent]

    /// Creates a part.
    package init(entries: [JournalEntry], events: [StoredEvent]) {
      self.entries = entries
      self.events = events
    }

    /// What an entry says besides what the entries of a part share.
    package typealias Head = (kind: JournalEntry.Kind, cause: JournalIndex?, origin: InputOrigin?)

    /// Creates a part from what its entries share and what each of them says.
    ///
    /// - Parameter start: Its first entry.
    package init(
      from start: JournalIndex, at instant: Instant, _ heads: [Head], events: [StoredEvent],
      _ changes: StepChanges
    ) {
      let entries = heads.enumerated().map { index, head in
        JournalEntry(
          kind: head.kind, cause: head.cause, instant: instant, stepStart: start,
          stepCount: index == 0 ? heads.count : 0, origin: head.origin,
          changes: index == 0 ? changes : .none)
      }
      self.init(entries: entries, events: events)
    }

    /// What it changed.
    package var changes: StepChanges { entries.first?.changes ?? .none }
  }

  /// What was asked.
  package let input: RecordedInput
  /// Its parts, in order.
  package let parts: [Part]

  /// Creates a step.
  package init(_ input: RecordedInput, parts: [Part]) {
    self.input = input
    self.parts = parts
  }

  /// All entries.
  package var entries: [JournalEntry] { parts.flatMap(\.entries) }

  /// Its first entry; j0 for a step without entries.
  package var first: JournalIndex { parts.first?.entries.first?.stepStart ?? JournalIndex(0) }
}
