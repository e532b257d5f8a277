extension String: StepCoded {
  func write(to writer: inout StepWriter) { writer.text(self) }

  init(from reader: inout StepReader) throws(StepCodecError) { self = try reader.text() }
}

extension Int: StepCoded {
  func write(to writer: inout StepWriter) { writer.signed(Int64(self)) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    guard let value = Int(exactly: try reader.signed()) else { throw reader.error("number") }
    self = value
  }
}

extension Instant: StepCoded {
  func write(to writer: inout StepWriter) { writer.signed(milliseconds) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(milliseconds: try reader.signed())
  }
}

extension Interval: StepCoded {
  func write(to writer: inout StepWriter) { writer.signed(milliseconds) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(milliseconds: try reader.signed())
  }
}

extension JSONBytes: StepCoded {
  func write(to writer: inout StepWriter) { writer.data(self) }

  init(from reader: inout StepReader) throws(StepCodecError) { self = try reader.data() }
}

extension JSON: StepCoded {
  func write(to writer: inout StepWriter) { writer.json(self) }

  init(from reader: inout StepReader) throws(StepCodecError) { self = try reader.data().value }
}

extension Position: StepCoded {
  func write(to writer: inout StepWriter) { writer.signed(Int64(number)) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(Int.self))
  }
}

extension StreamPosition: StepCoded {
  func write(to writer: inout StepWriter) { writer.signed(Int64(number)) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(Int.self))
  }
}

extension JournalIndex: StepCoded {
  func write(to writer: inout StepWriter) { writer.signed(Int64(number)) }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(Int.self))
  }
}

extension EventID: StepCoded {
  func write(to writer: inout StepWriter) { writer.text(text) }

  init(from reader: inout StepReader) throws(StepCodecError) { self.init(try reader.text()) }
}

extension DomainID: StepCoded {
  func write(to writer: inout StepWriter) { writer.text(text) }

  init(from reader: inout StepReader) throws(StepCodecError) { self.init(try reader.text()) }
}

extension EventType: StepCoded {
  func write(to writer: inout StepWriter) { writer.name(text) }

  init(from reader: inout StepReader) throws(StepCodecError) { self.init(try reader.name()) }
}

extension GroupName: StepCoded {
  func write(to writer: inout StepWriter) { writer.name(text) }

  init(from reader: inout StepReader) throws(StepCodecError) { self.init(try reader.name()) }
}

extension Workspace: StepCoded {
  func write(to writer: inout StepWriter) { writer.name(text) }

  init(from reader: inout StepReader) throws(StepCodecError) { self.init(try reader.name()) }
}

extension StreamName: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(isTenants ? workspace : nil)
    writer.name(logical.text)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let tenant = try reader.optional(Workspace.self)
    let logical = try reader.name()
    if let tenant {
      self.init(logical, ofTenant: tenant)
    } else {
      self.init(logical)
    }
  }
}

extension AggregateKey: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(type)
    writer.write(id)
    writer.write(workspace)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.name(), try reader.read(), in: try reader.read())
  }
}

extension SagaKey: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(saga)
    writer.text(instanceID)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.name(), try reader.text())
  }
}

extension TimerKey: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(owner)
    writer.name(name)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(), try reader.name())
  }
}

extension RecordKey: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(workspace)
    writer.name(type)
    writer.text(id)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let workspace = try reader.read(Workspace.self)
    self.init(try reader.name(), try reader.text(), in: workspace)
  }
}

extension ConsumerName: StepCoded {
  func write(to writer: inout StepWriter) {
    switch kind {
    case .view: writer.byte(0)
    case .saga: writer.byte(1)
    case .adapter: writer.byte(2)
    case .subscription: writer.byte(3)
    }
    writer.name(name)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let kinds: [ConsumerKind] = [.view, .saga, .adapter, .subscription]
    let tag = Int(try reader.tag())
    guard tag < kinds.count else { throw reader.error("kind of consumer") }
    self.init(kinds[tag], try reader.name())
  }
}
