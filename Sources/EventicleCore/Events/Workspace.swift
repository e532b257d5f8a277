/// Whose data something is: a tenant, or the system itself.
///
/// Nothing that is asked or changed in one workspace touches another.
public struct Workspace: TextIdentifier {
  /// The name as it is written.
  public let text: String
  /// One of these parts.
  public init(_ text: String) { self.text = text }

  /// The workspace of everything that names no other.
  public static let system = Workspace("system")

  /// The workspace of programs that know no tenants; the same as ``system``.
  public static let single = Workspace("single")

  /// Whether it is a tenant's, and so has streams, aggregates and records apart from the system's.
  public var isTenant: Bool { self != .system && self != .single && !text.isEmpty }

  /// Its part of a stream, which is shown as `acme.orders` for the tenant acme.
  ///
  /// For the system that is the stream itself. What is a tenant's part already stays as it is.
  public func stream(_ logical: StreamName) -> StreamName {
    isTenant && !logical.isTenants ? StreamName(logical.text, ofTenant: self) : logical
  }

  /// A name that is used in every workspace, as it is kept in a table of all of them.
  ///
  /// Two workspaces never have the same: a tenant's begins with a mark, and its own name, in which
  /// there is no colon, ends with the first one. Costs O(1) for the system.
  func ownName(of name: String) -> String {
    isTenant ? "\u{1F}\(text):\(name)" : Workspace.systemName(of: name)
  }

  /// The same for the system's names, which stay as they are unless they begin like a tenant's.
  static func systemName(of name: String) -> String {
    name.utf8.first == 0x1F ? "\u{1F}:\(name)" : name
  }

  /// The same for people: `acme:order-1`.
  static func shown(ownName name: String) -> String {
    name.utf8.first == 0x1F ? String(name.unicodeScalars.dropFirst()) : name
  }
}
