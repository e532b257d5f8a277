extension World {
  /// The records of a type that match a query, sorted; by default in the order of creation.
  ///
  /// - Parameter limit: How many to return at most; all when absent.
  /// - Throws: ``QueryError`` when the query is nested too deep, or the limit is below 0.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = [],
    limit: Int? = nil, in workspace: Workspace = .system
  ) throws(QueryError) -> [Record] {
    var work = QueryWork()
    return try records(
      of: type, where: query, sortedBy: sort, limit: limit, in: workspace, &work)
  }

  /// The same, adding what it cost to `work`.
  package func records(
    of type: String, where query: Query, sortedBy sort: [SortKey] = [], limit: Int? = nil,
    in workspace: Workspace = .system, _ work: inout QueryWork
  ) throws(QueryError) -> [Record] {
    if let limit, limit < 0 {
      throw QueryError(
        reason: "A limit is 0 or more, but it is \(limit); leave it out for all records.")
    }
    var found: [Record] = []
    let search = try search(type, query, sort, workspace)
    guard limit != 0 else { return [] }
    search.forEach(&work) { record in
      found.append(record)
      return found.count != limit
    }
    return found
  }

  /// The number of records of a type that match a query.
  ///
  /// - Throws: ``QueryError`` when the query is nested too deep.
  public func count(
    of type: String, where query: Query = .all, in workspace: Workspace = .system
  ) throws(QueryError) -> Int {
    var work = QueryWork()
    return try count(of: type, where: query, in: workspace, &work)
  }

  /// The same, adding what it cost to `work`.
  package func count(
    of type: String, where query: Query, in workspace: Workspace = .system, _ work: inout QueryWork
  ) throws(QueryError) -> Int {
    try search(type, query, [], workspace).count(&work)
  }

  /// How a query will be answered.
  ///
  /// - Throws: ``QueryError`` when the query is nested too deep.
  public func explain(
    of type: String, where query: Query, sortedBy sort: [SortKey] = [],
    in workspace: Workspace = .system
  ) throws(QueryError) -> QueryPlan {
    try search(type, query, sort, workspace).plan
  }

  /// One page of the records that match a query, with the total, adding what it cost to `work`.
  package func page(
    of type: String, where query: Query, sortedBy sort: [SortKey] = [], page: Int, size: Int,
    in workspace: Workspace = .system, _ work: inout QueryWork
  ) throws(QueryError) -> RecordPage {
    try World.check(size: size)
    let search = try search(type, query, sort, workspace)
    let page = max(1, page)
    let (skipped, isTooFar) = (page - 1).multipliedReportingOverflow(by: size)
    var found: [Record] = []
    var total = 0
    if search.plan.isExact {
      total = search.plan.candidates
      if !isTooFar, skipped < total {
        search.forEach(skipping: skipped, &work) { record in
          found.append(record)
          return found.count < size
        }
      }
    } else {
      search.forEach(&work) { record in
        if !isTooFar, total >= skipped, found.count < size { found.append(record) }
        total += 1
        return true
      }
    }
    return RecordPage(entries: found, totalCount: total, page: page, size: size)
  }

  /// The next records of a walk through those that match a query, with the total.
  ///
  /// - Parameters:
  ///   - cursor: Where the previous slice ended; `nil` to begin.
  ///   - size: The greatest number of records to return, at least 1.
  /// - Throws: ``QueryError`` when the size is less than 1, the cursor belongs to another sort, or
  ///   the query is nested too deep.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = [],
    after cursor: RecordCursor?, size: Int = Limits.pageSize, in workspace: Workspace = .system
  ) throws(QueryError) -> RecordSlice {
    var work = QueryWork()
    return try records(
      of: type, where: query, sortedBy: sort, after: cursor, size: size, in: workspace, &work)
  }

  /// The same, adding what it cost to `work`.
  package func records(
    of type: String, where query: Query, sortedBy sort: [SortKey] = [],
    after cursor: RecordCursor?, size: Int, in workspace: Workspace = .system,
    _ work: inout QueryWork
  ) throws(QueryError) -> RecordSlice {
    try World.check(size: size)
    if let cursor, cursor.values.count != sort.count {
      throw QueryError(
        reason: "The cursor comes from a sort by \(cursor.values.count) keys, but this one has "
          + "\(sort.count); walk on with the sort that the walk began with.")
    }
    let search = try search(type, query, sort, workspace)
    var found: [Record] = []
    var hasMore = false
    search.forEach(after: cursor, &work) { record in
      hasMore = found.count == size
      if !hasMore { found.append(record) }
      return !hasMore
    }
    return RecordSlice(
      entries: found, totalCount: search.count(&work),
      next: hasMore ? found.last.map { RecordCursor(after: $0, sortedBy: sort) } : nil)
  }

  private static func check(size: Int) throws(QueryError) {
    guard size < 1 else { return }
    throw QueryError(
      reason: "A page has 1 record or more, but \(size) were asked for; "
        + "leave the size out for \(Limits.pageSize).")
  }

  private func search(
    _ type: String, _ query: Query, _ sort: [SortKey], _ workspace: Workspace
  ) throws(QueryError) -> RecordSearch {
    try query.checkDepth()
    return RecordSearch(
      table(TableName(workspace, type)) ?? RecordTable(indexes: []), where: query, sortedBy: sort)
  }
}

extension Query {
  /// - Throws: ``QueryError`` when queries are nested deeper than JSON may be.
  func checkDepth(_ depth: Int = 1) throws(QueryError) {
    guard depth <= Limits.jsonDepth else {
      throw QueryError(
        reason: "Queries may be nested \(Limits.jsonDepth) deep, but this one goes deeper; "
          + "put more into one AND or OR.")
    }
    switch self {
    case .and(let queries), .or(let queries):
      for query in queries { try query.checkDepth(depth + 1) }
    case .not(let query): try query.checkDepth(depth + 1)
    default: break
    }
  }
}
