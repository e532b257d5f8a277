extension Record: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(key)
    writer.write(content)
    writer.write(createdAt)
    writer.write(version)
    writer.write(sequence)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let key = try reader.read(RecordKey.self)
    let content = try reader.read(JSON.self)
    let createdAt = try reader.read(Instant.self)
    let version = try reader.read(Int.self)
    self.init(
      key: key, content: content, createdAt: createdAt, version: version,
      sequence: try reader.read())
  }
}

extension FiredTimer: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(name)
    writer.write(due)
    writer.flag(isOff)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let name = try reader.name()
    self.init(name: name, due: try reader.read(), isOff: try reader.flag())
  }
}

extension SagaStepRecord: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(number)
    switch trigger {
    case .event(let position):
      writer.byte(0)
      writer.write(position)
    case .timer(let name):
      writer.byte(1)
      writer.name(name)
    }
    writer.write(lane)
    writer.write(instant)
    writer.write(duration)
    writer.write(outcome)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let number = try reader.read(Int.self)
    let trigger: Trigger
    switch try reader.tag() {
    case 0: trigger = .event(try reader.read())
    case 1: trigger = .timer(try reader.name())
    default: throw reader.error("trigger of a saga's step")
    }
    let lane = try reader.optional(SagaLane.self)
    let instant = try reader.read(Instant.self)
    let duration = try reader.read(Interval.self)
    self.init(
      number: number, trigger: trigger, lane: lane, instant: instant, duration: duration,
      outcome: try reader.read())
  }
}

extension SagaInstance: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(key)
    writer.write(workspace)
    writer.write(version)
    writer.write(data)
    writer.flag(hasEnded)
    writer.write(startedAt)
    writer.write(changedAt)
    writer.write(steps)
    writer.write(lastEventID)
    writer.write(correlation)
    writer.count(timers.count)
    for timer in timers { writer.name(timer) }
    writer.write(undos)
    writer.write(firing)
    writer.write(recent.records)
    writer.write(sequence)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let key = try reader.read(SagaKey.self)
    let workspace = try reader.read(Workspace.self)
    let version = try reader.read(Int.self)
    let data = try reader.read(JSON.self)
    let hasEnded = try reader.flag()
    let startedAt = try reader.read(Instant.self)
    let changedAt = try reader.read(Instant.self)
    let steps = try reader.read(Int.self)
    let lastEventID = try reader.optional(EventID.self)
    let correlation = try reader.optional(String.self)
    var timers: [String] = []
    for _ in 0..<(try reader.length()) { timers.append(try reader.name()) }
    let undos = try reader.list(CommandIntent.self)
    let firing = try reader.list(FiredTimer.self)
    var recent = RecentSteps()
    for record in try reader.list(SagaStepRecord.self) { recent.append(record) }
    self.init(
      key: key, workspace: workspace, version: version, data: data, hasEnded: hasEnded,
      startedAt: startedAt, changedAt: changedAt, steps: steps, lastEventID: lastEventID,
      correlation: correlation, timers: timers, undos: undos, firing: firing, recent: recent,
      sequence: try reader.read())
  }
}
