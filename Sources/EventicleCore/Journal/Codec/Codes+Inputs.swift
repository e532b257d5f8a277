extension RecordedInput: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.byte(origin.rawValue)
    writer.write(instant)
    writer.write(action)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    guard let origin = InputOrigin(rawValue: try reader.byte()) else {
      throw reader.error("origin of an input")
    }
    let instant = try reader.optional(Instant.self)
    self.init(try reader.read(), by: origin, at: instant)
  }
}

extension InputAction: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .deliver: writer.byte(0)
    case .fire(let key):
      writer.byte(1)
      writer.write(key)
    case .emit(let events, let stream):
      writer.byte(2)
      writer.write(events)
      writer.write(stream)
    case .dispatch(let intent):
      writer.byte(3)
      writer.write(intent)
    case .direct(let name):
      writer.byte(4)
      writer.name(name)
    case .moveClock(let instant):
      writer.byte(5)
      writer.write(instant)
    case .schedule(let command):
      writer.byte(6)
      writer.write(command)
    case .cancelTimer(let key):
      writer.byte(7)
      writer.write(key)
    case .moveTimer(let key, let instant):
      writer.byte(8)
      writer.write(key)
      writer.write(instant)
    case .endSaga(let key, let keepingData, let reason):
      writer.byte(9)
      writer.write(key)
      writer.flag(keepingData)
      writer.text(reason)
    case .correctSaga(let key, let data, let reason):
      writer.byte(10)
      writer.write(key)
      writer.write(data)
      writer.text(reason)
    case .take(let event, let reaction):
      writer.byte(11)
      writer.write(event)
      writer.flag(reaction == .everybody)
    default: writeKeeping(to: &writer)
    }
  }

  /// Writes what is asked of groups, parked work, views and streams.
  private func writeKeeping(to writer: inout StepWriter) {
    switch self {
    case .pause(let group):
      writer.byte(12)
      writer.write(group)
    case .resume(let group):
      writer.byte(13)
      writer.write(group)
    case .move(let group, let position):
      writer.byte(14)
      writer.write(group)
      writer.write(position)
    case .acknowledge(let offer):
      writer.byte(15)
      writer.write(offer)
    case .fail(let offer, let reason):
      writer.byte(16)
      writer.write(offer)
      writer.text(reason)
    case .redrive(let number):
      writer.byte(17)
      writer.write(number)
    case .edit(let number, let data):
      writer.byte(18)
      writer.write(number)
      writer.write(data)
    case .dropParked(let number):
      writer.byte(19)
      writer.write(number)
    case .swap(let view, let evenTrimmed):
      writer.byte(20)
      writer.name(view)
      writer.flag(evenTrimmed)
    case .trim(let stream, let length, let evenUnread):
      writer.byte(21)
      writer.write(stream)
      writer.write(length)
      writer.flag(evenUnread)
    case .subscribe(let group):
      writer.byte(22)
      writer.write(group)
    case .unsubscribe(let group):
      writer.byte(23)
      writer.write(group)
    case .act(let act, let address):
      writer.byte(26)
      writer.write(act)
      writer.write(address)
    case .edited(let action, let edit):
      writer.byte(27)
      writer.write(action)
      writer.write(edit)
    case .reconcile: writer.byte(24)
    case .report(let text, let cause):
      writer.byte(25)
      writer.text(text)
      writer.write(cause)
    default: break
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    try self.init(reader.tag(), from: &reader)
  }

  private init(_ tag: UInt8, from reader: inout StepReader) throws(StepCodecError) {
    switch tag {
    case 0: self = .deliver
    case 1: self = .fire(try reader.read())
    case 2: self = .emit(try reader.list(), to: try reader.read())
    case 3: self = .dispatch(try reader.read())
    case 4: self = .direct(try reader.name())
    case 5: self = .moveClock(try reader.read())
    case 6: self = .schedule(try reader.read())
    case 7: self = .cancelTimer(try reader.read())
    case 8: self = .moveTimer(try reader.read(), to: try reader.read())
    case 9:
      let key = try reader.read(SagaKey.self)
      self = .endSaga(key, keepingData: try reader.flag(), reason: try reader.text())
    case 10:
      let key = try reader.read(SagaKey.self)
      self = .correctSaga(key, try reader.read(), reason: try reader.text())
    case 11: self = .take(try reader.read(), reaction: try reader.flag() ? .everybody : .viewsOnly)
    case 12: self = .pause(try reader.read())
    case 13: self = .resume(try reader.read())
    case 14: self = .move(try reader.read(), after: try reader.read())
    case 15: self = .acknowledge(try reader.read())
    case 16: self = .fail(try reader.read(), reason: try reader.text())
    case 17: self = .redrive(try reader.read())
    case 18: self = .edit(try reader.read(), try reader.optional())
    case 19: self = .dropParked(try reader.read())
    case 20: self = .swap(view: try reader.name(), evenTrimmed: try reader.flag())
    case 21:
      let stream = try reader.read(StreamName.self)
      self = .trim(stream, keeping: try reader.read(), evenUnread: try reader.flag())
    case 22: self = .subscribe(try reader.read())
    case 23: self = .unsubscribe(try reader.read())
    case 24: self = .reconcile
    case 25: self = .report(try reader.text(), cause: try reader.read())
    case 26: self = .act(try reader.read(), on: try reader.read())
    case 27:
      // One inside another is never written, and would be read without end.
      let tag = try reader.tag()
      guard tag != 27 else { throw reader.error("action of an edited input") }
      self = .edited(try InputAction(tag, from: &reader), try reader.read())
    default: throw reader.error("action of an input")
    }
  }
}
