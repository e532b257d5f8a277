import EventicleCore

extension PreviewNotice {
  /// Adds what an entry would be in the lines of the preview.
  mutating func tell(_ entry: JournalEntry, _ index: JournalIndex, _ reader: StepReader) {
    if entry.stepStart == index { steps += 1 }
    switch entry.kind {
    case .append(let position, let type):
      guard let event = reader.world.log.event(at: position) else { return }
      let id = event.domainID.map { " \($0.text)" } ?? ""
      add(
        .event(event.stream), "+\(position)", "\(type)\(id)",
        reason: reader.cause(of: entry).map { "← \($0)" } ?? "")
    case .command(let type, _, _, .rejected(let reason)):
      add(.refusal, "", "\(type) would be refused: \(reason)")
    case .command(let type, _, _, .failed(let reason)):
      add(.failure, "", "C \(type) would fail, nothing kept: \(reason)")
    case .delivery(let position, let consumer, let instance, let outcome):
      tell(position, consumer, instance, outcome, entry, index, reader)
    case .timerFired(let key, _, let outcome):
      if let problem = outcome.problem {
        let name = reader.saga(key.owner)
        add(.failure, "", "T \(key.name): \(reader.failure(of: name, outcome, problem))")
      } else {
        add(.step, "", "T \(key.name) → \(reader.brief(key.owner, entry, index))")
      }
    default: break
    }
  }

  private mutating func tell(
    _ position: Position, _ consumer: ConsumerName, _ instance: String?, _ outcome: StepOutcome,
    _ entry: JournalEntry, _ index: JournalIndex, _ reader: StepReader
  ) {
    if case .ignored(let reason) = outcome, StepReader.isUnheard(consumer, reason) {
      add(.refusal, "", "\(position) would be heard by nobody: \(consumer.name) has ended")
    }
    let key = instance.map { SagaKey(consumer.name, $0) }
    if let problem = outcome.problem {
      let who = key.map { "S \(reader.saga($0))" } ?? StepReader.title(of: consumer)
      add(.failure, "", reader.failure(of: who, outcome, problem))
    }
    guard outcome == .handled || outcome == .started else { return }
    if consumer.kind == .saga, let key {
      add(.step, "", "S \(reader.brief(key, entry, index))")
    } else if consumer.kind == .view, let change = reader.firstRow(changedBy: entry) {
      rows += change.count
      if views.count < Self.listed { views.append("\(consumer.name) \(change.text)") }
    }
  }

  private mutating func add(
    _ kind: Line.Kind, _ number: String, _ text: String, reason: String = ""
  ) {
    guard lines.count < Self.mostLines else { return }
    lines.append(Line(kind: kind, number: number, text: text, reason: reason))
  }
}
