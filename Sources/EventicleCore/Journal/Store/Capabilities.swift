/// A property that a backend may promise.
public enum Capability: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// What was acknowledged survives a crash.
  case durableOnAcknowledge
  /// Positions in the whole log have no gaps.
  case denseGlobalPositions
  /// A writer can state how many events it expects a stream to have.
  case expectedVersion
  /// Appending an event with the same id again does not write it twice.
  case idempotentAppend
  /// Several events are written together or not at all.
  case atomicBatch
  /// Delivery can be held back.
  case canHold
  /// Every earlier moment can be looked at.
  case canRewind
  /// A fork can begin at any earlier moment.
  case canFork

  /// The name used in code and in `eventicle info`.
  public var description: String { rawValue }

  /// What a backend with it promises, in one sentence.
  public var promise: String {
    switch self {
    case .durableOnAcknowledge: "What was acknowledged survives a crash of the machine."
    case .denseGlobalPositions: "Positions count every event of the log without a gap."
    case .expectedVersion: "A write may say which version it expects, and is refused otherwise."
    case .idempotentAppend: "An event that is appended twice under one id is in the log once."
    case .atomicBatch: "The events of one append all get into the log, or none does."
    case .canHold: "Deliveries can be held back and let go one by one."
    case .canRewind: "The past can be looked at as it was after every journal entry."
    case .canFork: "Another history can be tried out from any place in the past."
    }
  }

  /// Why something is impossible on a backend without it, in one sentence.
  public var refusal: String {
    switch self {
    case .durableOnAcknowledge:
      "What was acknowledged last may be lost; open a file that is synced fully to keep it."
    case .denseGlobalPositions: "Positions of this backend have gaps, so none can be counted on."
    case .expectedVersion:
      "This backend cannot check an expected version; let one process write each aggregate."
    case .idempotentAppend:
      "This backend appends an event as often as it is sent; send each one once."
    case .atomicBatch:
      "This backend appends events one by one; let no event depend on the next."
    case .canHold: "This backend delivers on its own and cannot be held."
    case .canRewind: "This backend keeps no journal to go back in; use memory or a file for that."
    case .canFork: "This backend cannot fork; use memory or a file for that."
    }
  }
}

/// The capabilities of a backend; what needs another one is disabled, with the reason.
public struct Capabilities: Sendable, Hashable {
  /// What it can do; everything else is disabled with a reason.
  public let held: Set<Capability>

  /// A backend with exactly these capabilities.
  public init(_ held: Set<Capability>) { self.held = held }

  /// A backend in memory: everything except durability.
  public static let memory = Capabilities(
    Set(Capability.allCases).subtracting([.durableOnAcknowledge]))

  /// Whether it can be relied on for one thing.
  public func has(_ capability: Capability) -> Bool { held.contains(capability) }

  /// The needed capabilities that are missing, in the order of declaration.
  public func lacks(of needs: Set<Capability>) -> [Capability] {
    Capability.allCases.filter { needs.contains($0) && !held.contains($0) }
  }

  /// Every capability with whether the backend has it and a sentence that says so.
  public var sentences: [(capability: Capability, isHeld: Bool, sentence: String)] {
    Capability.allCases.map { capability in
      let isHeld = has(capability)
      return (capability, isHeld, isHeld ? capability.promise : capability.refusal)
    }
  }

  /// Whether what was acknowledged survives a crash.
  public var durableOnAcknowledge: Bool { has(.durableOnAcknowledge) }
  /// Whether positions in the whole log have no gaps.
  public var denseGlobalPositions: Bool { has(.denseGlobalPositions) }
  /// Whether a write can state the version it expects.
  public var expectedVersion: Bool { has(.expectedVersion) }
  /// Whether an event appended twice is stored once.
  public var idempotentAppend: Bool { has(.idempotentAppend) }
  /// Whether the events of one append are written together or not at all.
  public var atomicBatch: Bool { has(.atomicBatch) }
  /// Whether delivery can be held back.
  public var canHold: Bool { has(.canHold) }
  /// Whether earlier moments can be looked at.
  public var canRewind: Bool { has(.canRewind) }
  /// Whether a fork can begin at an earlier moment.
  public var canFork: Bool { has(.canFork) }
}
