/// The input of a step in a few bytes, when the step's entries say the rest.
struct PackedInput: Sendable {
  private enum Shape {
    static let deliver: Int32 = -1
    static let fire: Int32 = -2
    static let emit: Int32 = -3
    static let dispatch: Int32 = -4
  }

  /// A shape, or the index of the whole input in a list.
  private let code: Int32
  private let origin: InputOrigin

  /// Packs an input.
  ///
  /// - Parameters:
  ///   - entries: The entries of the step.
  ///   - isOpen: Whether the log has the data of events as they were given.
  ///   - store: Keeps the whole input, and returns its index.
  init(
    _ input: RecordedInput, _ entries: [JournalEntry], isOpen: Bool, store: () -> Int
  ) {
    origin = input.origin
    code = PackedInput.shape(of: input, entries, isOpen) ?? Int32(store())
  }

  private static func shape(
    of input: RecordedInput, _ entries: [JournalEntry], _ isOpen: Bool
  ) -> Int32? {
    guard input.instant == nil else { return nil }
    switch input.action {
    case .deliver: return Shape.deliver
    case .fire(let key):
      guard case .timerFired(key, _, _)? = entries.first?.kind else { return nil }
      return Shape.fire
    case .emit(let events, _):
      guard isOpen, events.count == entries.count else { return nil }
      for (event, entry) in zip(events, entries) {
        guard event.isPlain, case .append = entry.kind else { return nil }
      }
      return Shape.emit
    case .dispatch(let intent):
      guard intent.isPlain, case .command(intent.type, _, _, _)? = entries.first?.kind else {
        return nil
      }
      return Shape.dispatch
    default: return nil
    }
  }

  /// The index of the whole input; `nil` when the entries say it.
  var index: Int? { code < 0 ? nil : Int(code) }

  /// The input of a step with these entries.
  func unpacked(_ entries: [JournalEntry], _ log: EventLog) -> RecordedInput {
    RecordedInput(action(entries, log), by: origin)
  }

  private func action(_ entries: [JournalEntry], _ log: EventLog) -> InputAction {
    switch (code, entries.first?.kind) {
    case (Shape.fire, .timerFired(let key, _, _)?): return .fire(key)
    case (Shape.dispatch, .command(let type, let data, _, _)?):
      return .dispatch(CommandIntent(type, data.value))
    case (Shape.emit, _):
      var stream: StreamName = ""
      var events: [NewEvent] = []
      for case .append(let position, _) in entries.map(\.kind) {
        guard let event = log.event(at: position) else { continue }
        stream = event.stream
        var new = NewEvent(event.type, event.domainID)
        new.data = event.data
        events.append(new)
      }
      return .emit(events, to: stream)
    default: return .deliver
    }
  }
}
