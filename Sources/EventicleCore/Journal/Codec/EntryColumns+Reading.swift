extension JournalEntry.Kind {
  /// The kind of entry that columns say.
  init(_ columns: EntryColumns, _ rest: inout StepReader) throws(StepCodecError) {
    switch columns.tag {
    case 0: self = .append(try columns.event(), EventType(try columns.text(\.name, "type")))
    case 1:
      guard let consumer = columns.consumer else { throw columns.lack("consumer") }
      self = .delivery(
        try columns.event(), consumer, instance: columns.instance, try columns.stepOutcome(&rest))
    case 2:
      guard let data = columns.data else { throw columns.lack("data") }
      let response = rest.rest == 0 ? nil : try rest.optional(JSON.self)
      self = .command(
        type: try columns.text(\.name, "type"), data: data, response: response,
        try columns.commandOutcome(&rest))
    case 3:
      let due = try rest.read(Instant.self)
      self = .timerArmed(
        try columns.timer(), due: due, try rest.read(), again: try rest.flag())
    case 4: self = .timerCancelled(try columns.timer())
    case 5:
      let due = try rest.read(Instant.self)
      self = .timerFired(try columns.timer(), due: due, try columns.stepOutcome(&rest))
    case 6: self = .sagaEnded(try columns.key(), kept: columns.outcome == 1)
    case 7:
      let intervention: SagaIntervention
      switch columns.outcome {
      case 0: intervention = .corrected
      case 1: intervention = .ended(kept: false)
      case 2: intervention = .ended(kept: true)
      default: throw columns.lack("intervention")
      }
      self = .sagaIntervention(
        try columns.key(), intervention, reason: try columns.text(\.reason, "reason"))
    case 8: self = .imported(try columns.event(), EventType(try columns.text(\.name, "type")))
    case 9: self = .clock(from: try rest.read(), to: try rest.read())
    case 10: self = .group(GroupName(try columns.text(\.name, "group")), try rest.read())
    case 11: self = .parkedEdited(try rest.read())
    case 12: self = .parkedDropped(try rest.read())
    case 13:
      let tenant = try rest.optional(Workspace.self)
      let logical = try columns.text(\.name, "stream")
      let stream = tenant.map { StreamName(logical, ofTenant: $0) } ?? StreamName(logical)
      self = .trimmed(stream, through: try rest.read())
    case 14: self = .trouble(try columns.text(\.reason, "reason"))
    case 15:
      guard let consumer = columns.consumer else { throw columns.lack("consumer") }
      self = .acted(try columns.event(), consumer, try rest.read())
    default: throw columns.lack("known kind, but \(columns.tag),")
    }
  }
}

extension EntryColumns {
  fileprivate func lack(_ what: String) -> StepCodecError {
    StepCodecError("A stored entry of kind \(tag) has no \(what).")
  }

  fileprivate func text(
    _ column: KeyPath<EntryColumns, String?>, _ what: String
  ) throws(StepCodecError) -> String {
    guard let text = self[keyPath: column] else { throw lack(what) }
    return text
  }

  fileprivate func event() throws(StepCodecError) -> Position {
    guard let position else { throw lack("event") }
    return Position(position)
  }

  fileprivate func key() throws(StepCodecError) -> SagaKey {
    SagaKey(try text(\.saga, "saga"), try text(\.instance, "instance"))
  }

  fileprivate func timer() throws(StepCodecError) -> TimerKey {
    TimerKey(try key(), try text(\.name, "timer"))
  }

  fileprivate func stepOutcome(_ rest: inout StepReader) throws(StepCodecError) -> StepOutcome {
    switch outcome {
    case 0: return .handled
    case 1: return .started
    case 2: return .ignored(try text(\.reason, "reason"))
    case 3: return .duplicate
    case 4: return .offered(attempt: try rest.read(), until: try rest.read())
    case 5: return .failed(try text(\.reason, "reason"))
    case 6:
      return .retrying(
        try text(\.reason, "reason"), attempt: try rest.read(), until: try rest.read())
    case 7: return .skipped(try text(\.reason, "reason"))
    case 8: return .stopped(try text(\.reason, "reason"))
    default: throw lack("outcome")
    }
  }

  fileprivate func commandOutcome(
    _ rest: inout StepReader
  ) throws(StepCodecError) -> CommandOutcome {
    switch outcome {
    case 0: return .done
    case 1: return .reported(try text(\.reason, "reason"))
    case 2: return .rejected(try text(\.reason, "reason"))
    case 3: return .failed(try text(\.reason, "reason"))
    case 4: return .waiting(try text(\.reason, "reason"), until: try rest.read())
    default: throw lack("outcome")
    }
  }
}
