package import EventicleCore

/// How two histories differ, each up to a moment of its own.
package struct ComparisonNotice: Sendable, Hashable {
  /// One of the two histories.
  package struct Side: Sendable, Hashable {
    /// The name of its branch, or of the file that it is in.
    package let name: String
    /// The moment up to which it is looked at.
    package let moment: MomentName
    /// Whether it is a branch of the session.
    package let isBranch: Bool
  }

  /// Something that happened in one of them.
  package struct Item: Sendable, Hashable {
    /// Its entry in the journal of its own history.
    package let entry: JournalIndex
    /// The event that it is; `nil` for anything else.
    package let event: Position?
    /// The type of that event.
    package let type: EventType?
    /// What it is: `#5 OrderCancelled order-1`.
    package let text: String
    /// Why it is there: `by you: CancelOrder`; empty for what says so itself.
    package let reason: String
    /// The sign of what went wrong; empty when nothing did.
    package let sign: String
    /// Whether it happened in the other history as well, at another place.
    package let isElsewhere: Bool
  }

  /// How the two sides of a row are to each other.
  package enum Relation: Sendable, Hashable {
    /// The same happened in both.
    case same
    /// The same happened in both with other data.
    case changed
    /// It happened in one of them, or something else in each.
    case different
  }

  /// What happened in both at one place.
  package struct Row: Sendable, Hashable {
    package let left: Item?
    package let right: Item?
    package let relation: Relation
    /// Where the data of the two events differ.
    package var changes: [Change] = []
  }

  /// One value that is not the same.
  package struct Change: Sendable, Hashable {
    /// The path to it in a state, as people write it.
    package let path: String
    package let left: JSON?
    package let right: JSON?
  }

  /// What there is at the two ends.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case aggregate, saga, view, timer, mail
  }

  /// Something that there is at one of the ends, and how it is at each.
  package struct Thing: Sendable, Hashable {
    package let kind: Kind
    /// Its type: an aggregate's, a saga's, a view's, an adapter's.
    package let type: String
    /// Its id within its type.
    package let id: String
    /// How it is, in a word or two.
    package let left: String
    package let right: String
    package let changes: [Change]

    package var isSame: Bool { changes.isEmpty }
  }

  package let left: Side
  package let right: Side
  /// The last moment that both have in common.
  package let common: MomentName
  /// What happened after it.
  package internal(set) var rows: [Row] = []
  /// How many rows more there are than are listed.
  package internal(set) var hiddenRows = 0
  /// What was touched after it, as it is at the two ends.
  package internal(set) var things: [Thing] = []
  /// How many things more were touched than are compared.
  package internal(set) var hiddenThings = 0
  /// The numbers of events that only one has, and of those whose data differ.
  package internal(set) var onlyLeft = 0
  package internal(set) var onlyRight = 0
  package internal(set) var changed = 0

  /// The number of things that are not the same at the two ends.
  package var differences: Int { things.count { !$0.isSame } }

  /// Whether the same happened in both.
  package var isSame: Bool {
    differences == 0 && onlyLeft == 0 && onlyRight == 0 && changed == 0
      && rows.allSatisfy { $0.relation == .same }
  }

  /// The first place at which something else happened; `nil` when none is listed.
  package var firstDivergence: Row? { rows.first { $0.relation != .same } }

  /// The most rows that are listed, and things that are compared.
  package static let most = 1_000
}
