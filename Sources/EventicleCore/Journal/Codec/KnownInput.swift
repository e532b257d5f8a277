/// An input of which the step's own events and entries say most.
enum KnownInput {
  /// An import of the step's first event.
  case take(ImportReaction)
  /// An emission of the step's events, with what was given of each.
  case emit([Given])
  /// A dispatch of the step's first command, to which nothing but type and data was given.
  case dispatch

  /// What an emitter gave of an event besides its type and data.
  struct Given: OptionSet {
    let rawValue: UInt8

    static let domainID = Given(rawValue: 1)
    static let id = Given(rawValue: 2)
    static let source = Given(rawValue: 4)
    static let causedByID = Given(rawValue: 8)
    static let causedByType = Given(rawValue: 16)
    static let createdAt = Given(rawValue: 32)
    static let trace = Given(rawValue: 64)
    static let members = Given(rawValue: 128)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What was given; `nil` when the event that came of it says something else.
    init?(_ new: NewEvent, _ event: Event) {
      guard new.type == event.type, new.data == event.data else { return nil }
      var given: Given = []
      func note<Value: Equatable>(_ mine: Value?, _ own: Value?, _ bit: Given) -> Bool {
        if mine != nil { given.insert(bit) }
        return mine == nil || mine == own
      }
      // Without canonical equivalence: the bytes of a text must come back.
      func note(_ mine: String?, _ own: String?, _ bit: Given) -> Bool {
        note(mine.map { Array($0.utf8) }, own.map { Array($0.utf8) }, bit)
      }
      guard note(new.domainID, event.domainID, .domainID), note(new.id, event.id, .id),
        note(new.source, event.source, .source),
        note(new.causedByID, event.causedByID, .causedByID),
        note(new.causedByType, event.causedByType, .causedByType),
        note(new.createdAt, event.createdAt, .createdAt),
        note(new.apmTrace, event.apmTrace, .trace),
        note(new.additionalMembers, event.additionalMembers, .members)
      else { return nil }
      self = given
    }

    /// What was emitted.
    func emitted(_ event: Event) -> NewEvent {
      var new = NewEvent(event.type, contains(.domainID) ? event.domainID : nil)
      new.data = event.data
      if contains(.id) { new.id = event.id }
      if contains(.source) { new.source = event.source }
      if contains(.causedByID) { new.causedByID = event.causedByID }
      if contains(.causedByType) { new.causedByType = event.causedByType }
      if contains(.createdAt) { new.createdAt = event.createdAt }
      if contains(.trace) { new.apmTrace = event.apmTrace }
      if contains(.members) { new.additionalMembers = event.additionalMembers }
      return new
    }
  }

  /// The input of a step; `nil` when it says more than the step does.
  init?(_ step: StoredStep) {
    switch step.input.action {
    case .take(let event, let reaction):
      guard step.parts.lazy.flatMap({ $0.events.lazy.compactMap(\.logged) }).first == event else {
        return nil
      }
      self = .take(reaction)
    case .emit(let new, let stream):
      let events = step.parts.flatMap { $0.events.compactMap(\.logged) }
      guard !new.isEmpty, new.count == events.count else { return nil }
      var given: [Given] = []
      for (new, event) in zip(new, events) {
        guard event.stream == stream, let known = Given(new, event) else { return nil }
        given.append(known)
      }
      self = .emit(given)
    case .dispatch(let intent):
      guard intent.isPlain, let (type, data) = step.parts.firstCommand, type == intent.type,
        type.utf8.elementsEqual(intent.type.utf8), data == JSONBytes(intent.data)
      else { return nil }
      self = .dispatch
    default: return nil
    }
  }

  /// The number under which it is written.
  var tag: UInt8 {
    switch self {
    case .take: 1
    case .emit: 2
    case .dispatch: 3
    }
  }

  func write(to writer: inout StepWriter) {
    switch self {
    case .take(let reaction): writer.flag(reaction == .everybody)
    case .emit(let given):
      writer.count(given.count)
      for given in given { writer.byte(given.rawValue) }
    case .dispatch: break
    }
  }

  init(_ tag: UInt8, from reader: inout StepReader) throws(StepCodecError) {
    switch tag {
    case 1: self = .take(try reader.flag() ? .everybody : .viewsOnly)
    case 2:
      var given: [Given] = []
      for _ in 0..<(try reader.length()) { given.append(Given(rawValue: try reader.byte())) }
      self = .emit(given)
    case 3: self = .dispatch
    default: throw reader.error("form of an input")
    }
  }

  /// The action, from the parts of the step.
  func action(
    _ parts: [StoredStep.Part], _ reader: StepReader
  ) throws(StepCodecError) -> InputAction {
    let events = parts.flatMap { $0.events.compactMap(\.logged) }
    switch self {
    case .take(let reaction):
      guard let event = events.first else { throw reader.error("event in the same step") }
      return .take(event, reaction: reaction)
    case .emit(let given):
      guard let first = events.first, given.count == events.count else {
        throw reader.error("events in the same step")
      }
      return .emit(zip(given, events).map { $0.emitted($1) }, to: first.stream)
    case .dispatch:
      guard let (type, data) = parts.firstCommand else {
        throw reader.error("command in the same step")
      }
      return .dispatch(CommandIntent(type, data.value))
    }
  }
}

extension StoredEvent {
  /// The event, if it is in the log.
  fileprivate var logged: Event? {
    if case .logged(let event, _, _) = self { event } else { nil }
  }
}

extension [StoredStep.Part] {
  /// The type and data of the first command among the entries.
  fileprivate var firstCommand: (type: String, data: JSONBytes)? {
    for part in self {
      for case .command(let type, let data, _, _) in part.entries.lazy.map(\.kind) {
        return (type, data)
      }
    }
    return nil
  }
}
