import EventicleCore

/// Completes the words of `emit` and `do`, and those of `schedule` after its name.
struct ItemCompletion {
  let verb: Verb
  let words: [Token]
  let partial: Token?
  let end: Int

  private var isEmit: Bool { verb.name == .emit }

  /// The words that are neither items nor flags, without the one at the caret.
  private var plainWords: [Token] {
    var plain: [Token] = []
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word.isFlag {
        if word.text.firstMark(Byte.equals) == nil { index += 1 }
      } else if ItemCompletion.operatorIndex(word.text) == nil {
        plain.append(word)
      }
    }
    return plain
  }

  private static func operatorIndex(_ text: SourceText) -> Int? {
    text.units.firstIndex {
      !$0.isLiteral && ($0.byte == Byte.equals || $0.byte == Byte.colon)
    }
  }

  /// The names of the fields and metadata already written.
  private var given: Set<String> {
    Set(
      words.compactMap { word in
        ItemCompletion.operatorIndex(word.text).map { index in
          let name = word.text.slice(0..<index).string
          return String(name.prefix { $0 != "[" && $0 != "." })
        }
      })
  }

  private func fields(_ source: some CompletionSource) -> [FieldHint] {
    let plain = plainWords
    if !isEmit { return plain.first.map { source.fields(ofCommand: $0.string) } ?? [] }
    let type = words.last { $0.text.hasMarks("type:", at: 0) }.map {
      String($0.string.dropFirst(5))
    }
    guard let name = type ?? (plain.count > 1 ? plain[1].string : nil) else { return [] }
    return source.fields(ofEventType: name)
  }

  func complete<Source>(_ completer: inout Completer<Source>) {
    let remaining = fields(completer.source).filter { !given.contains($0.name) }
    completer.signature = signature(remaining)
    if let partial, let place = ItemCompletion.operatorIndex(partial.text) {
      return completeValue(partial, place, &completer)
    }
    let from = partial?.span.bytes.lowerBound ?? end
    let prefix = partial?.string ?? ""
    if let flag = words.last, flag.isFlag, flag.text.firstMark(Byte.equals) == nil { return }
    // Names of streams, types and commands are written themselves.
    if let partial, isEmit, plainWords.count >= 2,
      completeFilledIn(nil, of: partial, &completer)
    {
      return
    }
    let names = plainNames(completer)
    guard prefix.isEmpty || names.contains(where: { $0.text.hasPrefix(prefix) }) else {
      return completer.offer(items(remaining), prefix: prefix, from: from, quoting: false)
    }
    let quoted = names.map { CompletionCandidate(Quoting.word($0.text), note: $0.note) }
    let isDone = plainWords.count >= (isEmit ? 2 : 1)
    completer.offer(
      isDone ? items(remaining) + quoted : quoted, prefix: prefix, from: from, quoting: false)
    if prefix.isEmpty, isDone, let next = remaining.first(where: \.isRequired) {
      completer.suggest(next.assignment)
    }
  }

  /// The candidates for the next plain word.
  private func plainNames<Source>(_ completer: Completer<Source>) -> [CompletionCandidate] {
    let plain = plainWords
    let source = completer.source
    if !isEmit {
      guard plain.isEmpty else { return [] }
      return source.commands().map { command in
        let hints = source.fields(ofCommand: command.text)
        return CompletionCandidate(
          command.text, note: command.note.isEmpty ? ItemCompletion.text(hints) : command.note)
      }
    }
    switch plain.count {
    case 0: return source.streams()
    case 1: return source.eventTypes(in: plain[0].string)
    case 2 where given.isEmpty:
      return source.domainIDs(
        type: plain[1].string, prefix: partial?.string ?? "", limit: completer.limit)
    default: return []
    }
  }

  /// The flags of the verb, and what they say.
  private var flags: [CompletionCandidate] {
    guard verb.name == .schedule else {
      return [
        CompletionCandidate("--count", note: "how many times"),
        CompletionCandidate("--every", note: "how far apart"),
      ]
    }
    return [
      CompletionCandidate("--in", note: "so long from now"),
      CompletionCandidate("--at", note: "at a time"),
      CompletionCandidate("--cron", note: "again and again"),
      CompletionCandidate("--zone", note: "by whose clocks, with --cron"),
      CompletionCandidate("--missed", note: "what was missed, with --cron"),
    ].filter { flag in !words.contains { $0.string == flag.text } }
  }

  private func items(_ remaining: [FieldHint]) -> [CompletionCandidate] {
    let ordered = remaining.filter(\.isRequired) + remaining.filter { !$0.isRequired }
    let fields = ordered.map { hint in
      CompletionCandidate(
        hint.assignment,
        note: (hint.isRequired ? "required" : "optional") + (hint.example.map { ", \($0)" } ?? ""))
    }
    let known = verb.name == .schedule ? [] : ["causedBy", "at", "source"]
    let metadata = known.filter { !given.contains($0) }
    return fields + metadata.map { CompletionCandidate("\($0):", note: "metadata") } + flags
  }

  private func signature(_ remaining: [FieldHint]) -> String {
    let plain = plainWords.count
    var parts =
      isEmit ? Array(["STREAM", "TYPE"].dropFirst(plain)) : Array(["COMMAND"].dropFirst(plain))
    if isEmit, plain < 3 { parts.append("[ID]") }
    let fields = ItemCompletion.text(remaining)
    if !fields.isEmpty { parts.append(fields) }
    if isEmit, !given.contains("causedBy") { parts.append("[causedBy:]") }
    return parts.joined(separator: " ")
  }

  /// Required fields, then optional ones in brackets.
  static func text(_ hints: [FieldHint]) -> String {
    (hints.filter(\.isRequired).map(\.assignment)
      + hints.filter { !$0.isRequired }.map { "[\($0.assignment)]" }).joined(separator: " ")
  }

  private func completeValue<Source>(
    _ partial: Token, _ place: Int, _ completer: inout Completer<Source>
  ) {
    let name = partial.text.slice(0..<place).string
    let isJSON =
      partial.text.mark(at: place) == Byte.colon && partial.text.mark(at: place + 1) == Byte.equals
    let isMetadata = partial.text.mark(at: place) == Byte.colon && !isJSON
    let first = place + (isJSON ? 2 : 1)
    let prefix = partial.text.suffix(from: first).string
    let from = partial.text.offset(at: first - 1) + 1
    let value = partial.text.suffix(from: first)
    if completeFilledIn(
      isMetadata && value.mark(at: 0) == Byte.at ? nil : value, of: partial, &completer)
    {
      return
    }
    let source = completer.source
    if isMetadata {
      return completer.offer(
        name == "type"
          ? source.eventTypes(in: plainWords.first?.string)
          : name == "source" ? source.sources() : [], prefix: prefix, from: from)
    }
    let hint = fields(source).first { $0.name == name }
    var values: [CompletionCandidate] = []
    if !isEmit, let command = plainWords.first?.string {
      values = source.ids(
        forField: name, ofCommand: command, prefix: prefix, limit: completer.limit)
    }
    if values.isEmpty, let type = hint?.idType {
      values = source.aggregateIDs(type: type, prefix: prefix, limit: completer.limit)
    }
    if values.isEmpty, let example = hint?.example {
      values = [CompletionCandidate(example, note: "example")]
    }
    completer.offer(values, prefix: prefix, from: from, quoting: !isJSON)
  }
}
