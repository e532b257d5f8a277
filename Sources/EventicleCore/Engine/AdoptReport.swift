/// What an engine changed to run another declaration of its domain; see ``Engine/adopt(_:)``.
public struct AdoptReport: Sendable, Hashable, CustomStringConvertible {
  /// A saga whose instances were migrated to its new version.
  public struct Migration: Sendable, Hashable {
    /// The saga's name.
    public let saga: String
    /// The version that its instances have now.
    public let version: Int
    /// The number of migrated instances; those that could not be are migrated before their next
    /// step, or fail with the reason.
    public let instances: Int
  }

  /// The consumers that were not declared before, in the order of delivery.
  public internal(set) var added: [ConsumerName] = []
  /// The consumers that are no longer declared; their positions are kept.
  public internal(set) var removed: [ConsumerName] = []
  /// The consumers whose streams, types of events, group or options have changed.
  public internal(set) var changed: [ConsumerName] = []
  /// The sagas whose instances were migrated.
  public internal(set) var migrated: [Migration] = []
  /// One sentence for each thing that is different now; empty when nothing is.
  ///
  /// Whether the code of a handler has changed cannot be seen and is not told.
  public internal(set) var sentences: [String] = []

  /// The sentences, or that the declarations are the same.
  public var description: String {
    sentences.isEmpty
      ? "The domain declares the same as before; its handlers are the new ones."
      : sentences.joined(separator: " ")
  }
}

extension AdoptReport {
  /// Compares two declarations of a domain.
  ///
  /// - Parameters:
  ///   - step: The step that opened and closed groups.
  ///   - world: The world after it.
  init(from old: Domain, to new: Domain, _ step: Step, in world: World) {
    let (before, after) = (Registry.definitions(of: old), Registry.definitions(of: new))
    for consumer in after {
      guard let known = before.first(where: { $0.name == consumer.name }) else {
        added.append(consumer.name)
        sentences.append(AdoptReport.arrival(of: consumer, step))
        continue
      }
      let differences = AdoptReport.differences(from: known, to: consumer, step)
      guard !differences.isEmpty else { continue }
      changed.append(consumer.name)
      sentences.append(
        "\(consumer.title) has changed: \(differences.joined(separator: "; ")).")
    }
    for consumer in before where !after.contains(where: { $0.name == consumer.name }) {
      removed.append(consumer.name)
      sentences.append(AdoptReport.departure(of: consumer, in: world))
    }
    for saga in new.sagas {
      for case .group(saga.group, .migrated(let count)) in step.entries.map(\.kind) {
        migrated.append(Migration(saga: saga.name, version: saga.version, instances: count))
        sentences.append(
          "The saga \(saga.name) has version \(saga.version) now: \(count) "
            + "\(count == 1 ? "instance was" : "instances were") taken over.")
      }
    }
    note("aggregate", old.aggregates.map(\.type), new.aggregates.map(\.type))
    note("command", old.commands.map(\.type), new.commands.map(\.type))
  }

  private mutating func note(_ kind: String, _ old: [String], _ new: [String]) {
    let fresh = new.filter { !old.contains($0) }
    let gone = old.filter { !new.contains($0) }
    for name in fresh { sentences.append("The \(kind) \(name) is new.") }
    for name in gone { sentences.append("The \(kind) \(name) is gone.") }
  }

  private static func arrival(of consumer: ConsumerDefinition, _ step: Step) -> String {
    let start = start(of: consumer.group, step)
    let offered =
      start.map { $0.number == 0 ? "every event from the beginning" : "the events after \($0)" }
    return "\(consumer.title) is new; it is offered \(offered ?? "new events")."
  }

  private static func departure(of consumer: ConsumerDefinition, in world: World) -> String {
    let position = world.group(consumer.group)?.position ?? Position(0)
    let rest =
      switch consumer.name.kind {
      case .view: "its rows stay"
      case .saga: "its instances stay and their timers wait for it"
      case .adapter, .subscription: "it is offered nothing more"
      }
    return
      "\(consumer.title) is gone; its group \(consumer.group) is closed after \(position), and "
      + "\(rest)."
  }

  private static func differences(
    from old: ConsumerDefinition, to new: ConsumerDefinition, _ step: Step
  ) -> [String] {
    var found: [String] = []
    if old.group != new.group {
      let start = start(of: new.group, step) ?? Position(0)
      found.append("its group is \(new.group) instead of \(old.group) and begins after \(start)")
    }
    if old.streams != new.streams {
      found.append("it reads \(new.streams.map(\.text).joined(separator: ", "))")
    }
    if old.types != new.types {
      let types = new.types.map { $0.sorted().map(\.text).joined(separator: ", ") }
      found.append("it handles \(types ?? "events of any type")")
    }
    if old.options != new.options || old.hotParallel != new.hotParallel {
      found.append("its options are others")
    }
    return found
  }

  /// The position after which a step opened a group; `nil` when it did not.
  private static func start(of group: GroupName, _ step: Step) -> Position? {
    for case .group(group, .subscribed(let position)) in step.entries.map(\.kind) {
      return position
    }
    return nil
  }
}

extension ConsumerDefinition {
  /// The consumer at the beginning of a sentence: `The view OrderBoard`.
  fileprivate var title: String { "The \(name.kind.rawValue) \(name.name)" }
}
