import EventicleCore

/// The words of the command that is being completed.
struct CompletionParts {
  let verb: Verb
  /// The words before the one at the caret.
  let words: [Token]
  /// The word at the caret, up to the caret.
  let partial: Token?
  /// The end of the text, in bytes.
  let end: Int

  /// Where the word at the caret starts, in bytes.
  private var start: Int { partial?.span.bytes.lowerBound ?? end }

  private var prefix: String { partial?.string ?? "" }

  /// Completes the word at the caret.
  mutating func complete<Source>(_ completer: inout Completer<Source>) {
    if verb.name == .emit || verb.name == .dispatch {
      return ItemCompletion(verb: verb, words: words, partial: partial, end: end)
        .complete(&completer)
    }
    if verb.name == .schedule { return completeSchedule(&completer) }
    let places = verb.arguments.split(separator: " ").map(String.init)
    completer.signature =
      verb.arguments.contains("|")
      ? verb.arguments : places.dropFirst(words.count).joined(separator: " ")
    switch verb.name {
    case .step, .back: completeStep(&completer)
    case .set: completeSetting(&completer)
    case .export: completeExport(&completer)
    case .clock:
      let choices = ["+30s", "+5m", "+1h", "+1d", "set"]
      if words.isEmpty {
        offer(choices.map { CompletionCandidate($0) }, &completer, quoting: false)
      }
    case .group where words.count == 2 && words[0].string != "move": break
    case .correct where !words.isEmpty: completeCorrection(&completer)
    default:
      if words.last?.string == "last", verb.kinds.indices.contains(words.count - 1),
        verb.kinds[words.count - 1] == .position
      {
        return offer(completer.source.eventTypes(in: nil), &completer)
      }
      guard words.count < verb.kinds.count else { return }
      complete(verb.kinds[words.count], &completer)
    }
  }

  func offer<Source>(
    _ candidates: [CompletionCandidate], _ completer: inout Completer<Source>,
    quoting: Bool = true
  ) {
    completer.offer(candidates, prefix: prefix, from: start, quoting: quoting)
  }

  private func complete<Source>(_ kind: Verb.Argument, _ completer: inout Completer<Source>) {
    let source = completer.source
    let limit = completer.limit
    switch kind {
    case .stream: offer(source.streams(), &completer)
    case .command: offer(source.commands(), &completer)
    case .theme: offer(source.themes(), &completer)
    case .domain:
      offer(source.domains() + [CompletionCandidate(Instruction.story)], &completer)
    case .mark: offer(source.marks(), &completer)
    case .branch: offer(source.branches(), &completer)
    case .fork: offer(source.branches().filter { $0.text != Branch.mainName }, &completer)
    case .path: completer.offerPaths(prefix, from: start)
    case .timer: offer(source.timers(), &completer, quoting: false)
    case .time:
      offer(
        ["+5m", "-5m", "+1h", "+1d"].map { CompletionCandidate($0) }, &completer, quoting: false)
    case .ending:
      let choices = [
        CompletionCandidate("--reason", note: "why"),
        CompletionCandidate("remove", note: "drop its data too"),
      ]
      if words.last?.isFlag != true {
        offer(
          choices.filter { choice in !words.contains { $0.string == choice.text } }, &completer,
          quoting: false)
      }
    case .delivery: offer(source.deliveries(), &completer, quoting: false)
    case .dropped:
      offer(source.deliveries() + source.parkedNumbers(), &completer, quoting: false)
    case .delay:
      offer(["30s", "5m", "1h"].map { CompletionCandidate($0) }, &completer, quoting: false)
    case .group: offer(source.groups(), &completer)
    case .parked: offer(source.parkedNumbers(), &completer)
    case .viewName: offer(source.views(), &completer)
    case .swap:
      offer([CompletionCandidate("swap", note: "put the new rows in place")], &completer)
    case .anyway:
      offer([CompletionCandidate("anyway", note: "although something is lost")], &completer)
    case .importWord:
      let choices = [
        CompletionCandidate("as", note: "say how its lines say events"),
        CompletionCandidate("skip-bad", note: "put bad lines into a file"),
      ]
      offer(choices.filter { choice in !words.contains { $0.string == choice.text } }, &completer)
    case .format:
      guard words.last?.string == "as" else { return completer.offerPaths(prefix, from: start) }
      offer(ImportedFile.formats.map { CompletionCandidate($0) }, &completer)
    case .groupAction:
      offer(["pause", "resume", "move"].map { CompletionCandidate($0) }, &completer)
    case .toggle: offer([CompletionCandidate("on"), CompletionCandidate("off")], &completer)
    case .position: offer(CompletionParts.positions(source), &completer, quoting: false)
    case .verb:
      offer(
        Verb.all.map { CompletionCandidate($0.name.rawValue, note: $0.summary) }, &completer,
        quoting: false)
    case .aggregate:
      completeKeyed(&completer, source.aggregateTypes()) {
        source.aggregateIDs(type: $0, prefix: $1, limit: limit)
      }
    case .saga:
      completeKeyed(&completer, source.sagas()) {
        source.sagaKeys(of: $0, prefix: $1, limit: limit)
      }
    case .view:
      completeKeyed(&completer, source.views()) {
        source.viewKeys(of: $0, prefix: $1, limit: limit)
      }
    default: completeHistory(kind, &completer)
    }
  }

  /// Completes `NAME` or `NAME/KEY`.
  func completeKeyed<Source>(
    _ completer: inout Completer<Source>, _ names: [CompletionCandidate],
    keys: (String, String) -> [CompletionCandidate]
  ) {
    guard let partial, let slash = partial.text.firstMark(Byte.slash) else {
      return offer(names, &completer)
    }
    let name = partial.text.slice(0..<slash).string
    let key = partial.text.suffix(from: slash + 1).string
    completer.offer(
      keys(name, key), prefix: key, from: partial.text.offset(at: slash) + 1)
  }

  static func positions(_ source: some CompletionSource) -> [CompletionCandidate] {
    let fixed = [
      CompletionCandidate("start", note: "before everything"),
      CompletionCandidate("end", note: "after everything recorded"),
      CompletionCandidate("live", note: "the end, and follow it"),
      CompletionCandidate("-30s", note: "half a minute before the time cursor"),
      CompletionCandidate("50%", note: "the middle of the journal"),
      CompletionCandidate("last", note: "the newest event of a type, as last OrderPaid"),
    ]
    return fixed
      + source.marks().map { CompletionCandidate("mark:\(Quoting.word($0.text))", note: $0.note) }
  }

  private func completeStep<Source>(_ completer: inout Completer<Source>) {
    let source = completer.source
    let limit = completer.limit
    let rest = words.drop { PositionExpression.count($0.string) != nil }
    switch rest.first?.string {
    case "saga":
      completeKeyed(&completer, source.sagas()) {
        source.sagaKeys(of: $0, prefix: $1, limit: limit)
      }
    case "agg":
      completeKeyed(&completer, source.aggregateTypes()) {
        source.aggregateIDs(type: $0, prefix: $1, limit: limit)
      }
    case nil:
      let units = ["event", "delivery", "cascade", "entry", "timer", "saga", "agg"]
      offer(units.map { CompletionCandidate($0) }, &completer)
    default: break
    }
  }

  private func completeSetting<Source>(_ completer: inout Completer<Source>) {
    if let name = words.first {
      guard words.count == 1 else { return }
      return offer(completer.source.values(ofSetting: name.string), &completer)
    }
    guard let partial, let equals = partial.text.firstMark(Byte.equals) else {
      return offer(completer.source.settings(), &completer)
    }
    completer.offer(
      completer.source.values(ofSetting: partial.text.slice(0..<equals).string),
      prefix: partial.text.suffix(from: equals + 1).string,
      from: partial.text.offset(at: equals) + 1)
  }
}
