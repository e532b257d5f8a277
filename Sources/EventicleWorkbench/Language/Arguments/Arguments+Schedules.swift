import EventicleCore

extension Arguments {
  /// Reads `NAME COMMAND items… --in DURATION` and the like.
  mutating func scheduling() throws(LanguageError) -> Scheduling {
    let flags = ["in", "at", "cron", "zone", "missed"]
    let sorted = try sort(wordLimit: 2, metadata: [], flags: flags)
    guard let name = sorted.words.first, !name.text.isEmpty else { throw missing("The name") }
    guard sorted.words.count > 1, !sorted.words[1].text.isEmpty else {
      throw missing("The command")
    }
    if let id = sorted.keyedID {
      throw LanguageError(
        at: id.span, "A command has no id in front of its data. Write \(verb.signature).")
    }
    let command = sorted.words[1]
    return Scheduling(
      name: Located(name.string, name.span), command: Located(command.string, command.span),
      items: sorted.items, moment: try moment(sorted.texts), missed: try missed(sorted.texts))
  }

  /// Reads when, of which the flags say exactly one.
  private func moment(
    _ flags: [String: Located<String>]
  ) throws(LanguageError) -> Scheduling.Moment {
    let given = ["in", "at", "cron"].compactMap { flags[$0] }
    guard let value = given.first else {
      throw missing("When, as in --in 5m, --at 12:04 or --cron \"0 4 * * *\",")
    }
    if given.count > 1 {
      throw given[1].error("When is said twice; write --in, --at or --cron, and one of them.")
    }
    if flags["cron"] == nil, let extra = flags["zone"] ?? flags["missed"] {
      throw extra.error("--zone and --missed go with --cron alone. Write \(verb.signature).")
    }
    if flags["in"] != nil {
      guard let interval = Interval(parsing: value.value), interval.milliseconds >= 0 else {
        throw value.error("--in is a length of time, as in 200ms, 30s or 1h30m.")
      }
      return .after(interval)
    }
    if flags["at"] != nil {
      guard let time = TimeExpression(parsing: value.value) else {
        throw value.error(
          "\"\(LanguageError.shortened(value.value))\" is not a time. "
            + "A time is \(TimeExpression.forms).")
      }
      return .at(time)
    }
    do { return .cron(try CronExpression(value.value), try zone(flags["zone"])) } catch {
      if let error = error as? LanguageError { throw error }
      throw value.error("\(error)")
    }
  }

  private func zone(_ name: Located<String>?) throws(LanguageError) -> TimeZoneRule {
    guard let name else { return .utc }
    do { return try TimeZoneRule(name.value) } catch { throw name.error(error.reason) }
  }

  private func missed(
    _ flags: [String: Located<String>]
  ) throws(LanguageError) -> MissedFires {
    guard let word = flags["missed"] else { return .once }
    guard let missed = MissedFires(rawValue: word.value) else {
      throw LanguageError.unknown(
        "policy", word.value, at: word.span, among: MissedFires.allCases.map(\.rawValue),
        hint: "Missed moments are made up for once, skipped, or made up for all.")
    }
    return missed
  }

  /// Reads `TIMER TIME`, where a length of time counts from when the timer is due.
  mutating func movedTimer() throws(LanguageError) -> Instruction {
    guard let timer = try timer() else { throw missing("The timer") }
    let word = try require("The time")
    guard let time = TimeExpression(parsing: word.string) else {
      if word.isFlag { throw unexpected(word) }
      throw word.error(
        "\"\(LanguageError.shortened(word.string))\" is not a time. "
          + "A time is \(TimeExpression.forms).")
    }
    return .moveTimer(timer, Located(time, word.span))
  }

  // MARK: - Sagas

  /// Reads `SAGA/KEY [remove] --reason TEXT`.
  mutating func endedSaga() throws(LanguageError) -> Instruction {
    let sorted = try sort(wordLimit: 2, metadata: [], flags: ["reason"])
    if let item = sorted.items.fields.first { throw item.error("end takes no fields.") }
    let saga = try instance(sorted)
    var removes = false
    if sorted.words.count > 1 {
      guard sorted.words[1].string == "remove" else { throw unexpected(sorted.words[1]) }
      removes = true
    }
    return .endSaga(saga, removes: removes, reason: try reason(sorted))
  }

  /// Reads `SAGA/KEY items… --reason TEXT`.
  mutating func correctedSaga() throws(LanguageError) -> Instruction {
    let sorted = try sort(wordLimit: 1, metadata: [], flags: ["reason"])
    let saga = try instance(sorted)
    guard !sorted.items.isEmpty else { throw missing("What to put right, as in attempts:=0,") }
    return .correctSaga(saga, sorted.items, reason: try reason(sorted))
  }

  private func instance(_ sorted: Sorted) throws(LanguageError) -> Located<SagaReference> {
    if let id = sorted.keyedID {
      throw LanguageError(at: id.span, "An instance is written SAGA/KEY. Write \(verb.signature).")
    }
    guard let word = sorted.words.first else { throw missing("The instance") }
    let (name, key) = word.text.nameAndKey
    guard !name.isEmpty, let key, !key.isEmpty else {
      throw word.error("An instance is written SAGA/KEY, as in PaymentSaga/order-1.")
    }
    return Located(SagaReference(name: name.string, key: key.string), word.span)
  }

  private func reason(_ sorted: Sorted) throws(LanguageError) -> Located<String> {
    guard let reason = sorted.texts["reason"] else {
      throw missing("The reason, as in --reason \"paid by cheque\",")
    }
    guard reason.value.contains(where: { !$0.isWhitespace }) else {
      throw reason.error("The reason is empty; say why, for whoever reads the journal.")
    }
    return reason
  }
}
