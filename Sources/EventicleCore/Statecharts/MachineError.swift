/// Why a state machine could not run; nothing has changed.
public enum MachineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The machine is declared wrongly; the sentence says how.
  case unsound(String)
  /// Aggregates of this type have no state machine.
  case noMachine(String)
  /// The stored status cannot be read.
  case badStatus(machine: String, problem: String)
  /// There is no migration from the stored version to a later one.
  case migrationMissing(machine: String, from: Int, to: Int)
  /// The stored status was written by a later version than the one that runs.
  case versionFromLater(machine: String, found: Int, known: Int)
  /// Transitions without a trigger follow each other endlessly.
  case restless(machine: String, state: String)

  /// The error as one sentence.
  public var description: String {
    switch self {
    case .unsound(let problem): problem
    case .noMachine(let type):
      "\(type) is no state machine, but it was sent a message; declare it with machine: first."
    case .badStatus(let machine, let problem):
      "A status of the machine \(machine) should say what it wrote itself, but \(problem); "
        + "mend the event or give the machine a new version with migrate:."
    case .migrationMissing(let machine, let from, let to):
      "The status was written by version \(from) of the machine \(machine), which is at version "
        + "\(to) now and does not know how to take it over; declare migrate: to change it."
    case .versionFromLater(let machine, let found, let known):
      "The status was written by version \(found) of the machine \(machine), but this is version "
        + "\(known); open it with the newer program."
    case .restless(let machine, let state):
      "The machine \(machine) made \(Limits.machineSteps) steps for one message without coming "
        + "to rest; look for always transitions or posts that go in a circle around \(state)."
    }
  }
}
