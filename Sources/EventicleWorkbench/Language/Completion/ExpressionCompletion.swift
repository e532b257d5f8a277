import EventicleCore

extension Completer {
  /// Completes inside a filter, a selector or an expectation.
  mutating func completeExpression(_ verb: Verb, from begin: Int) {
    signature = verb.arguments
    switch verb.name {
    case .filter, .events: completeFilter(from: begin)
    case .run, .runBack: completeRun(from: begin)
    case .stop: completeStop(from: begin)
    case .expect: completeExpectation(from: begin)
    default: break
    }
  }

  /// The words of a part of the line, with where each starts; the last is the one at the caret.
  private func words(from begin: Int) -> [(text: String, start: Int)] {
    var words: [(text: String, start: Int)] = []
    var index = begin
    while index < text.count {
      while let byte = text.byte(at: index), Byte.isBlank(byte) { index += 1 }
      let first = index
      while let byte = text.byte(at: index), !Byte.isBlank(byte) {
        let opens =
          Byte.isQuote(byte)
          && (index == first || Byte.letsQuoteOpen(text.units[index - 1].byte))
        index = opens ? Quoting.read(text, at: index)?.next ?? text.count : index + 1
      }
      words.append((text.slice(first..<index).string, first))
    }
    let endsInBlank = text.byte(at: text.count - 1).map(Byte.isBlank) ?? true
    if words.isEmpty || (endsInBlank && words.last?.text.isEmpty == false) {
      words.append(("", text.count))
    }
    return words
  }

  // MARK: - Filters

  private mutating func completeFilter(from begin: Int) {
    var first = begin
    while let byte = text.byte(at: first), Byte.isBlank(byte) { first += 1 }
    if let byte = text.byte(at: first), Byte.isQuote(byte) { first += 1 }
    let start = filterWordStart(from: first)
    let word = text.suffix(from: start)
    guard let colon = word.firstMark(Byte.colon) else {
      let keys = FilterKey.allCases.map {
        CompletionCandidate("\($0.rawValue):", note: $0.summary)
      }
      let others = [
        CompletionCandidate("cause:", note: "an event among its causes, as #12"),
        CompletionCandidate("since:", note: "at a time or later, as -5m"),
        CompletionCandidate("until:", note: "at a time or before"),
        CompletionCandidate("is:error", note: "handling it failed"),
        CompletionCandidate("is:orphan", note: "its cause is not in the log"),
      ]
      let paths = source.dataPaths(limit: limit)
      return offer(
        keys + others + states(word.string) + paths, prefix: word.string, from: start,
        quoting: false)
    }
    let key = word.slice(0..<colon).string
    let typed = word.suffix(from: colon + 1)
    let isOpenQuote = typed.byte(at: 0).map(Byte.isQuote) ?? false
    let prefix = isOpenQuote ? typed.suffix(from: 1).string : typed.string
    offer(values(ofKey: key, prefix: prefix), prefix: prefix, from: start + colon + 1)
  }

  /// Members of states; without the beginning of a word for a state only how they begin, because
  /// states have to be folded.
  private func states(_ prefix: String) -> [CompletionCandidate] {
    FilterMoment.allCases.flatMap { moment in
      let beginning = "\(moment.rawValue)."
      guard prefix.utf8.count >= 2, beginning.hasPrefix(prefix) || prefix.hasPrefix(beginning)
      else { return [CompletionCandidate(beginning, note: moment.meaning)] }
      let paths = source.statePaths(limit: limit).map {
        CompletionCandidate(beginning + $0.text, note: $0.note)
      }
      return paths.isEmpty ? [CompletionCandidate(beginning, note: moment.meaning)] : paths
    } + [CompletionCandidate("changed(", note: "the event changed a member of the state")]
  }

  private func filterWordStart(from begin: Int) -> Int {
    var start = begin
    var index = begin
    while let byte = text.byte(at: index) {
      if Byte.isQuote(byte), index == start || Byte.letsQuoteOpen(text.units[index - 1].byte) {
        index = Quoting.read(text, at: index)?.next ?? text.count
        continue
      }
      index += 1
      let isSign = byte == Byte.openParenthesis || byte == Byte.closeParenthesis
      if Byte.isBlank(byte) || isSign || (byte == Byte.exclamation && index == start + 1) {
        start = index
      }
    }
    return start
  }

  private func values(ofKey key: String, prefix: String) -> [CompletionCandidate] {
    switch key {
    case "type": source.eventTypes(in: nil)
    case "stream": source.streams()
    case "id": source.domainIDs(type: nil, prefix: prefix, limit: limit)
    case "saga": source.sagas()
    case "cmd": source.commands()
    case "by":
      [CompletionCandidate("user", note: "a person")] + source.commands() + source.sagas()
    case "source": source.sources()
    case "is": [CompletionCandidate("error"), CompletionCandidate("orphan")]
    case "since", "until":
      ["-30s", "-5m", "-1h", "-1d"].map { CompletionCandidate($0) }
    case "agg":
      prefix.utf8.firstIndex(of: Byte.slash).map { slash in
        let type = String(prefix[..<slash])
        let id = String(prefix[prefix.utf8.index(after: slash)...])
        return source.aggregateIDs(type: type, prefix: id, limit: limit)
          .map { CompletionCandidate("\(type)/\($0.text)", note: $0.note) }
      } ?? source.aggregateTypes()
    default: []
    }
  }

  // MARK: - Selectors

  private mutating func completeRun(from begin: Int) {
    let words = words(from: begin)
    if words.count == 1 {
      return offer(
        [CompletionCandidate("to", note: "a selector to stop at")], prefix: words[0].text,
        from: words[0].start)
    }
    if let condition = words.dropLast().lastIndex(where: { $0.text == "if" }) {
      return completeFilter(from: words[condition + 1].start)
    }
    completeSelector(words.dropFirst(), kinds: Selector.Kind.allCases)
    if words.count > 3, candidates.isEmpty {
      offer(
        [CompletionCandidate("if", note: "and a filter")], prefix: words[words.count - 1].text,
        from: words[words.count - 1].start)
    }
  }

  private mutating func completeStop(from begin: Int) {
    let words = words(from: begin)
    if let condition = words.dropLast().lastIndex(where: { $0.text == "if" }) {
      return completeFilter(from: words[condition + 1].start)
    }
    guard words.count > 1 else {
      let kinds = Selector.Kind.allCases.map { CompletionCandidate($0.rawValue, note: $0.noun) }
      let changes = [
        CompletionCandidate("off", note: "turn a stop off"),
        CompletionCandidate("on", note: "turn a stop on"),
        CompletionCandidate("remove", note: "remove a stop"),
      ]
      return offer(
        kinds + changes, prefix: words[0].text, from: words[0].start, quoting: false)
    }
    completeSelector(words[...], kinds: Selector.Kind.allCases)
    if words.count > 2 || Selector.Kind(rawValue: words[0].text)?.isAlone == true {
      let last = words[words.count - 1]
      let options = [
        CompletionCandidate("if", note: "and a filter"),
        CompletionCandidate("hits", note: "the number of the first hit that stops"),
        CompletionCandidate("once", note: "turn itself off then"),
        CompletionCandidate("note", note: "count hits, stop at none"),
        CompletionCandidate("log", note: "note a text at each hit, stop at none"),
      ]
      offer(options, prefix: last.text, from: last.start)
    }
  }

  private mutating func completeExpectation(from begin: Int) {
    let words = words(from: begin)
    let first = words[0]
    if first.text.hasPrefix("count("), !first.text.contains(")") || words.count == 1 {
      return completeFilter(from: first.start + 6)
    }
    if first.text == "missing", words.count > 1 {
      return completeSelector(words.dropFirst(), kinds: Selector.Kind.allCases)
    }
    guard words.count == 1 else {
      return completeSelector(words[...], kinds: [.aggregate, .saga, .view, .timer])
    }
    let forms = [
      CompletionCandidate("A", note: "a field of an aggregate"),
      CompletionCandidate("S", note: "a field of a saga instance"),
      CompletionCandidate("V", note: "a field of a view row"),
      CompletionCandidate("T", note: "when a timer is due"),
      CompletionCandidate("count(", note: "how many events pass a filter"),
      CompletionCandidate("missing", note: "that nothing is there"),
      CompletionCandidate("error", note: "that the command before was refused"),
    ]
    offer(forms, prefix: first.text, from: first.start, quoting: false)
  }

  private mutating func completeSelector(
    _ words: ArraySlice<(text: String, start: Int)>, kinds: [Selector.Kind]
  ) {
    guard let first = words.first, let last = words.last else { return }
    if words.count == 1 {
      return offer(
        kinds.map { CompletionCandidate($0.rawValue, note: $0.noun) }, prefix: first.text,
        from: first.start, quoting: false)
    }
    guard words.count == 2, let kind = Selector.Kind(rawValue: first.text) else { return }
    guard kind != .timer else {
      return offer(source.timers(), prefix: last.text, from: last.start, quoting: false)
    }
    let word = text.suffix(from: last.start)
    guard let slash = word.firstMark(Byte.slash) else {
      return offer(names(of: kind), prefix: last.text, from: last.start)
    }
    let name = word.slice(0..<slash).string
    let key = word.suffix(from: slash + 1)
    if let dot = key.firstMark(Byte.dot) {
      let field = key.suffix(from: dot + 1).string
      return offer(
        source.fields(of: kind, name: name), prefix: field,
        from: last.start + slash + dot + 2, quoting: false)
    }
    offer(
      keys(of: kind, name, prefix: key.string), prefix: key.string, from: last.start + slash + 1)
  }

  private func names(of kind: Selector.Kind) -> [CompletionCandidate] {
    switch kind {
    case .event: source.eventTypes(in: nil)
    case .command: source.commands()
    case .saga: source.sagas()
    case .aggregate, .change: source.aggregateTypes()
    case .view: source.views()
    case .stream: source.streams()
    case .timer, .error, .failure, .refusal: []
    }
  }

  private func keys(
    of kind: Selector.Kind, _ name: String, prefix: String
  ) -> [CompletionCandidate] {
    switch kind {
    case .saga: source.sagaKeys(of: name, prefix: prefix, limit: limit)
    case .aggregate, .change: source.aggregateIDs(type: name, prefix: prefix, limit: limit)
    case .view: source.viewKeys(of: name, prefix: prefix, limit: limit)
    case .event: source.domainIDs(type: name, prefix: prefix, limit: limit)
    case .command, .timer, .stream, .error, .failure, .refusal: []
    }
  }
}
