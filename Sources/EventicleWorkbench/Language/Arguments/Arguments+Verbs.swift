import EventicleCore

extension Arguments {
  /// Reads the arguments of a verb that takes words.
  mutating func instruction() throws(LanguageError) -> Instruction {
    switch verb.name {
    case .emit: return .emit(try emission())
    case .dispatch: return .dispatch(try commandRequest())
    case .fire: return .fire(try timer())
    case .clock: return .clock(try clockChange())
    case .schedule: return .schedule(try scheduling())
    case .cancel:
      guard let timer = try timer() else { throw missing("The timer") }
      return .cancel(timer)
    case .move: return try moved()
    case .end: return try endedSaga()
    case .correct: return try correctedSaga()
    case .step: return .step(count: try stepCount(), unit: try stepUnit())
    case .back: return .back(count: try stepCount(), unit: try stepUnit())
    case .goto: return .goto(try position())
    case .mark: return try mark()
    case .unmark: return .unmark(try markName())
    case .fork:
      let name = try requireText("The name of the fork")
      return .fork(name, at: isAtEnd ? nil : try position())
    case .use: return .use(try requireText("The branch"))
    case .discard: return .discard(try requireText("The fork"))
    case .skip, .insert, .refuse, .adopt, .compare, .verify, .why, .who, .watch:
      return try historyVerb()
    case .group: return .group(try groupChange())
    case .deliver, .delay, .duplicate, .crash: return try deliveryAct()
    case .redrive, .edit, .drop, .rebuild, .retain, .parked: return try keeping()
    case .release: return .release(count: try releaseCount())
    case .journal: return .journal(try journalRange())
    case .flow: return .flow(isAtEnd ? nil : try position())
    case .aggregate: return .aggregate(try aggregate(), version: try version())
    case .saga: return .saga(try saga())
    case .view: return try view()
    case .open: return .open(try requireText("The file"), force: isForced)
    case .attach: return .attach(try requireText("The address"))
    case .save: return .save(try takeText(), force: isForced)
    case .backup: return .backup(to: try requireText("The file"))
    case .domain: return .domain(try requireText("The domain"))
    case .export: return try exported()
    case .shot: return .shot(try requireText("The file"), force: isForced)
    case .importFile: return .importFile(try importedFile())
    case .set: return try setting()
    case .theme: return .theme(try takeText())
    case .mouse: return .mouse(try toggle())
    case .help: return .help(try helpTopic())
    case .demo: return .demo(try takeText())
    case .present: return .present(try takeText())
    case .saveAndQuit: return .quit(.saving(try takeText(), force: isForced))
    default: return try plainVerb()
    }
  }

  private func plainVerb() throws(LanguageError) -> Instruction {
    switch verb.name {
    case .hold: return .hold
    case .live: return .live
    case .pause: return .pause
    case .streams: return .streams
    case .queue: return .queue
    case .timers: return .timers
    case .aggregates: return .aggregates(nil)
    case .sagas: return .sagas
    case .views: return .views
    case .commands: return .commands
    case .groups: return .groups
    case .metrics: return .metrics
    case .marks: return .marks
    case .forks: return .forks
    case .undo: return .undo
    case .redo: return .redo
    case .stops: return .stops
    case .info: return .info
    case .reload: return .reload
    case .quit: return .quit(.asking)
    case .quitUnsaved: return .quit(.withoutSaving)
    default: throw missing("An expression")
    }
  }

  // MARK: - Time

  private mutating func stepCount() throws(LanguageError) -> Int {
    if let count = takeCount() { return count.value }
    if let word = next, PositionExpression.count(word.string) != nil {
      throw word.error("A number of steps is from 1 to \(Int.max).")
    }
    return 1
  }

  private mutating func stepUnit() throws(LanguageError) -> Located<StepUnit> {
    guard let word = take() else { return Located(.event, end) }
    switch word.string {
    case "event", "events": return Located(.event, word.span)
    case "delivery", "deliveries": return Located(.delivery, word.span)
    case "entry", "entries": return Located(.entry, word.span)
    case "cascade", "cascades": return Located(.cascade, word.span)
    case "timer", "timers": return Located(.timer, word.span)
    case "saga", "sagas": return try saga().map(StepUnit.saga)
    case "agg", "aggs", "aggregate": return try aggregate().map(StepUnit.aggregate)
    case let other:
      if word.isFlag { throw unexpected(word) }
      throw LanguageError.unknown(
        "step", other, at: word.span,
        among: ["event", "delivery", "cascade", "entry", "timer", "saga", "agg"],
        hint: "Write \(verb.signature).")
    }
  }

  mutating func position() throws(LanguageError) -> Located<PositionExpression> {
    let word = try require("The position")
    guard word.string == "last", word.text.isPlain else {
      return Located(try PositionExpression(word.text), word.span)
    }
    let type = try require("The type of event after last")
    if type.isFlag { throw unexpected(type) }
    let span = Span(
      line: word.span.line, column: word.span.column,
      length: type.span.column + type.span.length - word.span.column,
      bytes: word.span.bytes.lowerBound..<type.span.bytes.upperBound)
    return Located(.last(TextPattern(type.text, isPart: false)), span)
  }

  /// Reads `NAME [POSITION]` of a mark.
  private mutating func mark() throws(LanguageError) -> Instruction {
    let name = try markName()
    return .mark(name, at: isAtEnd ? nil : try position())
  }

  private mutating func markName() throws(LanguageError) -> Located<String> {
    let name = try requireText("The name of the mark")
    if let fault = Marks.fault(inName: name.value) { throw name.error(fault) }
    return name
  }

  private mutating func releaseCount() throws(LanguageError) -> Located<Int>? {
    if let count = takeCount() { return count }
    if let word = next {
      throw word.error(
        "The number of deliveries is from 1 on, not \"\(LanguageError.shortened(word.string))\".")
    }
    return nil
  }

  private mutating func clockChange() throws(LanguageError) -> Located<ClockChange> {
    let word = try require("The time")
    if word.string == "set" {
      let moment = try require("The time")
      guard let time = TimeExpression(parsing: moment.string) else {
        throw moment.error(
          "\"\(LanguageError.shortened(moment.string))\" is not a time. "
            + "A time is \(TimeExpression.forms).")
      }
      if case .relative = time {
        throw moment.error(
          "After set comes a moment; a length of time goes without set: clock +5m.")
      }
      return Located(.set(time), moment.span)
    }
    guard let interval = Interval(parsing: word.string), interval.milliseconds >= 0 else {
      throw word.error(
        "The clock goes on by a length such as +5m or is set, as in clock set 12:04; it never "
          + "goes back.")
    }
    return Located(.advance(interval), word.span)
  }

  mutating func timer() throws(LanguageError) -> Located<TimerReference>? {
    guard let word = take() else { return nil }
    return Located(try TimerReference(word.text), word.span)
  }

  private mutating func journalRange() throws(LanguageError) -> Located<JournalRange>? {
    guard let word = take() else { return nil }
    guard let range = JournalRange(parsing: word.string) else {
      throw word.error(
        "\"\(LanguageError.shortened(word.string))\" is not a part of the journal. "
          + "Write 10..20, 10.. or ..20.")
    }
    return Located(range, word.span)
  }

  // MARK: - Look

  private mutating func aggregate() throws(LanguageError) -> Located<AggregateReference> {
    let word = try require("The aggregate")
    let (type, id) = word.text.nameAndKey
    guard let id, !type.isEmpty, !id.isEmpty else {
      throw word.error("An aggregate is written TYPE/ID, as in Order/order-1.")
    }
    return Located(
      AggregateReference(type: type.string, id: DomainID(id.string)), word.span)
  }

  private mutating func version() throws(LanguageError) -> Located<Version>? {
    guard let word = take() else { return nil }
    let text = word.string
    guard text.hasPrefix("@v"), let number = PositionExpression.count(text.dropFirst(2)) else {
      throw word.isFlag
        ? unexpected(word)
        : word.error("A version is written @v3; found \"\(LanguageError.shortened(text))\".")
    }
    return Located(Version(number), word.span)
  }

  private mutating func saga() throws(LanguageError) -> Located<SagaReference> {
    let word = try require("The saga")
    let (name, key) = try nameAndKey(word, "A saga is written NAME or NAME/KEY")
    return Located(SagaReference(name: name, key: key?.string), word.span)
  }

  private mutating func view() throws(LanguageError) -> Instruction {
    let word = try require("The view")
    let (name, key) = try nameAndKey(word, "A view is written NAME or NAME/KEY")
    return .view(
      name: Located(name, word.span), key: key.map { Located($0.string, $0.span) })
  }

  private func nameAndKey(
    _ word: Token, _ form: String
  ) throws(LanguageError) -> (name: String, key: SourceText?) {
    if word.isFlag { throw unexpected(word) }
    let (name, key) = word.text.nameAndKey
    guard !name.isEmpty, key?.isEmpty != true else { throw word.error("\(form).") }
    return (name.string, key)
  }

  // MARK: - App

  private mutating func setting() throws(LanguageError) -> Instruction {
    let word = try require("The setting")
    if word.isFlag { throw unexpected(word) }
    guard let equals = word.text.firstMark(Byte.equals) else {
      return .set(Located(word.string, word.span), value: try takeText())
    }
    let name = word.text.slice(0..<equals)
    let value = word.text.suffix(from: equals + 1)
    guard !name.isEmpty else { throw word.error("Before = the name of a setting is missing.") }
    return .set(Located(name.string, name.span), value: Located(value.string, value.span))
  }

  private mutating func toggle() throws(LanguageError) -> Bool? {
    guard let word = take() else { return nil }
    switch word.string {
    case "on": return true
    case "off": return false
    default: throw unexpected(word)
    }
  }

  private mutating func helpTopic() throws(LanguageError) -> Located<Verb>? {
    guard let word = take() else { return nil }
    return Located(try Verb.resolve(word), word.span)
  }
}

extension TimerReference {
  /// Reads `timeout` or `PaymentSaga/order-1/timeout`; the key may contain slashes.
  init(_ text: SourceText) throws(LanguageError) {
    let parts = text.segments
    guard let name = parts.last, !parts.contains(where: \.isEmpty), parts.count != 2 else {
      throw text.error("A timer is written NAME or SAGA/KEY/NAME, as in PaymentSaga/order-1/retry.")
    }
    guard parts.count > 2 else {
      self.init(name: name.string)
      return
    }
    let key = parts.dropFirst().dropLast().map(\.string).joined(separator: "/")
    self.init(saga: SagaReference(name: parts[0].string, key: key), name: name.string)
  }
}

extension JournalRange {
  /// Reads `10..20`, `j10..j20`, `10..`, `..20` or `10`.
  init?(parsing text: String) {
    func index(_ part: Substring) -> JournalIndex? {
      let digits = part.hasPrefix("j") ? part.dropFirst() : part
      return PositionExpression.count(digits).map(JournalIndex.init)
    }
    let mark = text.utf8.indices.first { text[$0...].utf8.starts(with: [Byte.dot, Byte.dot]) }
    guard let mark else {
      guard let single = index(text[...]) else { return nil }
      self.init(first: single, last: single)
      return
    }
    let left = text[..<mark]
    let right = text[mark...].dropFirst(2)
    let first = index(left)
    let last = index(right)
    guard left.isEmpty || first != nil, right.isEmpty || last != nil else { return nil }
    if let first, let last, last < first { return nil }
    self.init(first: first, last: last)
  }
}
