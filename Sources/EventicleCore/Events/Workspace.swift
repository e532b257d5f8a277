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

  /// The name under which its part of a stream is kept.
  ///
  /// That is `acme.orders` for the tenant acme, and `orders` itself for the system. A name that is
  /// the tenant's already stays as it is.
  public func stream(_ logical: StreamName) -> StreamName {
    guard isTenant, !owns(logical) else { return logical }
    return StreamName("\(text).\(logical.text)")
  }

  /// Whether a stream's name begins with the name of this tenant and a dot.
  public func owns(_ stream: StreamName) -> Bool {
    guard isTenant, stream.text.utf8.count > text.utf8.count + 1 else { return false }
    return stream.text.utf8.starts(with: text.utf8)
      && stream.text.utf8.dropFirst(text.utf8.count).first == 0x2E
  }

  /// What a stream is called in declarations: `orders` for acme's `acme.orders`.
  public func logical(_ stream: StreamName) -> StreamName {
    guard owns(stream) else { return stream }
    return StreamName(String(stream.text.utf8.dropFirst(text.utf8.count + 1)) ?? stream.text)
  }
}
