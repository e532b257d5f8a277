extension World {
  /// Applies a stored step, and fills in what its changes replaced.
  ///
  /// - Returns: The complete step, whose changes can be taken back.
  package mutating func replay(completing step: StoredStep) -> StoredStep {
    var parts: [StoredStep.Part] = []
    for part in step.parts {
      let changes = replay(completing: part.changes, part.events)
      let entries = part.entries.enumerated().map { index, entry in
        index > 0
          ? entry
          : JournalEntry(
            kind: entry.kind, cause: entry.cause, instant: entry.instant,
            stepStart: entry.stepStart, stepCount: entry.stepCount, origin: entry.origin,
            changes: changes)
      }
      parts.append(StoredStep.Part(entries: entries, events: part.events))
    }
    return StoredStep(step.input, parts: parts)
  }
}
