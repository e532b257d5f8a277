package import EventicleCore

/// What came of performing recorded inputs again with the code of now.
package struct VerificationNotice: Sendable, Hashable {
  /// A step that comes out differently.
  package struct Difference: Sendable, Hashable {
    /// Its first entry.
    package let entry: JournalIndex
    /// The moment after it.
    package let moment: MomentName
    /// What the step was: `#4 PaymentDeclined → S PaymentSaga order-1`.
    package let step: String
    /// The handler that it ran: `saga PaymentSaga / on PaymentDeclined`; empty when it ran none.
    package let handler: String
    /// What the handler was given: the event, and the state of its saga.
    package let read: [Given]
    /// What it did then and what it does now, in words.
    package let recorded: String
    package let now: String
    /// Where the two differ, the left value the recorded one.
    package let changes: [ComparisonNotice.Change]
  }

  /// Something that a handler was given.
  package struct Given: Sendable, Hashable {
    /// `#4 PaymentDeclined`, `PaymentSaga order-1`.
    package let name: String
    package let value: JSON
  }

  /// The moments between which steps were performed again.
  package let first: MomentName
  package let last: MomentName
  /// The number of steps, and of those that came out the same, byte for byte.
  package let steps: Int
  package let same: Int
  /// How many could not be performed again: closures, and steps of other consumers.
  package let skipped: Int
  package let differences: [Difference]
  /// Whether all steps between the moments were performed.
  package let isWhole: Bool

  /// Creates a notice.
  package init(
    first: MomentName, last: MomentName, steps: Int, same: Int, skipped: Int,
    differences: [Difference], isWhole: Bool
  ) {
    self.first = first
    self.last = last
    self.steps = steps
    self.same = same
    self.skipped = skipped
    self.differences = differences
    self.isWhole = isWhole
  }

  /// What it comes to, for the message line.
  package var sentence: String {
    let what = "\(steps) \(steps == 1 ? "step" : "steps")"
    let rest = skipped > 0 ? " · \(skipped) could not be done again" : ""
    let end = isWhole ? "" : " · not all of them were done"
    guard let first = differences.first else {
      return steps == 0
        ? "nothing has happened that could be done again" : "✓ \(what) the same\(rest)\(end)"
    }
    return
      "✗ \(differences.count) of \(what) \(differences.count == 1 ? "differs" : "differ")\(end) · "
      + "the first, to \(first.moment): \(first.step) · recorded \(first.recorded) · now \(first.now)"
  }

  /// The outcome as `verify` prints it.
  package var json: JSON {
    [
      "from": .string("\(first)"), "to": .string("\(last)"), "steps": .int(steps),
      "same": .int(same), "skipped": .int(skipped), "whole": .bool(isWhole),
      "differences": .array(differences.map { Self.json($0) }),
    ]
  }

  private static func json(_ difference: Difference) -> JSON {
    let first = difference.changes.first
    return [
      "step": .string("\(difference.entry)"), "moment": .string("\(difference.moment)"),
      "what": .string(difference.step), "handler": .string(difference.handler),
      "path": .string(first?.path ?? ""), "recorded": first?.left ?? .null,
      "now": first?.right ?? .null, "recordedWords": .string(difference.recorded),
      "nowWords": .string(difference.now),
      "paths": .array(
        difference.changes.map { change in
          [
            "path": .string(change.path), "recorded": change.left ?? .null,
            "now": change.right ?? .null,
          ]
        }),
      "read": .object(
        JSONObject(difference.read.map { (key: $0.name, value: $0.value) })),
    ]
  }
}
