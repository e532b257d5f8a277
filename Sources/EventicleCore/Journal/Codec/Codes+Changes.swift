extension Change: StepCoded {
  /// Only what is new is written; what was there before is found in the world that the change is
  /// applied to, see ``World/replay(completing:_:)``.
  func write(to writer: inout StepWriter) {
    switch self {
    // Counted in the part of the step, not written one by one.
    case .appended, .kept: writer.byte(0)
    case .record(let key, _, let new):
      writer.byte(1)
      writer.write(key)
      writer.write(new)
    case .saga(let old, let new):
      writer.byte(2)
      if let key = (new ?? old)?.key { writer.write(key) }
      writer.write(new)
    case .timer(let key, _, let new):
      writer.byte(3)
      writer.write(key)
      writer.write(new)
    case .group(let name, _, let new):
      writer.byte(5)
      writer.write(name)
      writer.write(new)
    case .parked(let number, _, let new):
      writer.byte(6)
      writer.write(number)
      writer.write(new)
    case .enqueued(let delivery):
      writer.byte(7)
      writer.write(delivery)
    case .dequeued(let delivery):
      writer.byte(8)
      writer.write(delivery)
    case .requeued(_, let new):
      writer.byte(9)
      writer.write(new)
    case .consumer(let name, let group):
      writer.byte(10)
      writer.write(name)
      writer.write(group)
    case .tallied(let number, let kind):
      writer.byte(11)
      writer.count(Int(number))
      writer.byte(kind.rawValue)
    case .processed(let number, let position):
      writer.byte(12)
      writer.count(Int(number))
      writer.write(position)
    case .trimmed(let stream, _, let new):
      writer.byte(13)
      writer.write(stream)
      writer.write(new)
    case .clock(_, let new):
      writer.byte(14)
      writer.write(new)
    case .numbered(let series, let count):
      writer.byte(15)
      writer.name(series.rawValue)
      writer.write(count)
    case .counter(let name, _, let new):
      writer.byte(16)
      writer.name(name)
      writer.write(new)
    case .viewWrote(let view, let type, let workspace):
      writer.byte(17)
      writer.name(view)
      writer.name(type)
      writer.write(workspace)
    }
  }

  /// A change with nothing said about what was there before.
  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 1: self = .record(try reader.read(), old: nil, new: try reader.optional())
    case 2: self = try Change.saga(from: &reader)
    case 3: self = .timer(try reader.read(), old: nil, new: try reader.optional())
    case 5: self = .group(try reader.read(), old: nil, new: try reader.optional())
    case 6: self = .parked(try reader.read(), old: nil, new: try reader.optional())
    case 7: self = .enqueued(try reader.read())
    case 8: self = .dequeued(try reader.read())
    case 9: self = .requeued(old: DeliveryQueue(), new: try reader.read())
    case 10: self = .consumer(try reader.read(), try reader.read())
    case 11:
      let number = try Change.consumer(from: &reader)
      guard let kind = Tally.Kind(rawValue: try reader.byte()) else {
        throw reader.error("outcome to count")
      }
      self = .tallied(number, kind)
    case 12: self = .processed(try Change.consumer(from: &reader), try reader.read())
    case 13: self = .trimmed(try reader.read(), old: StreamPosition(0), new: try reader.read())
    case 14:
      let new = try reader.read(Instant.self)
      self = .clock(old: new, new: new)
    case 15:
      let name = try reader.name()
      guard let series = NumberSeries(rawValue: name) else {
        throw reader.error("series of numbers, but \(name),")
      }
      self = .numbered(series, try reader.read())
    case 16: self = .counter(try reader.name(), old: 0, new: try reader.read())
    case 17: self = .viewWrote(try reader.name(), type: try reader.name(), in: try reader.read())
    default: throw reader.error("kind of change")
    }
  }

  private static func consumer(
    from reader: inout StepReader
  ) throws(StepCodecError) -> ConsumerNumber {
    guard let number = ConsumerNumber(exactly: try reader.count()) else {
      throw reader.error("number of a consumer")
    }
    return number
  }

  /// A removed instance is known by its key alone until its world is looked at.
  private static func saga(from reader: inout StepReader) throws(StepCodecError) -> Change {
    let key = try reader.read(SagaKey.self)
    if let new = try reader.optional(SagaInstance.self) { return .saga(old: nil, new: new) }
    return .saga(
      old: SagaInstance(
        key: key, workspace: .system, version: 0, data: .null,
        startedAt: Instant(milliseconds: 0), changedAt: Instant(milliseconds: 0), sequence: 0),
      new: nil)
  }
}
