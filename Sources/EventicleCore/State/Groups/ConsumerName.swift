/// The kinds of consumers; the order of the cases is the order of delivery.
public enum ConsumerKind: String, Sendable, Hashable, Comparable, CaseIterable {
  /// An ``EventView``.
  case view
  /// A ``Saga``.
  case saga
  /// An ``EventAdapter``.
  case adapter
  /// A handler that subscribed while the engine ran.
  case subscription

  /// The letter that represents the kind on screens.
  public var letter: String {
    switch self {
    case .view: "V"
    case .saga: "S"
    case .adapter, .subscription: "X"
    }
  }

  private var rank: Int {
    switch self {
    case .view: 0
    case .saga: 1
    case .adapter: 2
    case .subscription: 3
    }
  }

  /// Orders by delivery: earlier kinds are less.
  public static func < (left: ConsumerKind, right: ConsumerKind) -> Bool {
    left.rank < right.rank
  }
}

/// Identifies one consumer by kind and name.
public struct ConsumerName: Sendable, Hashable, CustomStringConvertible {
  /// The kind, which decides when it is offered an event.
  public let kind: ConsumerKind
  /// The name, unique within its kind.
  public let name: String

  /// Creates the name of a consumer of a kind.
  public init(_ kind: ConsumerKind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// `V OrderBoard`.
  public var description: String { "\(kind.letter) \(name)" }
}

/// The number of a consumer in the order of delivery, from 0; it never changes.
package typealias ConsumerNumber = Int32
