/// A comparison of a view's live rows with those that rebuilding it would give.
public struct ViewComparison: Sendable, Hashable {
  /// A row that is missing on one side or differs.
  public struct Row: Sendable, Hashable {
    /// The type, id and workspace of the row.
    public let key: RecordKey
    /// The live content; `nil` when the row is missing.
    public let live: JSON?
    /// The rebuilt content; `nil` when the row should not exist.
    public let rebuilt: JSON?

    /// What would have to change for the live content to become the rebuilt one, path by path.
    public var differences: [Difference] { EventicleCore.differences(from: live, to: rebuilt) }
  }

  /// An event that the view cannot fold.
  public struct Failure: Sendable, Hashable {
    /// The position of the event in the whole log.
    public let position: Position
    /// What the handler threw, in words.
    public let reason: String
  }

  /// Rows that do not belong to the view alone and therefore cannot be replaced.
  public struct SharedRows: Sendable, Hashable {
    /// Which records of the data store are meant: those of a view's name, or others that it writes.
    public let type: String
    /// In whose data they are: a tenant's, or that of the system.
    public let workspace: Workspace
    /// The other views that write them; empty when no view wrote them yet and rebuilding would.
    public let views: [String]
  }

  /// The outcome of comparing rows.
  struct Rows: Sendable, Hashable {
    var equal = 0
    var differing: [Row] = []
    var missing: [Row] = []
    var extra: [Row] = []
  }

  /// Which view was folded anew.
  public let view: String
  /// The last event folded, which is the view's position.
  public let position: Position
  /// The number of events folded.
  public let events: Int
  /// The number of the view's events that are no longer handed out and therefore were not folded.
  public let unseen: Int
  let rows: Rows
  /// The rows that do not belong to the view alone; if there are any, a swap is refused.
  public let shared: [SharedRows]
  /// The events that cannot be folded.
  public let failures: [Failure]

  /// How many rows have the same content on both sides.
  public var equal: Int { rows.equal }

  /// The rows that exist on both sides and differ, in the order of the live ones.
  public var differing: [Row] { rows.differing }

  /// The rows that do not exist and should.
  public var missing: [Row] { rows.missing }

  /// The rows that exist and should not.
  public var extra: [Row] { rows.extra }

  /// Whether the live rows equal the rebuilt ones.
  public var isEqual: Bool { differing.isEmpty && missing.isEmpty && extra.isEmpty }

  /// The number of rows that differ, are missing or are extra.
  public var differenceCount: Int { differing.count + missing.count + extra.count }
}

extension ViewComparison {
  /// Counts and the differing rows with their differences, as JSON.
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
  /// The row's key with one more member.
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
