import EventicleCore

extension Session {
  /// What fills in the blanks of a line; the same for the same line at the same place of the log.
  ///
  /// - Parameter round: Which time the line is carried out, from 1.
  func filler(round: Int = 1) -> TemplateFiller {
    let log = engine.world.log
    let (clock, last, domain, seed) = (engine.world.clock, log.count, domain.name, seed)
    let journal = timeline.count
    let event = log.event(at: Position(last))
    return TemplateFiller(
      round: round, now: clock, seed: seed &+ UInt64(last) &* 0x9E37_79B9_7F4A_7C15
    ) { variable in
      switch variable {
      case .clock: .string(clock.description)
      case .position: .int(last)
      case .journal: .int(journal)
      case .domain: .string(domain)
      case .seed: .string(String(seed))
      case .lastID: event.map { .string($0.id.text) }
      case .lastType: event.map { .string($0.type.text) }
      case .lastStream: event.map { .string($0.stream.text) }
      case .lastDomainID: event?.domainID.map { .string($0.text) }
      case .lastData(let path): event?.data.value.value(at: path)
      }
    }
  }

  /// The instruction with its blanks filled in, if it is carried out once.
  func filled(_ instruction: Instruction) throws(LanguageError) -> Instruction {
    switch instruction {
    case .schedule, .correctSaga, .redrive, .edit, .revise(.change):
      var filler = filler()
      return try instruction.mappingItems { items throws(LanguageError) in
        try items.filled(&filler)
      }
    default: return instruction
    }
  }
}
