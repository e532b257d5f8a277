/// Identifies one aggregate: its workspace, type and id.
public struct AggregateKey: Sendable, Hashable, CustomStringConvertible {
  /// The type of the aggregate, such as `Order`.
  public let type: String
  /// The id, unique within the type and workspace.
  public let id: DomainID
  /// The tenant; `nil` for the system, the most frequent case.
  private let tenant: Workspace?

  /// Creates the key of an aggregate, of the system's workspace unless another is given.
  public init(_ type: String, _ id: DomainID, in workspace: Workspace = .system) {
    self.type = type
    self.id = id
    tenant = workspace.isTenant ? workspace : nil
  }

  /// Whose aggregate it is: a tenant's, or the system's.
  public var workspace: Workspace { tenant ?? .system }

  /// The type as histories store it, which separates a tenant's aggregates from all others.
  @inline(__always)
  package var storedType: String { tenant.map { AggregateKey.storedType(type, in: $0) } ?? type }

  static func storedType(_ type: String, in workspace: Workspace) -> String {
    workspace.isTenant ? "\(workspace.text):\(type)" : type
  }

  /// Creates a key from the type as histories store it.
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

/// Identifies one saga instance: the saga's name and the instance's id.
public struct SagaKey: Sendable, Hashable, CustomStringConvertible {
  /// The saga's name, such as `PaymentSaga`.
  public let saga: String
  /// The id that the engine gave the instance.
  public let instanceID: String

  /// Creates the key of a saga instance.
  public init(_ saga: String, _ instanceID: String) {
    self.saga = saga
    self.instanceID = instanceID
  }

  /// The hash by which an index stores the key; the same in every run.
  var quickHash: UInt32 {
    UInt32(truncatingIfNeeded: QuickHash.text(instanceID, after: QuickHash.text(saga)) >> 32)
  }

  /// `PaymentSaga/saga-1`.
  public var description: String { "\(saga)/\(instanceID)" }
}

/// Identifies one timer: the saga instance that armed it and the timer's name.
public struct TimerKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The saga instance that armed it.
  public let owner: SagaKey
  /// The timer's name, unique within its saga instance.
  public let name: String

  /// Creates the key of a timer of a saga instance.
  public init(_ owner: SagaKey, _ name: String) {
    self.owner = owner
    self.name = name
  }

  /// The hash by which an index stores the key; the same in every run.
  var quickHash: UInt32 {
    UInt32(truncatingIfNeeded: QuickHash.text(name, after: UInt64(owner.quickHash)) >> 32)
  }

  /// `PaymentSaga/saga-1/timeout`.
  public var description: String { "\(owner)/\(name)" }

  /// Orders by the bytes of ``description``.
  public static func < (left: TimerKey, right: TimerKey) -> Bool {
    left.description < right.description
  }
}
