/// One thing that a backend may promise.
public enum Capability: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// What was acknowledged is still there after a crash.
  case durableOnAcknowledge
  /// Positions in the whole log have no gaps.
  case denseGlobalPositions
  /// A writer may say how many events it expects a stream to have.
  case expectedVersion
  /// An event that is appended again with the same id is not written twice.
  case idempotentAppend
  /// Several events are written together or not at all.
  case atomicBatch
  /// It can be held, so that nothing is delivered.
  case canHold
  /// Every moment of its past can be looked at.
  case canRewind
  /// Another history can begin at any moment of its past.
  case canFork

  /// The name as it is written in code and in `eventicle info`.
  public var description: String { rawValue }

  /// What a backend that has it promises, in one sentence.
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

  /// Why something cannot be done on a backend that lacks it, in one sentence.
  public var refusal: String {
    switch self {
    case .durableOnAcknowledge:
      "This backend keeps nothing after the program ends; open a file to keep it."
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

/// What a backend promises; what is not in it is disabled, with the reason.
public struct Capabilities: Sendable, Hashable {
  /// What it has.
  public let held: Set<Capability>

  /// A backend that has these.
  public init(_ held: Set<Capability>) { self.held = held }

  /// A backend in memory: everything, until the program ends.
  public static let memory = Capabilities(
    Set(Capability.allCases).subtracting([.durableOnAcknowledge]))

  /// Whether it has one.
  public func has(_ capability: Capability) -> Bool { held.contains(capability) }

  /// Which of some it lacks, in the order of declaration.
  public func lacks(of needs: Set<Capability>) -> [Capability] {
    Capability.allCases.filter { needs.contains($0) && !held.contains($0) }
  }

  /// What it has and lacks, a sentence each, for people.
  public var sentences: [(capability: Capability, isHeld: Bool, sentence: String)] {
    Capability.allCases.map { capability in
      let isHeld = has(capability)
      return (capability, isHeld, isHeld ? capability.promise : capability.refusal)
    }
  }

  /// What is acknowledged survives a crash of the machine.
  public var durableOnAcknowledge: Bool { has(.durableOnAcknowledge) }
  /// Positions count every event without a gap.
  public var denseGlobalPositions: Bool { has(.denseGlobalPositions) }
  /// A write may say which version it expects.
  public var expectedVersion: Bool { has(.expectedVersion) }
  /// An event appended twice is in the log once.
  public var idempotentAppend: Bool { has(.idempotentAppend) }
  /// The events of one append get in together or not at all.
  public var atomicBatch: Bool { has(.atomicBatch) }
  /// Deliveries can be held back.
  public var canHold: Bool { has(.canHold) }
  /// The past can be looked at.
  public var canRewind: Bool { has(.canRewind) }
  /// Another history can be tried out.
  public var canFork: Bool { has(.canFork) }
}
