/// One step taken by a saga instance.
public struct SagaStepRecord: Sendable, Hashable {
  /// What made an instance take a step.
  public enum Trigger: Sendable, Hashable {
    /// An event, by its position in the log.
    case event(Position)
    /// A timer, by its name.
    case timer(String)
  }

  /// The number among the steps of the instance, from 1.
  public let number: Int
  /// The event or timer that triggered the step.
  public let trigger: Trigger
  /// The lane of its event; `nil` when the saga has one lane, and for timers.
  public let lane: SagaLane?
  /// The instant at which the step was taken, on the world's clock.
  public let instant: Instant
  /// How long the step kept the instance busy, on the world's clock.
  public let duration: Interval
  /// Whether the step started the instance or continued it.
  public let outcome: StepOutcome
}

/// The last steps of an instance: at least ``Limits/sagaSteps`` once that many were taken.
///
/// A step costs one small node however many are kept; worlds at different moments share them.
struct RecentSteps: Sendable, Hashable, CustomStringConvertible {
  private final class Node: Sendable {
    let record: SagaStepRecord
    let before: Node?

    init(_ record: SagaStepRecord, before: Node?) {
      self.record = record
      self.before = before
    }
  }

  /// The newest steps, newest first; when the set is full they become the older ones.
  private var newer: Node?
  private var older: Node?
  private var newerCount = 0

  /// The last steps, oldest first.
  var records: [SagaStepRecord] {
    var found: [SagaStepRecord] = []
    for start in [newer, older] {
      var next = start
      while let node = next, found.count < Limits.sagaSteps {
        found.append(node.record)
        next = node.before
      }
    }
    return found.reversed()
  }

  var description: String { "\(records)" }

  mutating func append(_ record: SagaStepRecord) {
    if newerCount == Limits.sagaSteps {
      older = newer
      newer = nil
      newerCount = 0
    }
    newer = Node(record, before: newer)
    newerCount += 1
  }

  static func == (left: RecentSteps, right: RecentSteps) -> Bool {
    left.newer === right.newer && left.older === right.older || left.records == right.records
  }

  func hash(into hasher: inout Hasher) { hasher.combine(records) }
}
