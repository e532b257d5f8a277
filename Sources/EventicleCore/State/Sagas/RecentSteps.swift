/// One step that a saga instance has taken.
public struct SagaStepRecord: Sendable, Hashable {
  /// What made the instance take the step.
  public enum Trigger: Sendable, Hashable {
    /// An event, by its place in the log.
    case event(Position)
    /// A timer, by its name.
    case timer(String)
  }

  /// Its number among the steps of its instance, from 1.
  public let number: Int
  /// What made the instance take it.
  public let trigger: Trigger
  /// The lane of its event; `nil` when the saga has one lane, and for timers.
  public let lane: SagaLane?
  /// When it was taken.
  public let instant: Instant
  /// How long it kept the instance busy on the world's clock.
  public let duration: Interval
  /// Whether it started the instance or went on with it.
  public let outcome: StepOutcome
}

/// The last steps of an instance, ``Limits/sagaSteps`` at least while it has taken so many.
///
/// A step costs one small node however many are kept; worlds of different moments share them.
struct RecentSteps: Sendable, Hashable, CustomStringConvertible {
  private final class Node: Sendable {
    let record: SagaStepRecord
    let before: Node?

    init(_ record: SagaStepRecord, before: Node?) {
      self.record = record
      self.before = before
    }
  }

  /// The newest steps, newest first; when they are a full set they become the older ones.
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
