/// Some of the aggregates of a query, in its order, and how many match in all.
public struct AggregatePage: Sendable {
  /// The aggregates of this page, as loading each of them returns it.
  public let entries: [AggregateInstance]
  /// The number of matching aggregates on all pages.
  public let totalCount: Int
  /// The number of this page, from 1.
  public let page: Int
  /// How many a page holds; the last one may have fewer.
  public let size: Int
}

extension Transaction {
  /// The aggregates of a kind whose checkpoints match a query, sorted by checkpoint columns.
  ///
  /// Without a query and a sort, these are all aggregates of the kind in the order of their first
  /// events, and no checkpoint is needed.
  ///
  /// - Parameters:
  ///   - page: The page, from 1; less counts as 1, and a page past the end is empty.
  ///   - size: The most aggregates on a page, 1 or more.
  ///   - workspace: The workspace to search; the transaction's own when absent.
  /// - Throws: ``QueryError`` when the size is less than 1, or the kind has no checkpoint to query.
  /// - Complexity: O(what the query visits + events of the page's aggregates).
  public func loadBulk(
    _ root: AggregateRoot, where query: Query = .all, sortedBy sort: [SortKey] = [],
    page: Int = 1, size: Int = Limits.pageSize, in workspace: Workspace? = nil
  ) throws -> AggregatePage {
    let workspace = workspace ?? self.workspace
    guard query == .all, sort.isEmpty else {
      guard root.hasCheckpoint else {
        throw QueryError(
          reason: "\(root.type) has no checkpoint, so that it cannot be searched or sorted; "
            + "declare one with the columns to ask for.")
      }
      let found = try records(
        of: root.checkpointRecords, where: query, sortedBy: sort, page: page, size: size,
        in: workspace)
      let entries = found.entries.compactMap { load(root, DomainID($0.key.id), in: workspace) }
      return AggregatePage(
        entries: entries, totalCount: found.totalCount, page: found.page, size: found.size)
    }
    guard size >= 1 else {
      throw QueryError(
        reason: "A page has 1 aggregate or more, but \(size) were asked for; "
          + "leave the size out for \(Limits.pageSize).")
    }
    let stored = world.histories.count(of: root.type, in: workspace)
    let fresh = freshAggregates(of: root.type, in: workspace)
    let page = max(1, page)
    let (start, isTooFar) = (page - 1).multipliedReportingOverflow(by: size)
    let total = stored + fresh.count
    var entries: [AggregateInstance] = []
    if !isTooFar, start < total {
      for index in start..<min(total, start + min(size, total)) {
        let id =
          index < stored
          ? world.histories.id(of: root.type, at: index, in: workspace) : fresh[index - stored]
        if let id, let loaded = load(root, id, in: workspace) { entries.append(loaded) }
      }
    }
    return AggregatePage(entries: entries, totalCount: total, page: page, size: size)
  }

  /// The aggregates that this step has created and not yet emitted.
  private func freshAggregates(of type: String, in workspace: Workspace) -> [DomainID] {
    var found: [DomainID] = []
    for key in stagedKeys
    where key.type == type && key.workspace == AggregateKey(type, "", in: workspace).workspace {
      if !found.contains(key.id), world.histories.version(of: key).number == 0 {
        found.append(key.id)
      }
    }
    return found
  }
}
