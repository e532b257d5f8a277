extension World {
  /// How the types of the records begin that the engine itself keeps.
  static let ownRecords = "eventicle:"

  /// The type of the records that say which tenants there are.
  static let tenantRecords = "eventicle:workspace"

  /// The tenants who have done something so far, by the order in which they came.
  ///
  /// Costs O(tenants).
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
