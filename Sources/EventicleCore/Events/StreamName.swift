/// The name of an ordered log of events, together with the tenant whose part of it is meant.
///
/// A name that is written down, such as `orders`, means the system's stream of that name. A
/// tenant's part of it comes from ``Workspace/stream(_:)`` and is displayed with the tenant's name
/// in front, as in `acme.orders`. The workspace is stored beside the text and never parsed from it:
/// a stream whose own name is `acme.orders` looks the same and is a different one.
public struct StreamName: TextIdentifier {
  /// The name as it is displayed: a tenant's part has the tenant's name and a dot in front.
  public let text: String
  /// The number of bytes of the text that name the tenant; 0 for the system's streams.
  private let tenantLength: Int32

  /// Creates the name of the system's stream, without any check.
  public init(_ text: String) {
    self.text = text
    tenantLength = 0
  }

  /// Creates the name of a tenant's part of a stream.
  ///
  /// - Parameter logical: The name as it is declared, without the tenant's.
  init(_ logical: String, ofTenant workspace: Workspace) {
    text = "\(workspace.text).\(logical)"
    tenantLength = Int32(clamping: workspace.text.utf8.count)
  }

  /// Creates the name of a tenant's part of a stream from its displayed form.
  ///
  /// - Returns: `nil` unless the text is the tenant's name, a dot, and more.
  package init?(shown text: String, of workspace: Workspace) {
    let length = workspace.text.utf8.count
    guard workspace.isTenant, text.utf8.count > length + 1,
      text.utf8.starts(with: workspace.text.utf8), text.utf8.dropFirst(length).first == 0x2E
    else { return nil }
    self.text = text
    tenantLength = Int32(clamping: length)
  }

  /// Whether this is a tenant's part of a stream.
  @inline(__always)
  public var isTenants: Bool { tenantLength > 0 }

  /// Whose stream it is: the tenant's whose part it is, else the system's.
  public var workspace: Workspace {
    guard isTenants else { return .system }
    return Workspace(String(decoding: text.utf8.prefix(Int(tenantLength)), as: UTF8.self))
  }

  /// The stream as it is declared: `orders` for acme's `acme.orders`.
  public var logical: StreamName {
    guard isTenants else { return self }
    return StreamName(String(decoding: logicalBytes, as: UTF8.self))
  }

  /// The bytes of the declared name.
  var logicalBytes: Substring.UTF8View {
    text.utf8.dropFirst(isTenants ? Int(tenantLength) + 1 : 0)
  }

  /// Whether both belong to the same workspace; free for two of the system's.
  @inline(__always)
  func isBeside(_ other: StreamName) -> Bool {
    if tenantLength != other.tenantLength { return false }
    return tenantLength == 0
      || text.utf8.prefix(Int(tenantLength)).elementsEqual(
        other.text.utf8.prefix(Int(tenantLength)))
  }

  /// Whether the stream belongs to a workspace.
  @inline(__always)
  func isOf(_ workspace: Workspace) -> Bool {
    guard isTenants else { return !workspace.isTenant }
    return workspace.isTenant
      && text.utf8.prefix(Int(tenantLength)).elementsEqual(workspace.text.utf8)
  }

  /// Whether both are the same stream of the same workspace.
  @inline(__always)
  public static func == (left: StreamName, right: StreamName) -> Bool {
    left.tenantLength == right.tenantLength && isSameText(left.text, right.text)
  }

  /// Orders by the bytes of the text; of streams displayed alike, the system's comes first.
  public static func < (left: StreamName, right: StreamName) -> Bool {
    isSameText(left.text, right.text)
      ? left.tenantLength < right.tenantLength
      : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Hashes the bytes and the workspace.
  public func hash(into hasher: inout Hasher) {
    hashBytes(of: text, into: &hasher)
    if isTenants { hasher.combine(tenantLength) }
  }
}
