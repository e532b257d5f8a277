/// One step from an old shape of an event to a newer one.
///
/// ```swift
/// EventUpcaster("OrderPlaced", from: 1) { $0["currency"] = "EUR" }
/// EventUpcaster("OrderPlaced", from: 2, renamedTo: "OrderCreated")
/// EventUpcaster(dropping: "OrderTouched", from: 1)
/// ```
public struct EventUpcaster: Sendable {
  /// The type whose events it takes.
  public let type: EventType
  /// The version that it takes.
  public let version: Int
  /// The type that it makes; `nil` when it drops the event.
  public let newType: EventType?
  /// The version that it makes.
  public let newVersion: Int

  private let transform: @Sendable (inout JSON) throws -> Void

  /// A step to the next version of the same type, or to another type.
  ///
  /// - Parameters:
  ///   - type: The type whose events it takes.
  ///   - version: The version that it takes.
  ///   - newType: The type that it makes; the same when absent.
  ///   - newVersion: The version that it makes; the next one when absent.
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

  /// A step that drops events of a type and version: nobody is to see them any more.
  public init(dropping type: EventType, from version: Int) {
    self.type = type
    self.version = version
    newType = nil
    newVersion = version
    transform = { _ in }
  }

  /// Changes the data of an event.
  func change(_ data: inout JSON) throws { try transform(&data) }

  /// `OrderPlaced 1`.
  var source: String { "\(type) \(version)" }

  /// `OrderCreated 3`, or `nothing`.
  var target: String { newType.map { "\($0) \(newVersion)" } ?? "nothing" }
}

/// Why steps are no chain, or why an event cannot be taken along it.
public struct UpcasterError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The same in words.
  public var description: String { reason }
}
