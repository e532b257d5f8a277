/// A statechart as a value: which states there are, and what leads from one to another.
///
/// It holds nothing of a run. ``start(at:aggregate:raising:)`` and
/// ``send(_:to:at:aggregate:raising:)`` take a ``MachineStatus`` and return the next one, so that
/// the same machine serves every aggregate.
///
///     StateMachine("Door", initial: "closed", states: [
///       .state("closed", .on("OPEN", to: "open", do: .raise("DoorOpened"))),
///       .state("open", .on("CLOSE", to: "closed"), .after(.seconds(30), to: "closed")),
///     ])
///
/// States are left from the inside out and entered from the outside in, in document order; of two
/// transitions that would leave the same state the one of the inner state is taken, else the one
/// that comes first.
public struct StateMachine: Sendable {
  /// Converts the status that an older version of the machine stored, as the data of its event.
  public typealias Migration = @Sendable (_ status: inout JSON, _ version: Int) throws -> Void

  /// The name, for example `Door`.
  public let name: String
  /// The version stored with every status, from 1; raise it when states are renamed.
  public let version: Int
  /// What a run starts with before any action has changed it.
  public let context: JSON
  let migration: Migration?
  let chart: Chart
  /// What is declared wrongly, one sentence each; empty when the machine is sound.
  public let problems: [String]
  /// What runs but is hardly meant, one sentence each, such as a state that nothing leads to.
  public let warnings: [String]

  /// A machine with one active state at the top, first the one named, or the one around a state
  /// deeper inside, such as `payment.waiting`.
  ///
  /// - Parameters:
  ///   - version: From 1.
  ///   - transitions: What to do in every state, unless an inner state reacts.
  ///   - migration: Converts the status of an older version; a status without a version has 0.
  public init(
    _ name: String, version: Int = 1, initial: String, context: JSON = .emptyObject,
    states: [MachineState], on transitions: [MachineTransition] = [],
    migrate migration: Migration? = nil
  ) {
    self.init(
      name, version: version, initial: [initial], context: context, states: states,
      on: transitions, migrate: migration)
  }

  /// A machine that begins in several states at once, which lie in different regions of a parallel
  /// state; see the other initialiser.
  public init(
    _ name: String, version: Int = 1, initial: [String], context: JSON = .emptyObject,
    states: [MachineState], on transitions: [MachineTransition] = [],
    migrate migration: Migration? = nil
  ) {
    self.init(
      name, version: version, context: context,
      top: MachineState(
        name, .compound(initial: initial), transitions: transitions, states: states),
      migrate: migration)
  }

  /// A machine whose top states are all active together; see the first initialiser.
  public init(
    _ name: String, version: Int = 1, context: JSON = .emptyObject, regions: [MachineState],
    on transitions: [MachineTransition] = [], migrate migration: Migration? = nil
  ) {
    self.init(
      name, version: version, context: context,
      top: MachineState(name, .parallel, transitions: transitions, states: regions),
      migrate: migration)
  }

  private init(
    _ name: String, version: Int, context: JSON, top: MachineState, migrate migration: Migration?
  ) {
    self.init(
      name, version: version, context: context, top: top, dialect: .swift, problems: [],
      warnings: [], migrate: migration)
  }

  /// A machine of any dialect.
  ///
  /// - Parameters:
  ///   - problems: What whoever read the declaration found wrong; it is not reviewed further then.
  ///   - warnings: What whoever read it found odd.
  init(
    _ name: String, version: Int, context: JSON, top: MachineState, dialect: MachineDialect,
    problems: [String], warnings: [String], migrate migration: Migration?
  ) {
    self.name = name
    self.version = version
    self.context = context
    self.migration = migration
    let draft = Chart(top, dialect)
    guard problems.isEmpty else {
      chart = draft
      self.problems = problems
      self.warnings = warnings
      return
    }
    let review = ChartReview(draft, machine: name, version: version)
    self.problems = review.problems
    self.warnings = warnings + review.warnings
    chart = review.problems.isEmpty ? Chart(planning: draft) : draft
  }

  /// Throws when the machine is declared wrongly.
  func checkSound() throws(MachineError) {
    if let problem = problems.first { throw .unsound(problem) }
  }
}
