extension Event: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(stream)
    writer.write(type)
    writer.name(source)
    writer.write(id)
    writer.write(domainID)
    writer.write(createdAt)
    writer.write(causedByID)
    writer.write(causedByType)
    writer.write(apmTrace)
    writer.write(data)
    writer.write(additional: additionalMembers)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let stream = try reader.read(StreamName.self)
    let type = try reader.read(EventType.self)
    let source = try reader.name()
    let id = try reader.read(EventID.self)
    let domainID = try reader.optional(DomainID.self)
    let createdAt = try reader.read(Instant.self)
    let causedByID = try reader.optional(EventID.self)
    let causedByType = try reader.optional(EventType.self)
    let trace = try reader.optional(String.self)
    self.init(
      id: id, type: type, source: source, causedByID: causedByID, causedByType: causedByType,
      stream: stream, domainID: domainID, createdAt: createdAt, data: try reader.data(),
      apmTrace: trace)
    additionalMembers = try reader.additional()
  }
}

extension NewEvent: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(type)
    writer.write(domainID)
    writer.write(data)
    writer.flag(isWhollyPlain)
    guard !isWhollyPlain else { return }
    writer.write(id)
    writer.write(source)
    writer.write(causedByID)
    writer.write(causedByType)
    writer.write(createdAt)
    writer.write(apmTrace)
    writer.write(additional: additionalMembers)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(), try reader.optional())
    data = try reader.data()
    guard try !reader.flag() else { return }
    id = try reader.optional()
    source = try reader.optional()
    causedByID = try reader.optional()
    causedByType = try reader.optional()
    createdAt = try reader.optional()
    apmTrace = try reader.optional()
    additionalMembers = try reader.additional()
  }
}

extension StoredEvent: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .logged(let event, let aggregate, let entry):
      writer.byte(0)
      writer.write(event)
      writer.write(aggregate)
      writer.write(entry)
    case .kept(let event, let aggregate):
      writer.byte(1)
      writer.write(event)
      writer.write(aggregate)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0:
      let event = try reader.read(Event.self)
      let aggregate = try reader.optional(AggregateKey.self)
      self = .logged(event, aggregate, by: try reader.read())
    case 1: self = .kept(try reader.read(), try reader.read())
    default: throw reader.error("kind of event")
    }
  }
}

extension CommandIntent: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(type)
    writer.write(data)
    writer.flag(isPlain)
    guard !isPlain else { return }
    writer.write(trace)
    writer.write(workspace)
    writer.write(idempotencyKey)
    writer.write(lock)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let type = try reader.name()
    let data = try reader.read(JSON.self)
    guard try !reader.flag() else {
      self.init(type, data)
      return
    }
    let trace = try reader.optional(String.self)
    let workspace = try reader.optional(Workspace.self)
    let key = try reader.optional(String.self)
    self.init(
      type, data, trace: trace, workspace: workspace, idempotencyKey: key,
      lock: try reader.optional())
  }
}

extension StepWriter {
  /// Adds the members besides an event's own: whether there are any, and their bytes.
  fileprivate mutating func write(additional members: JSONBytes?) {
    flag(members != nil)
    if let members { self.write(members) }
  }
}

extension StepReader {
  fileprivate mutating func additional() throws(StepCodecError) -> JSONBytes? {
    try flag() ? try data() : nil
  }
}
