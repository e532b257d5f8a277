import EventicleCore

extension StepReader {
  /// What a person did to a delivery that waited: `* dropped by you: #7 OrderOnHold → V OrderBoard
  /// will never come`.
  func acted(
    _ position: Position, _ consumer: ConsumerName, _ act: DeliveryAct
  ) -> StepMessage {
    let what = "\(title(of: position)) → \(Self.title(of: consumer))"
    switch act {
    case .deliver: return StepMessage("delivered by you: \(what)", sign: "*")
    case .delay(let until):
      return StepMessage("delayed by you: \(what) comes at \(Self.time(until))", sign: "*")
    case .drop: return StepMessage("dropped by you: \(what) will never come", sign: "*")
    case .duplicate:
      return StepMessage("doubled by you: \(what) comes once more after it", sign: "*")
    case .crash:
      return StepMessage("acknowledgement lost by you: \(what) comes once more", sign: "*")
    }
  }

  /// The message of a delivery that a person chose.
  func byPerson(_ message: StepMessage, _ index: JournalIndex) -> StepMessage {
    var message = message
    if message.sign.isEmpty { message.sign = "*" }
    let isLost = timeline.effects(of: index, limit: Self.mostOutputs).contains { effect in
      if case .acted(_, _, .crash) = timeline.entry(effect)?.kind { true } else { false }
    }
    if isLost { message.parts.append(.words("acknowledgement lost, it comes once more")) }
    return message
  }
}
