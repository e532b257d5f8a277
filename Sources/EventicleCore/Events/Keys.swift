/// One aggregate: whose it is, its type and its id.
public struct AggregateKey: Sendable, Hashable, CustomStringConvertible {
  /// The type.
  public let type: String
  /// Which one it is.
  public let id: DomainID
  /// The tenant; `nil` for the system, of which most are.
  private let tenant: Workspace?

  /// One of these parts.
  public init(_ type: String, _ id: DomainID, in workspace: Workspace = .system) {
    self.type = type
    self.id = id
    tenant = workspace.isTenant ? workspace : nil
  }

  /// Whose it is.
  public var workspace: Workspace { tenant ?? .system }

  /// The type as histories keep it: a tenant's aggregates are apart from those of all others.
  @inline(__always)
  var storedType: String { tenant.map { AggregateKey.storedType(type, in: $0) } ?? type }

  static func storedType(_ type: String, in workspace: Workspace) -> String {
    workspace.isTenant ? "\(workspace.text):\(type)" : type
  }

  /// A key of an aggregate's type as histories keep it.
  package init(stored type: String, _ id: DomainID) {
    let parts = type.split(separator: ":", maxSplits: 1)
    if parts.count == 2 {
      self.init(String(parts[1]), id, in: Workspace(String(parts[0])))
    } else {
      self.init(type, id)
    }
  }

  /// `Order/order-77`; a tenant's `acme:Order/order-77`.
  public var description: String { "\(storedType)/\(id)" }
}

/// One saga instance: the saga's name and the instance's id.
public struct SagaKey: Sendable, Hashable, CustomStringConvertible {
  /// The saga's name.
  public let saga: String
  /// Which instance, by the id that the engine gave it.
  public let instanceID: String

  /// One of these parts.
  public init(_ saga: String, _ instanceID: String) {
    self.saga = saga
    self.instanceID = instanceID
  }

  /// The hash under which an index keeps it; the same in every run.
  var quickHash: UInt32 {
    UInt32(truncatingIfNeeded: QuickHash.text(instanceID, after: QuickHash.text(saga)) >> 32)
  }

  /// `PaymentSaga/saga-1`.
  public var description: String { "\(saga)/\(instanceID)" }
}

/// One timer: the saga instance that armed it and its name.
public struct TimerKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The saga instance that armed it.
  public let owner: SagaKey
  /// The name.
  public let name: String

  /// One of these parts.
  public init(_ owner: SagaKey, _ name: String) {
    self.owner = owner
    self.name = name
  }

  /// The hash under which an index keeps it; the same in every run.
  var quickHash: UInt32 {
    UInt32(truncatingIfNeeded: QuickHash.text(name, after: UInt64(owner.quickHash)) >> 32)
  }

  /// `PaymentSaga/saga-1/timeout`.
  public var description: String { "\(owner)/\(name)" }

  /// Whether the left one comes first.
  public static func < (left: TimerKey, right: TimerKey) -> Bool {
    left.description < right.description
  }
}
