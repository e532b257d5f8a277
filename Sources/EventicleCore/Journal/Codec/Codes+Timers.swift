extension TimerSchedule: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .once(let interval):
      writer.byte(0)
      writer.write(interval)
    case .at(let instant):
      writer.byte(1)
      writer.write(instant)
    case .cron(let expression, let zone):
      writer.byte(2)
      writer.name(expression.description)
      writer.name(zone.description)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .once(try reader.read())
    case 1: self = .at(try reader.read())
    case 2:
      let (expression, zone) = (try reader.name(), try reader.name())
      guard let cron = try? CronExpression(expression), let rule = try? TimeZoneRule(zone) else {
        throw reader.error("cron expression and zone, but \(expression) \(zone),")
      }
      self = .cron(cron, in: rule)
    default: throw reader.error("kind of schedule")
    }
  }
}

extension MissedFires: StepCoded {
  func write(to writer: inout StepWriter) {
    switch self {
    case .once: writer.byte(0)
    case .skip: writer.byte(1)
    case .all: writer.byte(2)
    }
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    switch try reader.tag() {
    case 0: self = .once
    case 1: self = .skip
    case 2: self = .all
    default: throw reader.error("way to make up for missed fires")
    }
  }
}

extension ScheduledCommand: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.name(name)
    writer.write(intent)
    writer.write(schedule)
    writer.write(missed)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let name = try reader.name()
    let intent = try reader.read(CommandIntent.self)
    let schedule = try reader.read(TimerSchedule.self)
    self.init(name, intent, schedule, missed: try reader.read())
  }
}

extension Timer: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(key)
    writer.write(schedule)
    writer.write(due)
    writer.write(missed)
    writer.write(armedAt)
    writer.write(armedBy)
    writer.write(sequence)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let key = try reader.read(TimerKey.self)
    let schedule = try reader.read(TimerSchedule.self)
    let due = try reader.read(Instant.self)
    let missed = try reader.read(MissedFires.self)
    let armedAt = try reader.read(Instant.self)
    let armedBy = try reader.read(JournalIndex.self)
    self.init(
      key: key, schedule: schedule, due: due, missed: missed, armedAt: armedAt, armedBy: armedBy,
      sequence: try reader.read())
  }
}
