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

  /// The view.
  public let view: String
  /// The last event that was folded, which is how far the view has come.
  public let position: Position
  /// How many events were folded.
  public let events: Int
  /// How many more there are that are not handed out any more, so that they were not folded.
  public let unseen: Int
  /// How many rows are the same.
  public let equal: Int
  /// The rows that are in both and not the same, in the order of the live ones.
  public let differing: [Row]
  /// The rows that are not there and would be.
  public let missing: [Row]
  /// The rows that are there and would not be.
  public let extra: [Row]
  /// The events that failed again, or would fail now.
  public let failures: [Failure]

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
      return named(row, "differences", .array(changes))
    }
    func named(_ row: Row, _ member: String, _ value: JSON) -> JSON {
      var json: JSON = ["key": .string(row.key.id), member: value]
      if row.key.workspace.isTenant { json["workspace"] = .string(row.key.workspace.text) }
      return json
    }
    return [
      "view": .string(view), "position": .int(position.number), "events": .int(events),
      "unseen": .int(unseen),
      "equal": .int(equal), "differing": .array(differing.map(row)),
      "missing": .array(missing.map { named($0, "row", $0.rebuilt ?? .null) }),
      "extra": .array(extra.map { named($0, "row", $0.live ?? .null) }),
      "failures": .array(
        failures.map { ["position": .int($0.position.number), "reason": .string($0.reason)] }),
    ]
  }
}
