/// A fault in the declaration of a domain.
public enum DomainError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two declarations of a kind have the same name.
  case declaredTwice(kind: String, name: String)
  /// A declaration of a kind has no name.
  case nameless(kind: String)
  /// An aggregate has a colon in its type.
  case aggregateWithColon(String)
  /// An aggregate or a command writes to a tenant's part of a stream.
  case streamOfTenant(declaration: String, StreamName)
  /// A command declares an argument twice.
  case doubleField(command: String, field: String)
  /// A lifecycle has two states of the same name.
  case doubleState(aggregate: String, state: String)
  /// A lifecycle leads to a state that it does not have.
  case lostState(aggregate: String, state: String, target: String)
  /// The version of a saga's data is below 1.
  case versionTooLow(saga: String, version: Int)
  /// A saga handles a type of event in two ways.
  case doubleHandler(saga: String, method: String, EventType)
  /// A saga handles a timer twice.
  case doubleTimer(saga: String, timer: String)
  /// A saga handles a type of event without saying how it finds the instance, and has no key.
  case handlerWithoutMatch(saga: String, EventType)
  /// A saga starts with a type of event and says which value no live instance may have, but not in
  /// which property.
  case startWithHalfMatch(saga: String, EventType)
  /// A step armed a timer that its saga does not handle.
  case timerWithoutHandler(saga: String, timer: String)
  /// A state machine is unsound; the sentence says why.
  case unsoundMachine(String)

  /// The fault, as a sentence for people.
  public var description: String {
    switch self {
    case .declaredTwice(let kind, let name):
      "The \(kind) \(name) is declared twice; give one of them another name."
    case .nameless(let kind):
      "Every \(kind) needs a name, but one has none; name it where it is declared."
    case .aggregateWithColon(let type):
      "The aggregate \(type) may have no colon in its type, which parts tenants from types; "
        + "write a dash instead."
    case .streamOfTenant(let declaration, let stream):
      "The \(declaration) has the stream \(stream) of the tenant \(stream.workspace), but it writes "
        + "to the part of whoever it is carried out for; name \(stream.logical)."
    case .doubleField(let command, let field):
      "The command \(command) declares the argument \(field) twice; give one of them another name."
    case .doubleState(let aggregate, let state):
      "The aggregate \(aggregate) has the state \(state) twice in its lifecycle; give one of them "
        + "another name."
    case .lostState(let aggregate, let state, let target):
      "The lifecycle of the aggregate \(aggregate) leads from \(state) to \(target), which is none "
        + "of its states; declare \(target), or name another state."
    case .versionTooLow(let saga, let version):
      "The saga \(saga) has the version \(version), but versions begin at 1; count up from there."
    case .doubleHandler(let saga, let method, let type):
      "The saga \(saga) has two handlers of \(method) for \(type); an event type has one."
    case .doubleTimer(let saga, let timer):
      "The saga \(saga) has two handlers for the timer \(timer); a timer has one."
    case .handlerWithoutMatch(let saga, let type):
      "The saga \(saga) handles \(type) without saying for which instance; declare keyed(by:), "
        + "say matching:, or use onEvery."
    case .startWithHalfMatch(let saga, let type):
      "The saga \(saga) starts with \(type) and says value: without unlessLive:, so that it would "
        + "be ignored; name the property that it is for, or leave it out."
    case .timerWithoutHandler(let saga, let timer):
      "\(saga) has no handler for the timer \"\(timer)\"; declare it with onTimer first."
    case .unsoundMachine(let problem): problem
    }
  }
}
