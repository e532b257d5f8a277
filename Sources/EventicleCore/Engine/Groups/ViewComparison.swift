/// What a view's rows are, and what they would be if it folded its events anew.
public struct ViewComparison: Sendable, Hashable {
  /// One row that is not the same in both.
  public struct Row: Sendable, Hashable {
    /// Where it is.
    public let key: RecordKey
    /// What it holds now; `nil` when it is missing.
    public let live: JSON?
    /// What it would hold; `nil` when it is not to be there.
    public let rebuilt: JSON?

    /// What differs, from what it holds now to what it would hold.
    public var differences: [Difference] { EventicleCore.differences(from: live, to: rebuilt) }
  }

  /// An event that the view cannot fold.
  public struct Failure: Sendable, Hashable {
    /// The event.
    public let position: Position
    /// Why, in a sentence.
    public let reason: String
  }

  /// Rows that belong not to the view alone, so that they cannot be replaced.
  public struct SharedRows: Sendable, Hashable {
    /// The type of the rows.
    public let type: String
    /// Whose they are.
    public let workspace: Workspace
    /// The other views that write them; empty when no view has, and the rebuilt one would.
    public let views: [String]
  }

  /// What came of comparing rows.
  struct Rows: Sendable, Hashable {
    var equal = 0
    var differing: [Row] = []
    var missing: [Row] = []
    var extra: [Row] = []
  }

  /// The view.
  public let view: String
  /// The last event that was folded, which is how far the view has come.
  public let position: Position
  /// How many events were folded.
  public let events: Int
  /// How many more there are that are not handed out any more, so that they were not folded.
  public let unseen: Int
  /// What came of comparing the rows.
  let rows: Rows
  /// The rows that belong not to the view alone; as long as there are such, a swap is refused.
  public let shared: [SharedRows]
  /// The events that failed again, or would fail now.
  public let failures: [Failure]

  /// How many rows are the same.
  public var equal: Int { rows.equal }

  /// The rows that are in both and not the same, in the order of the live ones.
  public var differing: [Row] { rows.differing }

  /// The rows that are not there and would be.
  public var missing: [Row] { rows.missing }

  /// The rows that are there and would not be.
  public var extra: [Row] { rows.extra }

  /// Whether the live rows are what the view makes of its events.
  public var isEqual: Bool { differing.isEmpty && missing.isEmpty && extra.isEmpty }

  /// How many rows are not the same.
  public var differenceCount: Int { differing.count + missing.count + extra.count }
}

extension ViewComparison {
  /// The comparison as JSON: counts, and the rows that differ with what differs in them.
  public var json: JSON {
    func row(_ row: Row) -> JSON {
      let changes = row.differences.map { difference -> JSON in
        [
          "path": .string("\(difference.path)"), "live": difference.old ?? .null,
          "rebuilt": difference.new ?? .null,
        ]
      }
      return row.json(with: ("differences", .array(changes)))
    }
    return [
      "view": .string(view), "position": .int(position.number), "events": .int(events),
      "unseen": .int(unseen),
      "equal": .int(equal), "differing": .array(differing.map(row)),
      "missing": .array(missing.map { $0.json(with: ("row", $0.rebuilt ?? .null)) }),
      "extra": .array(extra.map { $0.json(with: ("row", $0.live ?? .null)) }),
      "shared": .array(shared.map(\.json)),
      "failures": .array(
        failures.map { ["position": .int($0.position.number), "reason": .string($0.reason)] }),
    ]
  }
}

extension ViewComparison.Row {
  /// Where it is, and one thing more.
  fileprivate func json(with more: (name: String, value: JSON)) -> JSON {
    var parts: JSON = ["type": .string(key.type), "key": .string(key.id)]
    if key.workspace.isTenant { parts["workspace"] = .string(key.workspace.text) }
    parts[more.name] = more.value
    return parts
  }
}

extension ViewComparison.SharedRows {
  fileprivate var json: JSON {
    var parts: JSON = ["type": .string(type), "views": .array(views.map { .string($0) })]
    if workspace.isTenant { parts["workspace"] = .string(workspace.text) }
    return parts
  }
}
