extension StoredCore: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(entry)
    writer.count(events)
    writer.count(kept)
    writer.write(clock)
    writer.unsigned(seed)
    writer.count(draws)
    writer.count(counters.count)
    for (name, value) in counters {
      writer.name(name)
      writer.write(value)
    }
    writer.count(numbers.count)
    for (series, number) in zip(NumberSeries.allCases, numbers) {
      writer.name(series.rawValue)
      writer.write(number)
    }
    writer.write(consumers)
    writer.count(groups.count)
    for (name, state) in groups {
      writer.write(name)
      writer.write(state)
    }
    writer.write(queue)
    writer.write(parked)
    writer.count(trims.count)
    for (stream, position) in trims {
      writer.write(stream)
      writer.write(position)
    }
    writer.write(writers)
    writer.write(indexes)
    writer.write(sizes)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    entry = try reader.read()
    (events, kept) = (try reader.count(), try reader.count())
    clock = try reader.read()
    seed = try reader.unsigned()
    draws = try reader.count()
    var counters: [(name: String, value: Int)] = []
    for _ in 0..<(try reader.length()) {
      counters.append((try reader.name(), try reader.read()))
    }
    self.counters = counters
    var numbers = LastNumbers()
    for _ in 0..<(try reader.length()) {
      let name = try reader.name()
      guard let series = NumberSeries(rawValue: name) else {
        throw reader.error("series of numbers, but \(name),")
      }
      numbers[series] = try reader.read()
    }
    self.numbers = NumberSeries.allCases.map { numbers[$0] }
    consumers = try reader.list()
    var groups: [(name: GroupName, state: GroupState)] = []
    for _ in 0..<(try reader.length()) { groups.append((try reader.read(), try reader.read())) }
    self.groups = groups
    queue = try reader.read()
    parked = try reader.list()
    var trims: [(stream: StreamName, position: StreamPosition)] = []
    for _ in 0..<(try reader.length()) { trims.append((try reader.read(), try reader.read())) }
    self.trims = trims
    writers = try reader.list()
    indexes = try reader.list()
    sizes = try reader.read()
  }
}

extension StoredCore.Consumer: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(name)
    writer.write(group)
    for kind in Tally.Kind.stored { writer.count(tally.count(of: kind)) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    name = try reader.read()
    group = try reader.read()
    var tally = Tally()
    for kind in Tally.Kind.stored { tally.add(kind, try reader.count()) }
    self.tally = tally
  }
}

extension Tally.Kind {
  /// The outcomes in the order in which their counts are stored.
  fileprivate static var stored: [Tally.Kind] {
    [.handled, .ignored, .failed, .retried, .skipped, .duplicate]
  }
}

extension TableName: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(workspace)
    writer.name(type)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(), try reader.name())
  }
}

extension StoredCore.Writers: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(table)
    writer.count(views.count)
    for view in views { writer.name(view) }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    table = try reader.read()
    var views: [String] = []
    for _ in 0..<(try reader.length()) { views.append(try reader.name()) }
    self.views = views
  }
}

extension RecordIndex: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(type)
    writer.count(path.steps.count)
    for step in path.steps {
      switch step {
      case .member(let name):
        writer.byte(0)
        writer.name(name)
      case .element(let index):
        writer.byte(1)
        writer.count(index)
      }
    }
    writer.flag(isUnique)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let type = try reader.name()
    var steps: [JSONPath.Step] = []
    for _ in 0..<(try reader.length()) {
      switch try reader.tag() {
      case 0: steps.append(.member(try reader.name()))
      case 1: steps.append(.element(try reader.count()))
      default: throw reader.error("step of a path")
      }
    }
    self.init(type, on: JSONPath(steps), unique: try reader.flag())
  }
}
