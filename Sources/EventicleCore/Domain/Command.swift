/// One argument of a command, for checking, help and completion.
public struct CommandField: Sendable, Hashable {
  /// What a value must be.
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

  /// Its name.
  public let name: String
  /// What it must be.
  public let kind: Kind
  /// Whether the command cannot do without it.
  public let isRequired: Bool
  /// What counts when it is left out.
  public let standard: JSON?
  /// The type of aggregate whose id it holds.
  public let idOf: String?

  /// An argument that must be given.
  public static func required(
    _ name: String, _ kind: Kind = .text, idOf: String? = nil
  ) -> CommandField {
    CommandField(name: name, kind: kind, isRequired: true, standard: nil, idOf: idOf)
  }

  /// An argument that may be left out.
  public static func optional(
    _ name: String, _ kind: Kind = .text, standard: JSON? = nil
  ) -> CommandField {
    CommandField(name: name, kind: kind, isRequired: false, standard: standard, idOf: nil)
  }
}

/// What a command's handler returns.
public struct CommandResult: Sendable {
  /// What the caller is told.
  public var response: JSON?
  /// What is emitted to the command's stream.
  public var events: [NewEvent]
  /// What the caller is told went wrong although the events are kept.
  public var reportedError: ReportedError?

  /// One of these parts.
  public init(
    response: JSON? = nil, events: [NewEvent] = [], reportedError: ReportedError? = nil
  ) {
    self.response = response
    self.events = events
    self.reportedError = reportedError
  }
}

/// A request that a domain knows how to carry out or refuse.
public struct Command: Sendable {
  /// Carries out the command.
  public typealias Handler = @Sendable (_ data: JSON, Transaction) throws -> CommandResult

  /// Its name: `PlaceOrder`.
  public let type: String
  /// The stream that its events go to.
  public let stream: StreamName
  /// Its arguments, required ones first.
  public let fields: [CommandField]
  /// What it does, in a few words.
  public let summary: String
  /// How its transaction relates to one that is open already.
  public let options: TransactionOptions
  let lock: (@Sendable (_ data: JSON) -> String?)?
  let validates: Check?
  let handler: Handler

  /// Refuses arguments that no field can describe, by throwing a ``RejectionError``.
  public typealias Check = @Sendable (_ data: JSON, Transaction) throws -> Void

  /// Declares a command.
  ///
  /// A handler refuses by throwing a ``Rejection``, or a ``RejectionError`` of its own type.
  ///
  /// - Parameters:
  ///   - options: Whether it is a step of its own when a handler dispatches it.
  ///   - lock: What to hold locked until the command is kept, by its arguments.
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

  /// Checks the arguments against the declared fields and fills in what was left out.
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

  /// The first argument that is missing or cannot be taken.
  package func fault(in data: JSON) -> ArgumentFault? {
    for field in fields {
      guard let value = data.object?[field.name], !value.isNull else {
        if field.isRequired { return ArgumentFault(command: type, field: field, found: nil) }
        continue
      }
      if !field.accepts(value) {
        return ArgumentFault(command: type, field: field, found: value)
      }
    }
    return nil
  }
}

/// A command was given an argument that it cannot take; journaled as a refusal.
package struct ArgumentError: RejectionError {
  /// The same in words.
  package let description: String

  init(_ sentence: String) { description = sentence }
}

/// What is wrong with one argument of a command.
package struct ArgumentFault {
  let command: String
  /// The argument as it is declared.
  package let field: CommandField
  /// What was found; `nil` when it is missing.
  let found: JSON?

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

  /// What was expected and what was found.
  package var sentence: String {
    found == nil ? "\(reason), \(field.kindName)." : "\(reason)."
  }

  /// The same for those who type, with how the argument is written on a command line.
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

  /// How the argument is written on a command line.
  public var example: String {
    switch kind {
    case .text: "\(name)=…"
    case .number: "\(name):=59"
    case .array: "\(name):=[…]"
    case .any: "\(name):=…"
    }
  }
}
