internal import EventicleCore

// Records: what the code reads and writes through its data store.
extension NodeCalls {
  static func record(_ record: Record) -> JSON {
    [
      "id": .string(record.key.id), "type": .string(record.key.type),
      "createdAt": .int(Int(record.createdAt.milliseconds)), "content": record.content,
    ]
  }

  /// The query of a call; everything where it names none.
  static func query(_ arguments: JSON) throws -> Query {
    let form = arguments["query"]
    return form.isNull ? .all : try Query(form)
  }

  /// The sort of a call, most significant first.
  static func sort(_ arguments: JSON) throws -> [SortKey] {
    try (arguments["sort"].array ?? []).map { part in
      guard let name = part[0].string else {
        throw NodeCallError(
          "A sort is a list of members and directions, as in [[\"total\", \"DESC\"]], but this is "
            + "\(part).")
      }
      let isAscending = part[1].string?.uppercased() != "DESC"
      return name == "createdAt"
        ? SortKey(.createdAt, ascending: isAscending)
        : SortKey(.path(JSONPath([.member(name)])), ascending: isAscending)
    }
  }

  static func find(
    _ arguments: JSON, _ reading: some NodeReading, _ host: NodeHost
  ) throws -> NodeAnswer {
    if let own = try ownRecords(arguments, reading, host) { return .value(.array(own)) }
    let found = try reading.records(
      type(arguments), query(arguments), sort(arguments), in: workspace(arguments, reading))
    return .value(.array(found.map(record)))
  }

  static func page(
    _ arguments: JSON, _ reading: some NodeReading, _ host: NodeHost
  ) throws -> NodeAnswer {
    let (page, size) = (arguments["page"].integer, arguments["size"].integer)
    if let own = try ownRecords(arguments, reading, host) {
      return .value(["total": .int(own.count), "entries": .array(part(own, page, size))])
    }
    guard let size else {
      let found = try reading.records(
        type(arguments), query(arguments), sort(arguments), in: workspace(arguments, reading))
      return .value(["total": .int(found.count), "entries": .array(found.map(record))])
    }
    let found = try reading.page(
      type(arguments), query(arguments), sort(arguments), max(1, page ?? 1), size,
      in: workspace(arguments, reading))
    return .value(
      ["total": .int(found.totalCount), "entries": .array(found.entries.map(record))])
  }

  /// The elements of one page; all of them where no size is given.
  static func part<Element>(_ all: [Element], _ page: Int?, _ size: Int?) -> [Element] {
    guard let size, size > 0 else { return all }
    let (start, isTooFar) = (max(1, page ?? 1) - 1).multipliedReportingOverflow(by: size)
    guard !isTooFar, start < all.count else { return [] }
    return Array(all[start..<min(all.count, start + size)])
  }

  static func get(
    _ arguments: JSON, _ reading: some NodeReading, _ host: NodeHost
  ) throws -> NodeAnswer {
    let id = arguments["id"].string ?? arguments["id"].description
    if let own = try ownRecords(arguments, reading, host) {
      return .value(own.first { $0["id"].string == id } ?? .null)
    }
    let found = reading.record(type(arguments), id, in: workspace(arguments, reading))
    return .value(found.map(record) ?? .null)
  }

  // MARK: - Writing

  static func create(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    try refuseOwn(arguments)
    let place = workspace(arguments, transaction)
    return .value(
      record(try transaction.create(type(arguments), arguments["content"], in: place)))
  }

  static func save(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    try refuseOwn(arguments)
    let id = arguments["id"].string ?? arguments["id"].description
    return .value(
      record(
        try transaction.put(
          type(arguments), id, arguments["content"], in: workspace(arguments, transaction))))
  }

  static func delete(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    try refuseOwn(arguments)
    let id = arguments["id"].string ?? arguments["id"].description
    try transaction.delete(type(arguments), id, in: workspace(arguments, transaction))
    return .none
  }

  static func deleteMany(_ arguments: JSON, in transaction: Transaction) throws -> NodeAnswer {
    try refuseOwn(arguments)
    let count = try transaction.deleteMany(
      type(arguments), where: query(arguments), in: workspace(arguments, transaction))
    return .value(.int(count))
  }

  /// Removes all records of all workspaces.
  static func purge(in transaction: Transaction) throws -> NodeAnswer {
    for workspace in [.system] + transaction.world.tenants { try transaction.purge(workspace) }
    return .none
  }

  // MARK: - What the original keeps as records

  private static let aggregatePrefix = "aggregate-events-"
  private static let sagaType = "saga-instance"

  private static func refuseOwn(_ arguments: JSON) throws {
    let name = type(arguments)
    guard name == sagaType || name.hasPrefix(aggregatePrefix) else { return }
    throw NodeCallError(
      "Records of \(name) are written by the engine; persist the aggregate, or let its saga take a "
        + "step.")
  }

  /// Histories and saga instances in the form of records; `nil` for records of any other type.
  private static func ownRecords(
    _ arguments: JSON, _ reading: some NodeReading, _ host: NodeHost
  ) throws -> [JSON]? {
    let name = type(arguments)
    let place = workspace(arguments, reading)
    let all: [JSON]
    if name == sagaType {
      all = sagas(reading, host).map { instance in
        var content = instance["data"]
        content["instanceId"] = instance["id"]
        content["saga"] = instance["saga"]
        return [
          "id": instance["id"], "type": .string(name), "createdAt": instance["createdAt"],
          "content": content,
        ]
      }
    } else if name.hasPrefix(aggregatePrefix) {
      let kind = String(name.dropFirst(aggregatePrefix.count))
      all = aggregates(kind, reading, in: place).map { entry in
        var content: JSON = ["domainId": .string(entry.id), "history": entry.history]
        for member in entry.columns.object?.members ?? [] { content[member.key] = member.value }
        return [
          "id": .string(entry.id), "type": .string(name), "createdAt": .int(entry.createdAt),
          "content": content,
        ]
      }
    } else {
      return nil
    }
    let query = try query(arguments)
    return all.filter { query.matches($0["content"]) }
  }
}
