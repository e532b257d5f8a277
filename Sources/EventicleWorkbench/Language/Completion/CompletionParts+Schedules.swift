import EventicleCore

extension CompletionParts {
  /// Completes `schedule NAME COMMAND items… --cron EXPRESSION`.
  func completeSchedule<Source>(_ completer: inout Completer<Source>) {
    completer.signature = verb.arguments
    guard !words.isEmpty else { return }
    if let flag = words.last, flag.isFlag, flag.text.firstMark(Byte.equals) == nil {
      switch flag.string {
      case "--missed":
        offer(
          MissedFires.allCases.map { CompletionCandidate($0.rawValue, note: $0.meaning) },
          &completer)
      case "--zone":
        offer(TimeZoneRule.names.map { CompletionCandidate($0) }, &completer, quoting: false)
      default: break
      }
      return
    }
    ItemCompletion(verb: verb, words: Array(words.dropFirst()), partial: partial, end: end)
      .complete(&completer)
  }

  /// Completes the fields after `correct SAGA/KEY`.
  func completeCorrection<Source>(_ completer: inout Completer<Source>) {
    if let flag = words.last, flag.isFlag, flag.text.firstMark(Byte.equals) == nil { return }
    let name = words[0].text.nameAndKey.name.string
    let fields = completer.source.fields(of: .saga, name: name).map { field in
      CompletionCandidate("\(field.text):=", note: field.note)
    }
    offer(fields + [CompletionCandidate("--reason", note: "why")], &completer, quoting: false)
  }
}
