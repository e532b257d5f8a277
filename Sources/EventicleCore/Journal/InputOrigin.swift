/// Where an input comes from.
public enum InputOrigin: UInt8, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// The program that uses the library.
  case program
  /// A person.
  case person
  /// A timer that fell due, or a group whose wait is over.
  case timer
  /// The queue of deliveries.
  case delivery
  /// A file of past events.
  case imported
  /// Another system that the engine is attached to.
  case backend

  /// The word for it in output and in the journal.
  public var description: String {
    switch self {
    case .program: "program"
    case .person: "person"
    case .timer: "timer"
    case .delivery: "delivery"
    case .imported: "import"
    case .backend: "backend"
    }
  }
}
