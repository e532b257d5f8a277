/// One step from an old shape of an event to a newer one.
///
/// ```swift
/// EventUpcaster("OrderPlaced", from: 1) { $0["currency"] = "EUR" }
/// EventUpcaster("OrderPlaced", from: 2, renamedTo: "OrderCreated")
/// EventUpcaster(dropping: "OrderTouched", from: 1)
/// ```
public struct EventUpcaster: Sendable {
  /// The type of the events that the step takes.
  public let type: EventType
  /// The version of the data that the step takes.
  public let version: Int
  /// The type that the step produces; `nil` when it drops the event.
  public let newType: EventType?
  /// The version of the data that the step produces.
  public let newVersion: Int

  private let transform: @Sendable (inout JSON) throws -> Void

  /// Creates a step to the next version of the same type, or to another type.
  ///
  /// - Parameters:
  ///   - type: The type of the events that the step takes.
  ///   - version: The version that the step takes.
  ///   - newType: The type that the step produces; the same when absent.
  ///   - newVersion: The version that the step produces; the next one when absent.
  ///   - transform: Changes the data; it must depend on nothing else.
  public init(
    _ type: EventType, from version: Int, renamedTo newType: EventType? = nil,
    version newVersion: Int? = nil,
    _ transform: @escaping @Sendable (inout JSON) throws -> Void = { _ in }
  ) {
    self.type = type
    self.version = version
    self.newType = newType ?? type
    self.newVersion = newVersion ?? (version < Int.max ? version + 1 : version)
    self.transform = transform
  }

  /// Creates a step that drops events of a type and version, so that readers no longer see them.
  public init(dropping type: EventType, from version: Int) {
    self.type = type
    self.version = version
    newType = nil
    newVersion = version
    transform = { _ in }
  }

  func change(_ data: inout JSON) throws { try transform(&data) }

  /// What the step takes, such as `OrderPlaced 1`.
  var source: String { "\(type) \(version)" }

  /// What the step produces, such as `OrderCreated 3`, or `nothing`.
  var target: String { newType.map { "\($0) \(newVersion)" } ?? "nothing" }
}

/// Why steps form no chain, or why an event cannot be upcast.
public struct UpcasterError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The reason, as a sentence for people.
  public var description: String { reason }
}
