extension DeliveryAddress: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(position)
    writer.write(consumer)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(), try reader.read())
  }
}

extension DeliveryAct: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .deliver: writer.byte(0)
    case .delay(let until):
      writer.byte(1)
      writer.write(until)
    case .drop: writer.byte(2)
    case .duplicate: writer.byte(3)
    case .crash: writer.byte(4)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .deliver
    case 1: self = .delay(until: try reader.read())
    case 2: self = .drop
    case 3: self = .duplicate
    case 4: self = .crash
    default: throw reader.error("act on a delivery")
    }
  }
}

extension Redelivery: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(position)
    writer.write(due)
    writer.byte(reason.rawValue)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let position = try reader.read(Position.self)
    let due = try reader.read(Instant.self)
    guard let reason = Reason(rawValue: try reader.byte()) else {
      throw reader.error("reason of a redelivery")
    }
    self.init(position, due: due, reason)
  }
}
