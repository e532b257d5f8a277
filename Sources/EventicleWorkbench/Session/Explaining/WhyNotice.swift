package import EventicleCore

/// Every step that changed something, with who began it.
package struct WhyNotice: Sendable, Hashable {
  /// One change of a value.
  package struct Change: Sendable, Hashable {
    package let path: String
    /// `nil` when it was not there before, or is not there any more.
    package let old: JSON?
    package let new: JSON?
  }

  /// One step.
  package struct Row: Sendable, Hashable {
    /// The entry that made the change.
    package let entry: JournalIndex
    /// The event that says it; `nil` for a step of a saga that a timer began.
    package let event: Position?
    /// The moment after the step.
    package let moment: MomentName
    package let instant: Instant
    package let changes: [Change]
    /// What made it: `#5 OrderOnHold`, `V OrderBoard on #5 OrderOnHold`.
    package let by: String
    /// What led to it, nearest first, up to the person, program or timer that began it.
    package let causes: [String]
  }

  /// What changed: `Order/order-1.status`.
  package let subject: String
  package let rows: [Row]
  /// How many earlier steps were not looked at.
  package let earlier: Int

  /// The most changes that are looked at.
  package static let most = 500

  /// What it comes to, for the message line.
  package var sentence: String {
    guard let last = rows.last else { return "\(subject) has never changed" }
    let count = "\(subject) was changed by \(rows.count) \(rows.count == 1 ? "step" : "steps")"
    let value = last.changes.first.map { change in
      rows.count == 0 || subject.hasSuffix(".\(change.path)")
        ? "\(Self.word(change.old)) → \(Self.word(change.new))"
        : "\(change.path) \(Self.word(change.old)) → \(Self.word(change.new))"
    }
    let chain = ([last.by] + last.causes).joined(separator: " ← ")
    return [count, value.map { "last \($0)" }, chain].compactMap { $0 }.joined(separator: " · ")
  }

  private static func word(_ value: JSON?) -> String {
    value.map { StepReader.word($0) } ?? "nothing"
  }

  /// The changes as `why` prints them.
  package var json: JSON {
    .array(
      rows.map { row in
        [
          "journal": .int(row.entry.number),
          "event": row.event.map { .int($0.number) } ?? .null,
          "moment": .string("\(row.moment)"), "at": .string(row.instant.description),
          "by": .string(row.by), "causes": .array(row.causes.map { .string($0) }),
          "changes": .array(
            row.changes.map { change in
              [
                "path": .string(change.path), "old": change.old ?? .null,
                "new": change.new ?? .null,
              ]
            }),
        ]
      })
  }
}
