/// One argument of a command, used for checking, help and completion.
public struct CommandField: Sendable, Hashable {
  /// The kinds of values that an argument accepts.
  public enum Kind: String, Sendable, Hashable {
    /// A text.
    case text
    /// A finite number.
    case number
    /// An array of any values.
    case array
    /// Any value.
    case any
  }

  /// The argument's name, unique within its command.
  public let name: String
  /// The kind of value that is accepted.
  public let kind: Kind
  /// Whether the command is refused when the argument is missing.
  public let isRequired: Bool
  /// The default when the argument is left out.
  public let standard: JSON?
  /// The type of the aggregate whose id the argument holds, for completion.
  public let idOf: String?

  /// Declares an argument that must be given.
  public static func required(
    _ name: String, _ kind: Kind = .text, idOf: String? = nil
  ) -> CommandField {
    CommandField(name: name, kind: kind, isRequired: true, standard: nil, idOf: idOf)
  }

  /// Declares an argument that may be left out.
  public static func optional(
    _ name: String, _ kind: Kind = .text, standard: JSON? = nil
  ) -> CommandField {
    CommandField(name: name, kind: kind, isRequired: false, standard: standard, idOf: nil)
  }
}

/// The result of a command's handler.
public struct CommandResult: Sendable {
  /// The response for the caller; `nil` for none.
  public var response: JSON?
  /// The events to emit to the command's stream.
  public var events: [NewEvent]
  /// An error to report to the caller although the events are kept.
  public var reportedError: ReportedError?

  /// Creates a result; every part may be left out.
  public init(
    response: JSON? = nil, events: [NewEvent] = [], reportedError: ReportedError? = nil
  ) {
    self.response = response
    self.events = events
    self.reportedError = reportedError
  }
}

/// A kind of request that a domain can carry out or refuse.
public struct Command: Sendable {
  /// Carries out the command, or throws to refuse it.
  public typealias Handler = @Sendable (_ data: JSON, Transaction) throws -> CommandResult

  /// The name, such as `PlaceOrder`; unique within the domain.
  public let type: String
  /// The stream that returned events are emitted to.
  public let stream: StreamName
  /// The arguments, required ones first.
  public let fields: [CommandField]
  /// What the command does, in a few words.
  public let summary: String
  /// How the command's transaction relates to one that is already open.
  public let options: TransactionOptions
  let lock: (@Sendable (_ data: JSON) -> String?)?
  let validates: Check?
  let handler: Handler

  /// Checks arguments beyond what fields describe, and refuses them with a ``RejectionError``.
  public typealias Check = @Sendable (_ data: JSON, Transaction) throws -> Void

  /// Declares a command.
  ///
  /// A handler refuses by throwing a ``Rejection``, or a ``RejectionError`` of its own type.
  ///
  /// - Parameters:
  ///   - options: Whether the command is a step of its own when a handler dispatches it.
  ///   - lock: The lock to hold until the command is committed, derived from its arguments.
  ///   - validates: Checks the arguments before the handler; what it writes is kept with the rest.
  public init(
    _ type: String, stream: StreamName, _ fields: [CommandField] = [], summary: String = "",
    options: TransactionOptions = .standard, lock: (@Sendable (_ data: JSON) -> String?)? = nil,
    validates: Check? = nil, handler: @escaping Handler
  ) {
    self.options = options
    self.lock = lock
    self.validates = validates
    self.type = type
    self.stream = stream
    self.fields = fields
    self.summary = summary
    self.handler = handler
  }

  /// Checks the arguments against the declared fields and fills in defaults.
  ///
  /// - Throws: ``ArgumentError`` that names the argument and what it must be.
  func checked(_ data: JSON) throws -> JSON {
    guard case .object(var members) = data else {
      throw ArgumentError("\(type) takes an object of arguments, but this is \(data.kindName).")
    }
    if let fault = fault(in: data) { throw ArgumentError(fault.sentence) }
    for field in fields {
      guard let standard = field.standard, members[field.name]?.isNull ?? true else { continue }
      members[field.name] = standard
    }
    return .object(members)
  }

  /// The first argument that is missing or unacceptable.
  package func fault(in data: JSON) -> ArgumentFault? {
    for field in fields {
      if let fault = fault(of: field, in: data) { return fault }
    }
    return nil
  }

  /// Every argument that is missing or unacceptable, in the order of the fields.
  package func faults(in data: JSON) -> [ArgumentFault] {
    fields.compactMap { fault(of: $0, in: data) }
  }

  private func fault(of field: CommandField, in data: JSON) -> ArgumentFault? {
    guard let value = data.object?[field.name], !value.isNull else {
      return field.isRequired ? ArgumentFault(command: type, field: field, found: nil) : nil
    }
    return field.accepts(value) ? nil : ArgumentFault(command: type, field: field, found: value)
  }
}

/// An argument of a command is missing or unacceptable; journaled as a refusal.
package struct ArgumentError: RejectionError {
  /// The fault, as a sentence for people.
  package let description: String

  init(_ sentence: String) { description = sentence }
}

/// The fault in one argument of a command.
package struct ArgumentFault {
  let command: String
  /// The argument as declared.
  package let field: CommandField
  /// The value found; `nil` when the argument is missing.
  let found: JSON?

  /// Whether there is no such argument.
  package var isMissing: Bool { found == nil }

  /// What was expected and what was found, without a full stop.
  private var reason: String {
    guard let found else { return "\(command) needs \(field.name)" }
    if case (.number, .number) = (field.kind, found) {
      return "\(field.name) of \(command) must be a number, but \(found) is out of range: the "
        + "largest is about 1.8e308"
    }
    return "\(field.name) of \(command) must be \(field.kindName), but it is \(found.kindName): "
      + "\(found)"
  }

  /// What was expected and what was found, as a sentence.
  package var sentence: String {
    found == nil ? "\(reason), \(field.kindName)." : "\(reason)."
  }

  /// The sentence for command lines, with how to write the argument there.
  package var advice: String {
    "\(reason); \(found == nil ? "add" : "write") \(field.example)."
  }
}

extension CommandField {
  func accepts(_ value: JSON) -> Bool {
    switch (kind, value) {
    case (.number, .number(let number)): number.value.isFinite
    case (.any, _), (.text, .string), (.array, .array): true
    default: false
    }
  }

  var kindName: String {
    switch kind {
    case .text: "a text"
    case .number: "a number"
    case .array: "an array"
    case .any: "a value"
    }
  }

  /// An example of the argument on a command line.
  public var example: String {
    switch kind {
    case .text: "\(name)=…"
    case .number: "\(name):=59"
    case .array: "\(name):=[…]"
    case .any: "\(name):=…"
    }
  }
}
