/// A lease on a name that outlives the transaction that took it.
public struct Lock: Sendable, Hashable, CustomStringConvertible {
  /// The name that is locked, unique within its workspace.
  public let id: String
  /// The name of the holder, who alone can prolong the lease.
  public let holder: String
  /// The instant at which the lease was taken or last prolonged.
  public let takenAt: Instant
  /// The instant at which the lease ends; it no longer holds then.
  public let until: Instant

  /// `stock, held by importer until …`.
  public var description: String { "\(id), held by \(holder) until \(until)" }

  static let recordType = "eventicle:lock"

  init(id: String, holder: String, takenAt: Instant, until: Instant) {
    self.id = id
    self.holder = holder
    self.takenAt = takenAt
    self.until = until
  }

  init?(_ record: Record) {
    let content = record.content
    guard let holder = content["holder"].string, let taken = content["takenAt"].integer,
      let until = content["until"].integer
    else { return nil }
    self.init(
      id: record.key.id, holder: holder, takenAt: Instant(milliseconds: Int64(taken)),
      until: Instant(milliseconds: Int64(until)))
  }

  var content: JSON {
    [
      "holder": .string(holder), "takenAt": JSON(integerLiteral: Int(takenAt.milliseconds)),
      "until": JSON(integerLiteral: Int(until.milliseconds)),
    ]
  }
}

extension World {
  /// The leases that hold now, in the order in which they were first taken.
  public func locks(in workspace: Workspace = .system) -> [Lock] {
    var found: [Lock] = []
    forEachRecord(of: Lock.recordType, in: workspace) { record in
      if let lock = Lock(record), lock.until > clock { found.append(lock) }
      return true
    }
    return found
  }

  /// The leases of the system workspace that hold now, in the order in which they were first taken.
  public var locks: [Lock] { locks(in: .system) }

  /// The lease on a name, if one holds now; O(1).
  public func lock(_ id: String, in workspace: Workspace = .system) -> Lock? {
    record(RecordKey(Lock.recordType, id, in: workspace)).flatMap { Lock($0) }
      .flatMap { $0.until > clock ? $0 : nil }
  }
}
