extension CommandOutcome: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .done: writer.byte(0)
    case .reported(let reason):
      writer.byte(1)
      writer.text(reason)
    case .rejected(let reason):
      writer.byte(2)
      writer.text(reason)
    case .failed(let reason):
      writer.byte(3)
      writer.text(reason)
    case .waiting(let reason, let until):
      writer.byte(4)
      writer.text(reason)
      writer.write(until)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .done
    case 1: self = .reported(try reader.text())
    case 2: self = .rejected(try reader.text())
    case 3: self = .failed(try reader.text())
    case 4: self = .waiting(try reader.text(), until: try reader.read())
    default: throw reader.error("outcome of a command")
    }
  }
}

extension GroupAction: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .subscribed(let position):
      writer.byte(0)
      writer.write(position)
    case .paused: writer.byte(1)
    case .resumed: writer.byte(2)
    case .moved(let position):
      writer.byte(3)
      writer.write(position)
    case .rebuilt(let rows):
      writer.byte(4)
      writer.write(rows)
    case .migrated(let instances):
      writer.byte(5)
      writer.write(instances)
    case .closed: writer.byte(6)
    case .deleted: writer.byte(7)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .subscribed(after: try reader.read())
    case 1: self = .paused
    case 2: self = .resumed
    case 3: self = .moved(after: try reader.read())
    case 4: self = .rebuilt(rows: try reader.read())
    case 5: self = .migrated(instances: try reader.read())
    case 6: self = .closed
    case 7: self = .deleted
    default: throw reader.error("action on a group")
    }
  }
}

extension JournalEntry.Kind: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .append(let position, let type):
      writer.byte(0)
      writer.write(position)
      writer.write(type)
    case .delivery(let position, let consumer, let instance, let outcome):
      writer.byte(1)
      writer.write(position)
      writer.write(consumer)
      writer.write(instance)
      writer.write(outcome)
    case .command(let type, let data, let response, let outcome):
      writer.byte(2)
      writer.name(type)
      writer.write(data)
      writer.write(response)
      writer.write(outcome)
    case .timerArmed(let key, let due, let schedule, let again):
      writer.byte(3)
      writer.write(key)
      writer.write(due)
      writer.write(schedule)
      writer.flag(again)
    case .timerCancelled(let key):
      writer.byte(4)
      writer.write(key)
    case .timerFired(let key, let due, let outcome):
      writer.byte(5)
      writer.write(key)
      writer.write(due)
      writer.write(outcome)
    case .sagaEnded(let key, let kept):
      writer.byte(6)
      writer.write(key)
      writer.flag(kept)
    case .sagaIntervention(let key, let intervention, let reason):
      writer.byte(7)
      writer.write(key)
      switch intervention {
      case .corrected: writer.byte(0)
      case .ended(let kept): writer.byte(kept ? 2 : 1)
      }
      writer.text(reason)
    default: writeRest(to: &writer)
    }
  }

  private func writeRest(to writer: inout StepWriter) {
    switch self {
    case .imported(let position, let type):
      writer.byte(8)
      writer.write(position)
      writer.write(type)
    case .clock(let from, let to):
      writer.byte(9)
      writer.write(from)
      writer.write(to)
    case .group(let name, let action):
      writer.byte(10)
      writer.write(name)
      writer.write(action)
    case .parkedEdited(let number):
      writer.byte(11)
      writer.write(number)
    case .parkedDropped(let number):
      writer.byte(12)
      writer.write(number)
    case .trimmed(let stream, let position):
      writer.byte(13)
      writer.write(stream)
      writer.write(position)
    case .trouble(let reason):
      writer.byte(14)
      writer.text(reason)
    case .acted(let position, let consumer, let act):
      writer.byte(15)
      writer.write(position)
      writer.write(consumer)
      writer.write(act)
    default: break
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .append(try reader.read(), try reader.read())
    case 1:
      let position = try reader.read(Position.self)
      let consumer = try reader.read(ConsumerName.self)
      self = .delivery(
        position, consumer, instance: try reader.optional(), try reader.read())
    case 2:
      let type = try reader.name()
      let data = try reader.data()
      self = .command(
        type: type, data: data, response: try reader.optional(), try reader.read())
    case 3:
      let key = try reader.read(TimerKey.self)
      let due = try reader.read(Instant.self)
      self = .timerArmed(key, due: due, try reader.read(), again: try reader.flag())
    case 4: self = .timerCancelled(try reader.read())
    case 5:
      let key = try reader.read(TimerKey.self)
      self = .timerFired(key, due: try reader.read(), try reader.read())
    case 6: self = .sagaEnded(try reader.read(), kept: try reader.flag())
    case 7:
      let key = try reader.read(SagaKey.self)
      let intervention: SagaIntervention
      switch try reader.tag() {
      case 0: intervention = .corrected
      case 1: intervention = .ended(kept: false)
      case 2: intervention = .ended(kept: true)
      default: throw reader.error("intervention")
      }
      self = .sagaIntervention(key, intervention, reason: try reader.text())
    case 8: self = .imported(try reader.read(), try reader.read())
    case 9: self = .clock(from: try reader.read(), to: try reader.read())
    case 10: self = .group(try reader.read(), try reader.read())
    case 11: self = .parkedEdited(try reader.read())
    case 12: self = .parkedDropped(try reader.read())
    case 13: self = .trimmed(try reader.read(), through: try reader.read())
    case 14: self = .trouble(try reader.text())
    case 15: self = .acted(try reader.read(), try reader.read(), try reader.read())
    default: throw reader.error("kind of entry")
    }
  }
}
