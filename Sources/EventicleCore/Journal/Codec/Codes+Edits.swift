extension StepEdit: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.count(events.count)
    for (number, edit) in events.sorted(by: { $0.key < $1.key }) {
      writer.count(number)
      switch edit {
      case .skip: writer.byte(0)
      case .data(let data):
        writer.byte(1)
        writer.write(data)
      }
    }
    writer.flag(skipsAll)
    writer.flag(drawsAsBefore)
    writer.flag(refusal != nil)
    if let refusal { writer.text(refusal) }
    writer.write(numbering)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init()
    for _ in 0..<(try reader.length()) {
      let number = try reader.count()
      switch try reader.tag() {
      case 0: events[number] = .skip
      case 1: events[number] = .data(try reader.read())
      default: throw reader.error("edit of an event")
      }
    }
    skipsAll = try reader.flag()
    drawsAsBefore = try reader.flag()
    if try reader.flag() { refusal = try reader.text() }
    numbering = try reader.optional()
  }
}

extension Numbering: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.count(draws)
    writer.count(counters.count)
    for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
      writer.text(name)
      writer.count(value)
    }
    for series in NumberSeries.allCases { writer.count(self.series[series] ?? 0) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let draws = try reader.count()
    var counters: [String: Int] = [:]
    for _ in 0..<(try reader.length()) {
      let name = try reader.text()
      counters[name] = try reader.count()
    }
    var series: [NumberSeries: Int] = [:]
    for one in NumberSeries.allCases {
      let last = try reader.count()
      if last > 0 { series[one] = last }
    }
    self.init(draws: draws, counters: counters, series: series)
  }
}
