extension World {
  /// How the types of the records begin that the engine itself keeps.
  static let ownRecords = "eventicle:"

  /// The type of the records that say which tenants there are.
  static let tenantRecords = "eventicle:workspace"

  /// The tenants who have done something so far, by the order in which they came.
  ///
  /// A stream whose name begins with the name of one of them and a dot is that tenant's part of a
  /// logical stream. Costs O(tenants).
  public var tenants: [Workspace] {
    guard tenantCount > 0 else { return [] }
    var found: [Workspace] = []
    forEachRecord(of: World.tenantRecords) { record in
      found.append(Workspace(record.key.id))
      return true
    }
    return found
  }

  /// Whose a stream is; the system's unless its name begins with the name of a known
  /// tenant; of several such names the longest counts.
  public func workspace(of stream: StreamName) -> Workspace {
    let text = stream.text
    guard tenantCount > 0, let dot = text.utf8.firstIndex(of: 0x2E) else { return .system }
    var (end, found) = (dot, Workspace.system)
    while end != text.endIndex {
      let name = Workspace(String(text[..<end]))
      if record(RecordKey(World.tenantRecords, name.text)) != nil { found = name }
      end = text.utf8[text.utf8.index(after: end)...].firstIndex(of: 0x2E) ?? text.endIndex
    }
    return found
  }

  /// Whether somebody who names streams is to have the events of a stream: because it is one of
  /// them, because a `*` stands for it, or because it is a tenant's part of such a one.
  ///
  /// Costs O(names), and O(dots in the name) more when there are tenants.
  func isMeant(_ stream: StreamName, by names: [StreamName]) -> Bool {
    if names.names(stream) { return true }
    guard tenantCount > 0 else { return false }
    let logical = logical(stream)
    return logical != stream && names.names(logical)
  }

  /// What a stream is called in declarations: `orders` for a tenant's `acme.orders`.
  public func logical(_ stream: StreamName) -> StreamName {
    workspace(of: stream).logical(stream)
  }
}
