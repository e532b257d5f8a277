internal import EventicleCore

/// An event as the columns of `event` and `kept_event` hold it.
struct EventColumns {
  var kind: Int
  var entry: Int
  var createdAt: Int
  var cause: Int?
  var id: EventID
  var subject: String?
  var data: JSONBytes
  var extra: JSONBytes?
  var members: JSONBytes?
  /// What the row of the cause says, where it was read with this one.
  private(set) var causeRow: (id: EventID, kind: Int)?

  /// Binds all columns, the first at an index.
  func bind(_ statement: Statement, from first: Int32) {
    statement.bind(first, kind)
    statement.bind(first + 1, entry)
    statement.bind(first + 2, createdAt)
    statement.bind(first + 3, cause)
    if let (high, low) = id.words {
      statement.bind(first + 4, EventColumns.bytes(high, low))
    } else {
      statement.bind(first + 4, id.text)
    }
    statement.bind(first + 5, subject)
    statement.bind(first + 6, data)
    statement.bind(first + 7, extra)
    statement.bind(first + 8, members)
  }

  /// Reads all columns, the first at an index.
  ///
  /// - Parameter joined: Whether the id and the kind of the cause stand behind them.
  init(_ row: Statement, from first: Int32, joined: Bool = false) throws {
    kind = row.int(first)
    entry = row.int(first + 1)
    createdAt = row.int(first + 2)
    cause = row.optionalInt(first + 3)
    id = try EventColumns.id(row, first + 4)
    subject = row.text(first + 5)
    data = try JSONBytes(checking: row.bytes(first + 6) ?? [])
    extra = try row.bytes(first + 7).map { try JSONBytes(checking: $0) }
    members = try row.bytes(first + 8).map { try JSONBytes(checking: $0) }
    if joined, cause != nil, !row.isNull(first + 10) {
      causeRow = (try EventColumns.id(row, first + 9), row.int(first + 10))
    }
  }

  init(
    kind: Int, entry: Int, createdAt: Int, cause: Int?, id: EventID, subject: String?,
    data: JSONBytes, extra: JSONBytes?, members: JSONBytes?
  ) {
    self.kind = kind
    self.entry = entry
    self.createdAt = createdAt
    self.cause = cause
    self.id = id
    self.subject = subject
    self.data = data
    self.extra = extra
    self.members = members
  }

  /// How many bytes a row holds, about.
  var size: Int {
    64 + data.utf8.count + (extra?.utf8.count ?? 0) + (members?.utf8.count ?? 0)
      + (subject?.utf8.count ?? 0)
  }

  func add(to hash: inout StepHash) {
    hash.add(kind)
    hash.add(entry)
    hash.add(createdAt)
    hash.add(cause)
    if let (high, low) = id.words {
      hash.add(Int(Int64(bitPattern: high)))
      hash.add(Int(Int64(bitPattern: low)))
    } else {
      hash.add(id.text)
    }
    hash.add(subject)
    hash.add(data)
    hash.add(extra)
    hash.add(members)
  }

  /// The id in a column: 16 bytes for a UUID, else a text.
  static func id(_ row: Statement, _ column: Int32) throws(StepCodecError) -> EventID {
    guard row.isBlob(column) else { return EventID(row.text(column) ?? "") }
    guard let bytes = row.bytes(column), bytes.count == 16 else {
      throw StepCodecError("An event's id has not 16 bytes.")
    }
    return bytes.withUnsafeBytes {
      EventID(
        high: UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        low: UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  private static func bytes(_ high: UInt64, _ low: UInt64) -> [UInt8] {
    [high, low].flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
  }
}

/// What few events have, as the JSON of one column.
struct EventExtra {
  /// The id of the cause; absent when the column `cause` says it.
  var causedByID: EventID?
  /// The type of the cause; absent when the event at `cause` says it, `null` for none.
  var causedByType: EventType??
  var trace: String?
  /// The event's aggregate; absent when its kind, subject and stream say it.
  var aggregate: AggregateKey?

  /// The JSON; `nil` when there is nothing to say.
  var json: JSONBytes? {
    var members = JSON.emptyObject
    if let causedByID { members["causedById"] = .string(causedByID.text) }
    if let causedByType {
      members["causedByType"] = causedByType.map { .string($0.text) } ?? .null
    }
    if let trace { members["apmTrace"] = .string(trace) }
    if let aggregate {
      members["aggregate"] = [
        "type": .string(aggregate.type), "id": .string(aggregate.id.text),
        "workspace": .string(aggregate.workspace.text),
      ]
    }
    return members == .emptyObject ? nil : JSONBytes(members)
  }

  init() {}

  init(_ json: JSONBytes?) {
    guard let members = json?.value.object else { return }
    causedByID = members["causedById"]?.string.map { EventID($0) }
    causedByType = members["causedByType"].map { $0.string.map { EventType($0) } }
    trace = members["apmTrace"]?.string
    if let key = members["aggregate"] {
      aggregate = AggregateKey(
        key["type"].string ?? "", DomainID(key["id"].string ?? ""),
        in: Workspace(key["workspace"].string ?? ""))
    }
  }
}
