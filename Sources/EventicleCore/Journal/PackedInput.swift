/// The input of a step in four bytes, when the step's entries say the rest.
struct PackedInput: Sendable {
  private enum Shape {
    static let deliver: Int32 = -1
    static let fire: Int32 = -2
    static let emit: Int32 = -3
    static let dispatch: Int32 = -4
    static let take: Int32 = -5
    static let takeForEverybody: Int32 = -6
  }

  /// A shape, or the index of the whole input in a list, before four bits: whether the clock moved
  /// by itself, and the origin.
  private let code: Int32

  private static let originBits: Int32 = 7
  private static let movedBit: Int32 = 8

  /// Packs an input.
  ///
  /// - Parameters:
  ///   - instant: The instant to which the clock moved by itself with the step.
  ///   - entries: The entries of the step.
  ///   - isOpen: Whether the log has the data of events as they were given.
  ///   - store: Keeps the whole input, and returns its index.
  @inline(__always)
  init(
    _ action: InputAction, by origin: InputOrigin, at instant: Instant?,
    _ entries: StepEntries, isOpen: Bool, store: () -> Int
  ) {
    let isTold = instant == nil || instant == entries.instant
    let shape = isTold ? PackedInput.shape(of: action, entries, isOpen) : nil
    code =
      (shape ?? Int32(store())) << 4 | Int32(origin.rawValue)
      | (instant == nil ? 0 : PackedInput.movedBit)
  }

  @inline(__always)
  private static func shape(
    of action: InputAction, _ entries: StepEntries, _ isOpen: Bool
  ) -> Int32? {
    switch action {
    case .deliver: Shape.deliver
    case .emit(let events, _): emit(events, entries, isOpen)
    default: otherShape(of: action, entries, isOpen)
    }
  }

  @inline(__always)
  private static func emit(
    _ events: [NewEvent], _ entries: StepEntries, _ isOpen: Bool
  ) -> Int32? {
    guard isOpen else { return nil }
    // Only plain events are appended in this way.
    if case .made(let step) = entries, step.isEmission { return Shape.emit }
    guard events.count == entries.count, entries.areAppends else { return nil }
    // They are read in place, because copying an event costs more than everything else here.
    for index in events.indices where !events[index].isWhollyPlain { return nil }
    return Shape.emit
  }

  @inline(never)
  private static func otherShape(
    of action: InputAction, _ entries: StepEntries, _ isOpen: Bool
  ) -> Int32? {
    switch (action, entries.first) {
    case (.fire(let key), .timerFired(let fired, _, _)?): key == fired ? Shape.fire : nil
    case (.dispatch(let intent), .command(let type, _, _, _)?):
      intent.isPlain && intent.type == type ? Shape.dispatch : nil
    case (.take(_, let reaction), .imported?):
      !isOpen ? nil : reaction == .everybody ? Shape.takeForEverybody : Shape.take
    default: nil
    }
  }

  private var value: Int32 { code >> 4 }

  private var origin: InputOrigin {
    InputOrigin(rawValue: UInt8(truncatingIfNeeded: code & PackedInput.originBits)) ?? .program
  }

  /// The index of the whole input; `nil` when the entries say it.
  var index: Int? { value < 0 ? nil : Int(value) }

  /// The input of a step with these entries.
  func unpacked(_ entries: [JournalEntry], _ log: EventLog) -> RecordedInput {
    RecordedInput(
      action(entries, log), by: origin,
      at: code & PackedInput.movedBit == 0 ? nil : entries.first?.instant)
  }

  private func action(_ entries: [JournalEntry], _ log: EventLog) -> InputAction {
    switch (value, entries.first?.kind) {
    case (Shape.fire, .timerFired(let key, _, _)?): return .fire(key)
    case (Shape.dispatch, .command(let type, let data, _, _)?):
      return .dispatch(CommandIntent(type, data.value))
    case (Shape.take, .imported(let position, _)?),
      (Shape.takeForEverybody, .imported(let position, _)?):
      guard let event = log.event(at: position) else { return .deliver }
      return .take(event, reaction: value == Shape.take ? .viewsOnly : .everybody)
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
