/// The owner of data: a tenant, or the system itself.
///
/// No request or change in one workspace touches another.
public struct Workspace: TextIdentifier {
  /// The workspace's name as it is written.
  public let text: String
  /// Creates a workspace from its name; transactions refuse an empty name and one with a colon.
  public init(_ text: String) { self.text = text }

  /// The workspace of everything that names no other.
  public static let system = Workspace("system")

  /// The workspace of programs without tenants; treated like ``system``.
  public static let single = Workspace("single")

  /// Whether it is a tenant's, with streams, aggregates and records apart from the system's.
  public var isTenant: Bool { self != .system && self != .single && !text.isEmpty }

  /// This workspace's part of a stream, displayed as `acme.orders` for the tenant acme.
  ///
  /// For the system that is the stream itself. A stream that is a tenant's part already is returned
  /// unchanged.
  public func stream(_ logical: StreamName) -> StreamName {
    isTenant && !logical.isTenants ? StreamName(logical.text, ofTenant: self) : logical
  }

  /// A name qualified by the workspace, for a table that all workspaces share.
  ///
  /// Two workspaces never share one: a tenant's starts with a mark, and the tenant's name, which
  /// has no colon, ends at the first colon. O(1) for the system.
  func ownName(of name: String) -> String {
    isTenant ? "\u{1F}\(text):\(name)" : Workspace.systemName(of: name)
  }

  /// The qualified form of a system name: unchanged unless it starts like a tenant's.
  static func systemName(of name: String) -> String {
    name.utf8.first == 0x1F ? "\u{1F}:\(name)" : name
  }

  /// A qualified name as people see it: `acme:order-1`.
  static func shown(ownName name: String) -> String {
    name.utf8.first == 0x1F ? String(name.unicodeScalars.dropFirst()) : name
  }
}
