/// What consumes events, by kind; the order of the cases is the order of delivery.
public enum ConsumerKind: String, Sendable, Hashable, Comparable, CaseIterable {
  /// An ``EventView``.
  case view
  /// A ``Saga``.
  case saga
  /// An ``EventAdapter``.
  case adapter
  /// A handler that subscribed while the engine ran.
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

  /// A consumer of a kind.
  public init(_ kind: ConsumerKind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// `V OrderBoard`.
  public var description: String { "\(kind.letter) \(name)" }
}

/// The place of a consumer in the order of delivery, from 0; it never changes.
public typealias ConsumerNumber = Int32

/// How often a consumer dealt with events, by what came of it.
public struct Tally: Sendable, Hashable {
  /// What came of a delivery.
  public enum Kind: UInt8, Sendable, Hashable {
    /// It was handled, or started an instance.
    case handled
    /// It did not concern the consumer.
    case ignored
    /// It failed and was parked, or stopped its consumer.
    case failed
    /// It failed and is tried again.
    case retried
    /// It failed and was left out.
    case skipped
    /// It had been handled before.
    case duplicate
  }

  /// Handled, or started.
  public private(set) var handled = 0
  /// Not for this consumer.
  public private(set) var ignored = 0
  /// Failed and parked, or failed and stopped.
  public private(set) var failed = 0
  /// Failed and to be tried again.
  public private(set) var retried = 0
  /// Failed and left out.
  public private(set) var skipped = 0
  /// Handled before and not handled again.
  public private(set) var duplicates = 0

  mutating func add(_ kind: Kind, _ count: Int) {
    switch kind {
    case .handled: handled += count
    case .ignored: ignored += count
    case .failed: failed += count
    case .retried: retried += count
    case .skipped: skipped += count
    case .duplicate: duplicates += count
    }
  }
}

/// All consumers in the order of delivery, with what they have done.
public struct ConsumerTable: Sendable {
  /// One consumer.
  public struct Entry: Sendable, Hashable {
    /// Its kind and name.
    public let name: ConsumerName
    /// The group under which its position is kept.
    public let group: GroupName
    /// What it has done.
    public internal(set) var tally = Tally()
    /// The events that it has handled once and is not to handle again.
    var processed = PositionSet()
  }

  private var entries: [Entry] = []

  init() {}

  /// How many there are.
  public var count: Int { entries.count }

  /// The consumer of a number.
  public subscript(number: ConsumerNumber) -> Entry? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index] : nil
  }

  /// The name of a consumer.
  func name(of number: ConsumerNumber) -> ConsumerName? {
    let index = Int(number)
    return entries.indices.contains(index) ? entries[index].name : nil
  }

  /// Whether a consumer has handled an event once and is not to handle it again.
  func hasHandled(_ position: Position, _ number: ConsumerNumber) -> Bool {
    let index = Int(number)
    return entries.indices.contains(index) && entries[index].processed.contains(position)
  }

  /// The number of a consumer.
  public func number(of name: ConsumerName) -> ConsumerNumber? {
    entries.firstIndex { $0.name == name }.map { ConsumerNumber($0) }
  }

  /// The number of a consumer that consumes for a group.
  func number(of name: ConsumerName, in group: GroupName) -> ConsumerNumber? {
    entries.firstIndex { $0.group == group && $0.name == name }.map { ConsumerNumber($0) }
  }

  /// The number of the consumer of a group.
  public func number(of group: GroupName) -> ConsumerNumber? {
    entries.firstIndex { $0.group == group }.map { ConsumerNumber($0) }
  }

  mutating func append(_ name: ConsumerName, _ group: GroupName) {
    entries.append(Entry(name: name, group: group))
  }

  mutating func removeLast() {
    if !entries.isEmpty { entries.removeLast() }
  }

  mutating func tally(_ number: ConsumerNumber, _ kind: Tally.Kind, _ count: Int) {
    guard entries.indices.contains(Int(number)) else { return }
    #if PLANTED_FAULTS
      if PlantedFault.handledNotCounted.isPlanted, kind == .handled { return }
    #endif
    entries[Int(number)].tally.add(kind, count)
  }

  mutating func mark(_ number: ConsumerNumber, _ position: Position, _ isProcessed: Bool) {
    guard entries.indices.contains(Int(number)) else { return }
    entries[Int(number)].processed.set(position, isProcessed)
  }
}

/// A set of positions, one bit each; copies share.
struct PositionSet: Sendable, Hashable {
  private var words = PersistentArray<UInt64>()
  private(set) var count = 0

  func contains(_ position: Position) -> Bool {
    let (word, bit) = position.number.quotientAndRemainder(dividingBy: 64)
    return position.number >= 0 && word < words.count && words[word] >> UInt64(bit) & 1 == 1
  }

  mutating func set(_ position: Position, _ isMember: Bool) {
    guard position.number >= 0, contains(position) != isMember else { return }
    let (word, bit) = position.number.quotientAndRemainder(dividingBy: 64)
    while words.count <= word { words.append(0) }
    words[word] ^= 1 << UInt64(bit)
    count += isMember ? 1 : -1
  }

  static func == (left: PositionSet, right: PositionSet) -> Bool {
    left.count == right.count
      && (0..<max(left.words.count, right.words.count)).allSatisfy { index in
        (index < left.words.count ? left.words[index] : 0)
          == (index < right.words.count ? right.words[index] : 0)
      }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
