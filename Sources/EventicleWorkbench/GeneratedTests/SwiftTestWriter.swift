import EventicleCore

/// Writes a test in Swift, with Swift Testing, against the public library of the engine.
enum SwiftTestWriter {
  /// The samples that come with the program, whose module declares them.
  private static let samples = ["bank", "shop"]

  /// Whether a test can ask for an action.
  static func canSay(_ action: InputAction) -> Bool {
    switch action {
    case .dispatch, .deliver, .fire, .moveClock, .cancelTimer, .moveTimer, .endSaga, .correctSaga,
      .pause, .resume, .redrive, .dropParked, .act:
      true
    case .schedule(let command):
      if case .cron(_, let zone) = command.schedule { zone == .utc } else { true }
    case .emit(let events, _): events.allSatisfy { $0.additionalMembers == nil }
    case .take(let event, _): event.additionalMembers == nil
    case .direct, .move, .acknowledge, .fail, .edit, .swap, .trim, .subscribe, .unsubscribe,
      .reconcile, .report, .edited:
      false
    }
  }

  /// The text of the test.
  static func text(_ plan: TestPlan) -> String {
    let range = range(of: plan)
    let module = samples.contains(plan.domain) ? "import EventicleSamples\n" : ""
    let note =
      samples.contains(plan.domain)
      ? "" : "// Import the module that declares the domain \(word(plan.domain)).\n"
    let start = literal(plan.start.description)
    var lines = [
      "// swift-format-ignore-file",
      "// Written by export test swift, from the record of a session.",
      "//",
      "// The domain runs from its beginning. The engine reads no clock and draws no random numbers, so",
      "// ids and times come out as they were.",
      "import EventicleCore",
    ]
    if !module.isEmpty { lines.append(String(module.dropLast())) }
    lines += ["import Testing", ""]
    if !note.isEmpty { lines += [String(note.dropLast()), ""] }
    lines += [
      "@Suite struct \(typeName(plan.domain))\(range.name)Tests {",
      "  @Test func `what happened \(range.words)`() throws {",
      "    var story = try Story(.\(memberName(plan.domain)), from: \(start), seed: \(plan.seed))",
    ]
    if !plan.given.isEmpty { lines += ["", "    // given"] + plan.given.map { "    " + step($0) } }
    lines += ["", "    // when"] + plan.when.map { "    " + step($0) }
    lines += ["", "    // then"]
    if plan.events.isEmpty {
      lines.append("    try story.expect([], after: \(plan.before))")
    } else {
      lines.append("    try story.expect(")
      lines.append("      [")
      for (place, event) in plan.events.enumerated() {
        lines.append("        \(fact(event, plan.before + place + 1)),")
      }
      lines.append("      ], after: \(plan.before))")
    }
    lines += ["  }", "}", ""]
    return lines.joined(separator: "\n") + support
  }

  private static func range(of plan: TestPlan) -> (name: String, words: String) {
    guard !plan.events.isEmpty else {
      return ("Event\(plan.before)", "after #\(plan.before)")
    }
    let last = plan.before + plan.events.count
    return ("Events\(plan.before + 1)To\(last)", "from #\(plan.before + 1) to #\(last)")
  }

  // MARK: - Acts

  private static func step(_ step: TestPlan.Step) -> String {
    switch step.act {
    case .advance(let instant): return "try story.advance(to: \(literal(instant.description)))"
    case .deliver(let count): return "story.deliver(\(count))"
    case .perform(let action):
      return "try story.perform(\(code(action))\(refusal(step)))"
    case .alone(let action, let instant):
      let at = instant.map { ", at: \(literal($0.description))" } ?? ""
      return "try story.performAlone(\(code(action))\(at)\(refusal(step)))"
    }
  }

  private static func refusal(_ step: TestPlan.Step) -> String {
    step.problem.map { ", refused: \(literal($0))" } ?? ""
  }

  /// An action as it is written in Swift.
  private static func code(_ action: InputAction) -> String {
    switch action {
    case .dispatch(let intent): return ".dispatch(\(code(intent)))"
    case .emit(let events, let stream):
      return ".emit([\(events.map { code($0) }.joined(separator: ", "))], "
        + "to: StreamName(\(literal(stream.text))))"
    case .take(let event, let reaction):
      let whom = if case .everybody = reaction { ".everybody" } else { ".viewsOnly" }
      return ".take(\(code(event)), reaction: \(whom))"
    case .deliver: return ".deliver"
    case .fire(let key): return ".fire(\(code(key)))"
    case .moveClock(let instant): return ".moveClock(instant(\(literal(instant.description))))"
    case .cancelTimer(let key): return ".cancelTimer(\(code(key)))"
    case .moveTimer(let key, let instant):
      return ".moveTimer(\(code(key)), to: instant(\(literal(instant.description))))"
    case .endSaga(let key, let keeps, let reason):
      return ".endSaga(\(code(key)), keepingData: \(keeps), reason: \(literal(reason)))"
    case .correctSaga(let key, let data, let reason):
      return ".correctSaga(\(code(key)), \(json(data)), reason: \(literal(reason)))"
    case .pause(let group): return ".pause(GroupName(\(literal(group.text))))"
    case .resume(let group): return ".resume(GroupName(\(literal(group.text))))"
    case .redrive(let number): return ".redrive(\(number))"
    case .dropParked(let number): return ".dropParked(\(number))"
    case .act(let act, let address):
      return ".act(\(code(act)), on: DeliveryAddress(Position(\(address.position.number)), "
        + "ConsumerName(.\(address.consumer.kind.rawValue), \(literal(address.consumer.name)))))"
    case .schedule(let command): return ".schedule(\(code(command)))"
    case .direct, .move, .acknowledge, .fail, .edit, .swap, .trim, .subscribe, .unsubscribe,
      .reconcile, .report, .edited:
      // Planned tests have none of these.
      return ".deliver"
    }
  }

  private static func code(_ command: ScheduledCommand) -> String {
    let schedule =
      switch command.schedule {
      case .once(let interval): ".once(.milliseconds(\(interval.milliseconds)))"
      case .at(let instant): ".at(instant(\(literal(instant.description))))"
      case .cron(let expression, _): ".cron(CronExpression(\(literal(expression.description))))"
      }
    return "ScheduledCommand(\(literal(command.name)), \(code(command.intent)), \(schedule), "
      + "missed: .\(command.missed.rawValue))"
  }

  private static func code(_ act: DeliveryAct) -> String {
    switch act {
    case .deliver: ".deliver"
    case .delay(let until): ".delay(until: instant(\(literal(until.description))))"
    case .drop: ".drop"
    case .duplicate: ".duplicate"
    case .crash: ".crash"
    }
  }

  private static func code(_ intent: CommandIntent) -> String {
    var parts = [literal(intent.type), json(intent.data)]
    if let trace = intent.trace { parts.append("trace: \(literal(trace))") }
    if let workspace = intent.workspace {
      parts.append("workspace: Workspace(\(literal(workspace.text)))")
    }
    if let key = intent.idempotencyKey { parts.append("idempotencyKey: \(literal(key))") }
    if let lock = intent.lock { parts.append("lock: \(literal(lock))") }
    return "CommandIntent(\(parts.joined(separator: ", ")))"
  }

  private static func code(_ event: NewEvent) -> String {
    var parts = [
      "EventType(\(literal(event.type.text)))",
      event.domainID.map { "DomainID(\(literal($0.text)))" } ?? "nil",
      "data: \(json(event.data.value))",
    ]
    if let id = event.id { parts.append("id: EventID(\(literal(id.text)))") }
    let made = "NewEvent(\(parts.joined(separator: ", ")))"
    var changes: [String] = []
    if let source = event.source { changes.append("$0.source = \(literal(source))") }
    if let id = event.causedByID { changes.append("$0.causedByID = EventID(\(literal(id.text)))") }
    if let type = event.causedByType {
      changes.append("$0.causedByType = EventType(\(literal(type.text)))")
    }
    if let instant = event.createdAt {
      changes.append("$0.createdAt = try instant(\(literal(instant.description)))")
    }
    if let trace = event.apmTrace { changes.append("$0.apmTrace = \(literal(trace))") }
    return changes.isEmpty ? made : "with(\(made)) { \(changes.joined(separator: "; ")) }"
  }

  private static func code(_ event: Event) -> String {
    var parts = [
      "id: EventID(\(literal(event.id.text)))", "type: EventType(\(literal(event.type.text)))",
      "source: \(literal(event.source))",
    ]
    if let id = event.causedByID { parts.append("causedByID: EventID(\(literal(id.text)))") }
    if let type = event.causedByType {
      parts.append("causedByType: EventType(\(literal(type.text)))")
    }
    parts.append("stream: StreamName(\(literal(event.stream.text)))")
    if let id = event.domainID { parts.append("domainID: DomainID(\(literal(id.text)))") }
    parts.append("createdAt: instant(\(literal(event.createdAt.description)))")
    parts.append("data: JSONBytes(\(json(event.data.value)))")
    if let trace = event.apmTrace { parts.append("apmTrace: \(literal(trace))") }
    return "Event(\(parts.joined(separator: ", ")))"
  }

  private static func code(_ key: TimerKey) -> String {
    "TimerKey(\(code(key.owner)), \(literal(key.name)))"
  }

  private static func code(_ key: SagaKey) -> String {
    "SagaKey(\(literal(key.saga)), \(literal(key.instanceID)))"
  }

  private static func fact(_ event: Event, _ number: Int) -> String {
    let id = event.domainID.map { literal($0.text) } ?? "nil"
    return "Fact(\(number), \(literal(event.type.text)), \(id), in: \(literal(event.stream.text)), "
      + "at: \(literal(event.createdAt.description)), id: \(literal(event.id.text)), "
      + "\(literal(event.data.value.printed)))"
  }

  // MARK: - Words

  private static func json(_ value: JSON) -> String { "json(\(literal(value.printed)))" }

  /// A text as a literal that says the same, whatever is in it.
  static func literal(_ text: String) -> String {
    let isPlain = !text.unicodeScalars.contains { HiddenScalar.contains($0) }
    if isPlain, !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
    // Without marks, and with no quote that is followed by as many marks as stand around it.
    if isPlain, !text.contains("#") { return "#\"\(text)\"#" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case _ where HiddenScalar.contains(scalar):
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The letters and digits of a name, each word with a capital.
  private static func typeName(_ name: String) -> String {
    var result = ""
    var isFirst = true
    for character in name {
      guard character.isASCII, character.isLetter || character.isNumber else {
        isFirst = true
        continue
      }
      result += isFirst ? character.uppercased() : String(character)
      isFirst = false
    }
    return result.first?.isLetter == true ? result : "Domain\(result)"
  }

  private static func memberName(_ name: String) -> String {
    let type = typeName(name)
    return type.prefix(1).lowercased() + type.dropFirst()
  }

  private static func word(_ text: String) -> String {
    HiddenScalar.visible(String(text.prefix(60)))
  }
}
