extension StateSizes: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(tables)
    writer.write(sagas)
    writer.count(timers.count)
    // Timers due together come in the order of their numbers, so that differences are small.
    var (last, due) = (0, Int64(0))
    for timer in timers {
      writer.signed(timer.due.milliseconds &- due)
      writer.signed(Int64(timer.number - last))
      (last, due) = (timer.number, timer.due.milliseconds)
    }
    writer.count(processed.count)
    for number in processed { writer.count(number) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init()
    tables = try reader.list()
    sagas = try reader.list()
    var (last, due) = (Int64(0), Int64(0))
    for _ in 0..<(try reader.length()) {
      due = due &+ (try reader.signed())
      last = last &+ (try reader.signed())
      guard let number = Int32(exactly: last), number >= 0 else {
        throw reader.error("number of a timer")
      }
      timers.append(Armed(number: Int(number), due: Instant(milliseconds: due)))
    }
    for _ in 0..<(try reader.length()) { processed.append(try reader.count()) }
  }
}

extension StateSizes.Table: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(name)
    writer.count(records)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    name = try reader.read()
    records = try reader.count()
  }
}

extension StateSizes.Saga: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(name)
    writer.count(instances)
    writer.write(tenants)
    writer.count(properties.count)
    for property in properties { writer.name(property) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    name = try reader.name()
    instances = try reader.count()
    tenants = try reader.list()
    var properties: [String] = []
    for _ in 0..<(try reader.length()) { properties.append(try reader.name()) }
    self.properties = properties
  }
}
