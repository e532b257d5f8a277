/// The identity of a record: its workspace, type and id.
public struct RecordKey: Sendable, Hashable, CustomStringConvertible {
  /// Whose data it is: a tenant's, or that of the system.
  public let workspace: Workspace
  /// The type of record: a view's name, or one a domain chose.
  public let type: String
  /// The id, unique within the workspace and type.
  public let id: String

  /// A key in the system workspace, or in another one.
  public init(_ type: String, _ id: String, in workspace: Workspace = .system) {
    self.workspace = workspace
    self.type = type
    self.id = id
  }

  /// Whether both name the same record, byte for byte.
  public static func == (left: RecordKey, right: RecordKey) -> Bool {
    isSameText(left.id, right.id) && isSameText(left.type, right.type)
      && left.workspace == right.workspace
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(workspace)
    hashBytes(of: type, into: &hasher)
    hashBytes(of: id, into: &hasher)
  }

  /// `OrderBoard/order-1`, or `acme:OrderBoard/order-1` outside the system workspace.
  public var description: String {
    workspace == .system ? "\(type)/\(id)" : "\(workspace):\(type)/\(id)"
  }
}

/// A piece of state in the data store: a row of a view, or something else a domain keeps.
///
/// A value: changing it changes nothing in the store until it is saved. Copies share their storage,
/// so that reading one from the store copies nothing.
public struct Record: Sendable {
  private final class Parts: Sendable {
    let key: RecordKey
    let content: JSON
    let createdAt: Instant
    let version: Int
    let sequence: Int

    init(_ key: RecordKey, _ content: JSON, _ createdAt: Instant, _ version: Int, _ sequence: Int) {
      self.key = key
      self.content = content
      self.createdAt = createdAt
      self.version = version
      self.sequence = sequence
    }
  }

  private var parts: Parts

  init(key: RecordKey, content: JSON, createdAt: Instant, version: Int, sequence: Int) {
    parts = Parts(key, content, createdAt, version, sequence)
  }

  /// The record's identity.
  public var key: RecordKey { parts.key }

  /// The stored value.
  public var content: JSON {
    get { parts.content }
    set { parts = Parts(parts.key, newValue, parts.createdAt, parts.version, parts.sequence) }
  }

  /// When it was created.
  public var createdAt: Instant { parts.createdAt }

  /// The number of writes, from 1; saving with an older version is a conflict.
  public var version: Int { parts.version }

  /// Its number among all records ever created, the default order.
  package var sequence: Int { parts.sequence }

  /// The id within its type and workspace.
  public var id: String { parts.key.id }

  /// Whose data it is: a tenant's, or that of the system.
  public var workspace: Workspace { parts.key.workspace }

  /// The record after one more write.
  func written(_ content: JSON) -> Record {
    Record(
      key: parts.key, content: content, createdAt: parts.createdAt, version: parts.version + 1,
      sequence: parts.sequence)
  }
}

extension Record: Hashable {
  /// Whether both are the same record with the same content and version.
  public static func == (left: Record, right: Record) -> Bool {
    left.parts === right.parts
      || left.version == right.version && left.sequence == right.sequence
        && left.createdAt == right.createdAt && left.key == right.key
        && left.content.means(right.content)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(version)
    hasher.combine(sequence)
  }
}
