/// What a person changed of what a step gives.
extension Transaction {
  /// Makes the step give what a person wants of it, and lets ids go on from where they are to.
  package func take(_ edit: StepEdit) {
    self.edit = edit
    guard let numbering = edit.numbering else { return }
    let missing = numbering.draws - world.ids.drawn
    if missing > 0 { world.ids.skip(missing) }
    if edit.drawsAsBefore {
      for (name, last) in numbering.counters.sorted(by: { $0.key < $1.key }) {
        lower(name, to: last)
      }
    }
    for (name, last) in numbering.counters.sorted(by: { $0.key < $1.key }) {
      raiseCounter(name, to: last)
    }
    for (series, last) in numbering.series where last > world.ids.numbers[series] {
      world.ids.numbers[series] = last
    }
  }

  /// Lets a counter draw again what the step drew originally, until the step ends.
  private func lower(_ name: String, to last: Int) {
    let now = world.ids.counter(name)
    // What says that ids were given is no series of ids.
    guard now > last, name != IDSource.givenIDs else { return }
    world.ids.setCounter(name, to: last)
    lowered.append((name, now))
    if !touchedCounters.contains(name) { touchedCounters.append(name) }
  }

  /// Lets counters go on after all that was ever drawn from them.
  func raiseLowered() {
    for (name, last) in lowered { raiseCounter(name, to: last) }
    lowered = []
  }

  /// Throws the refusal that a person put in the place of the handler, if there is one.
  @inline(__always)
  package func refuseIfEdited() throws {
    if let reason = edit?.refusal { throw Rejection(reason) }
  }

  /// The event to append as a person wants it; `nil` when it is left out.
  func edited(_ event: Event) throws -> Event? {
    appends += 1
    if edit?.skipsAll ?? false { return nil }
    switch edit?.events[appends] {
    case nil: return event
    case .skip: return nil
    case .data(let data):
      var changed = event
      changed.data = data
      guard data.utf8.count <= Limits.eventBytes else {
        throw TransactionError.eventTooLarge(bytes: data.utf8.count)
      }
      return try services.sealed(changed)
    }
  }
}
