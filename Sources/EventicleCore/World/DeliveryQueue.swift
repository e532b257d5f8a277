/// What consumes events, by kind; the order of the cases is the order of delivery.
public enum ConsumerKind: String, Sendable, Hashable, Comparable, CaseIterable {
  case view
  case saga
  case adapter
  case subscription

  /// The letter that stands for it on screens.
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

  /// Whether the left one comes first.
  public static func < (left: ConsumerKind, right: ConsumerKind) -> Bool {
    left.rank < right.rank
  }
}

/// One consumer by kind and name.
public struct ConsumerName: Sendable, Hashable, CustomStringConvertible {
  /// The kind.
  public let kind: ConsumerKind
  /// The name.
  public let name: String

  /// One of these parts.
  public init(_ kind: ConsumerKind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// `V OrderBoard`.
  public var description: String { "\(kind.letter) \(name)" }
}

/// One event offered to one consumer, not yet handled.
public struct Delivery: Sendable, Hashable {
  /// The event.
  public let position: Position
  /// Who is to handle it.
  public let consumer: ConsumerName
  /// The journal entry that appended the event.
  public let cause: JournalIndex

  /// One of these parts.
  public init(position: Position, consumer: ConsumerName, cause: JournalIndex) {
    self.position = position
    self.consumer = consumer
    self.cause = cause
  }
}

/// Deliveries in the order in which they will be made, oldest first.
///
/// Both ends cost O(1) amortised; copies share.
public struct DeliveryQueue: Sendable {
  private var items = PersistentArray<Delivery>()
  private var head = 0

  init() {}

  /// How many deliveries wait.
  public var count: Int { items.count - head }

  /// Whether nothing waits.
  public var isEmpty: Bool { count == 0 }

  /// The delivery that comes next.
  public var first: Delivery? { isEmpty ? nil : items[head] }

  /// The delivery at a place from 0.
  public subscript(index: Int) -> Delivery { items[head + index] }

  mutating func pushBack(_ delivery: Delivery) { items.append(delivery) }

  mutating func popBack() {
    guard !isEmpty else { return }
    items.popLast()
  }

  mutating func popFront() {
    guard !isEmpty else { return }
    head += 1
    if head == items.count { self = DeliveryQueue() }
  }

  /// Puts a delivery back in front, as going back in time does.
  mutating func pushFront(_ delivery: Delivery) {
    if head == 0 {
      let room = Swift.max(16, items.count)
      var wider = PersistentArray<Delivery>()
      for _ in 0..<room { wider.append(delivery) }
      for item in items { wider.append(item) }
      items = wider
      head = room
    }
    head -= 1
    items[head] = delivery
  }
}
