/// Why a state machine could not run; nothing was changed.
public enum MachineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The chart cannot work; the sentence says why.
  case unsound(String)
  /// The aggregate of this type has none.
  case noMachine(String)
  /// What is stored of where the machine stands cannot be read.
  case badStatus(machine: String, problem: String)
  /// Nothing leads from the version that is stored to a later one.
  case migrationMissing(machine: String, from: Int, to: Int)
  /// What is stored was written by a later version than the one that runs.
  case versionFromLater(machine: String, found: Int, known: Int)
  /// Transitions without an event follow each other without an end.
  case restless(machine: String, state: String)

  /// The same in words.
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
