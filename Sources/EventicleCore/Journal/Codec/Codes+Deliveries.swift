extension StepOutcome: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .handled: writer.byte(0)
    case .started: writer.byte(1)
    case .ignored(let reason):
      writer.byte(2)
      writer.text(reason)
    case .duplicate: writer.byte(3)
    case .offered(let attempt, let until):
      writer.byte(4)
      writer.write(attempt)
      writer.write(until)
    case .failed(let reason):
      writer.byte(5)
      writer.text(reason)
    case .retrying(let reason, let attempt, let until):
      writer.byte(6)
      writer.text(reason)
      writer.write(attempt)
      writer.write(until)
    case .skipped(let reason):
      writer.byte(7)
      writer.text(reason)
    case .stopped(let reason):
      writer.byte(8)
      writer.text(reason)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .handled
    case 1: self = .started
    case 2: self = .ignored(try reader.text())
    case 3: self = .duplicate
    case 4: self = .offered(attempt: try reader.read(), until: try reader.read())
    case 5: self = .failed(try reader.text())
    case 6:
      let reason = try reader.text()
      self = .retrying(reason, attempt: try reader.read(), until: try reader.read())
    case 7: self = .skipped(try reader.text())
    case 8: self = .stopped(try reader.text())
    default: throw reader.error("outcome of a delivery")
    }
  }
}

extension SagaLane: StepCoded {
  func write(to writer: inout StepWriter) { writer.flag(self == .hot) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self = try reader.flag() ? .hot : .cold
  }
}

extension SagaRoute: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(lane)
    writer.flag(match != nil)
    if let match {
      writer.name(match.property)
      writer.write(match.value)
    }
    writer.flag(starts)
    writer.flag(isStateless)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let lane = try reader.optional(SagaLane.self)
    var match: Match?
    if try reader.flag() { match = Match(try reader.name(), try reader.read()) }
    self.init(
      lane: lane, match: match, starts: try reader.flag(), isStateless: try reader.flag())
  }
}

extension Delivery: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(position)
    writer.write(consumer)
    writer.write(cause)
    writer.write(lane)
    writer.flag(kept != nil)
    if case .route(let route)? = kept { writer.write(route) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let position = try reader.read(Position.self)
    let consumer = try reader.read(ConsumerName.self)
    let cause = try reader.read(JournalIndex.self)
    self.init(position: position, consumer: consumer, cause: cause, lane: try reader.optional())
    kept = try reader.optional(SagaRoute.self).map { .route($0) }
  }
}

extension DeliveryOffer: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(group)
    writer.write(position)
    writer.write(entry)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let group = try reader.read(GroupName.self)
    self.init(group: group, position: try reader.read(), entry: try reader.read())
  }
}

extension QueuedDelivery: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(position)
    writer.count(Int(consumer))
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let position = try reader.read(Position.self)
    guard let number = ConsumerNumber(exactly: try reader.count()), position.number >= 0,
      position.number <= Int(Int32.max)
    else { throw reader.error("queued delivery") }
    self.init(position, number)
  }
}

extension DeliveryQueue: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.count(count)
    for index in 0..<count { writer.write(self[index]) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.list(QueuedDelivery.self))
  }
}

extension Work: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .delivery(let delivery, let instance):
      writer.byte(0)
      writer.write(delivery)
      writer.write(instance)
    case .timer(let key, let due):
      writer.byte(1)
      writer.write(key)
      writer.write(due)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .delivery(try reader.read(), instance: try reader.optional())
    case 1: self = .timer(try reader.read(), due: try reader.read())
    default: throw reader.error("kind of work")
    }
  }
}

extension Parked: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(number)
    writer.write(work)
    writer.text(reason)
    writer.write(parkedAt)
    writer.write(entry)
    writer.write(attempts)
    writer.write(editedData)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let number = try reader.read(Int.self)
    let work = try reader.read(EventicleCore.Work.self)
    let reason = try reader.text()
    let parkedAt = try reader.read(Instant.self)
    let entry = try reader.read(JournalIndex.self)
    let attempts = try reader.read(Int.self)
    self.init(
      number: number, work: work, reason: reason, parkedAt: parkedAt, entry: entry,
      attempts: attempts, editedData: try reader.optional())
  }
}

extension Lane: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.text(key)
    writer.write(work)
    writer.write(until)
    writer.write(attempts)
    writer.write(blockedBy)
    writer.write(offer)
    writer.flag(isHot)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let key = try reader.text()
    let work = try reader.list(Work.self)
    let until = try reader.read(Instant.self)
    let attempts = try reader.read(Int.self)
    let blockedBy = try reader.optional(Int.self)
    let offer = try reader.optional(JournalIndex.self)
    self.init(
      key: key, work: work, until: until, attempts: attempts, blockedBy: blockedBy,
      isHot: try reader.flag())
    self.offer = offer
  }
}

extension GroupState: StepCoded {
  /// What stands before the status of a group on whose deliveries a person acted.
  private static var actedOn: UInt8 { 4 }

  func write(to writer: inout StepWriter) {
    if !redeliveries.isEmpty || !passedOver.isEmpty {
      writer.byte(GroupState.actedOn)
      writer.write(redeliveries)
      writer.write(passedOver)
    }
    switch status {
    case .live: writer.byte(0)
    case .paused: writer.byte(1)
    case .stopped(let reason):
      writer.byte(2)
      writer.text(reason)
    case .closed: writer.byte(3)
    }
    writer.flag(isInStep)
    writer.write(position)
    writer.write(lanes)
    writer.flag(isEphemeral)
    writer.flag(streams != nil)
    if let streams { writer.write(streams) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let status: Status
    var (redeliveries, passedOver): ([Redelivery], [Position]) = ([], [])
    var tag = try reader.tag()
    if tag == GroupState.actedOn {
      redeliveries = try reader.list()
      passedOver = try reader.list()
      tag = try reader.tag()
    }
    switch tag {
    case 0: status = .live
    case 1: status = .paused
    case 2: status = .stopped(try reader.text())
    case 3: status = .closed
    default: throw reader.error("status of a group")
    }
    let isInStep = try reader.flag()
    self.init(position: try reader.read(), isInStep: isInStep)
    self.status = status
    self.redeliveries = redeliveries
    self.passedOver = passedOver
    lanes = try reader.list()
    isEphemeral = try reader.flag()
    if try reader.flag() { streams = try reader.list() }
  }
}
