/// Why a saga's step cannot be taken.
public enum SagaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A step extends a timer that is not armed to fire once.
  case timerNotArmed(saga: String, timer: String)
  /// A step took longer than its saga allows.
  case stepTooLong(saga: String, took: Interval, limit: Interval)
  /// The instance's data is of a newer version than the declared one.
  case instanceNewer(saga: String, instance: String, found: Int, version: Int)
  /// The instance's data is of an older version, and no migration is declared.
  case migrationMissing(saga: String, instance: String, found: Int, version: Int)

  /// The reason, as a sentence for people.
  public var description: String {
    switch self {
    case .timerNotArmed(let saga, let timer):
      "\(saga) can extend a timer that is armed and fires once, but \"\(timer)\" is not; "
        + "arm it with upsertTimer."
    case .stepTooLong(let saga, let took, let limit):
      "A step of \(saga) may take \(limit), but this one took \(took); "
        + "do less in one step or raise the limit with limitingSteps."
    case .instanceNewer(let saga, let instance, let found, let version):
      "\(saga)/\(instance) is of version \(found), but the saga is declared at version "
        + "\(version); run the newer definition."
    case .migrationMissing(let saga, let instance, let found, let version):
      "\(saga)/\(instance) is of version \(found) and the saga is at \(version), but nothing says "
        + "how to take it over; declare the version with migrate:."
    }
  }
}
