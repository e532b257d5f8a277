extension World {
  /// The prefix of the types of records that the engine itself keeps.
  static let ownRecords = "eventicle:"

  /// The type of the records that list the tenants.
  static let tenantRecords = "eventicle:workspace"

  /// The tenants that have been active so far, in the order in which they appeared.
  ///
  /// - Complexity: O(tenants).
  public var tenants: [Workspace] {
    guard tenantCount > 0 else { return [] }
    var found: [Workspace] = []
    forEachRecord(of: World.tenantRecords) { record in
      found.append(Workspace(record.key.id))
      return true
    }
    return found
  }
}
