import EventicleCore

extension CompletionParts {
  /// Completes the words of `export`.
  func completeExport<Source>(_ completer: inout Completer<Source>) {
    let diagrams = [
      CompletionCandidate("flow", note: "a conversation"),
      CompletionCandidate("saga", note: "what wakes it, and what it asks for"),
      CompletionCandidate("chart", note: "the states of an aggregate"),
      CompletionCandidate("map", note: "the whole domain"),
    ]
    let languages = [
      CompletionCandidate("mermaid", note: "for Markdown"),
      CompletionCandidate("dot", note: "for Graphviz"),
    ]
    let scxml = CompletionCandidate("scxml", note: "for programs that read charts")
    let known = Set((languages + [scxml]).map(\.text))
    if let last = words.last?.string, words.count > 2, known.contains(last) {
      return completer.offerPaths(
        partial?.string ?? "", from: partial?.span.bytes.lowerBound ?? end)
    }
    switch (words.first?.string, words.dropFirst().first?.string) {
    case (nil, _):
      let choices = [
        CompletionCandidate("test", note: "given, when, then"),
        CompletionCandidate("diagram", note: "a picture as text"),
      ]
      offer(choices, &completer)
    case ("test", nil):
      let choices = [
        CompletionCandidate("swift", note: "for Swift Testing"),
        CompletionCandidate("js", note: "for node --test"),
      ]
      offer(choices, &completer)
    case ("test", _):
      completer.offerPaths(partial?.string ?? "", from: partial?.span.bytes.lowerBound ?? end)
    case ("diagram", nil): offer(diagrams, &completer)
    case ("diagram", "flow") where words.count == 2:
      offer(languages + CompletionParts.positions(completer.source), &completer, quoting: false)
    case ("diagram", "saga") where words.count == 2:
      let (source, limit) = (completer.source, completer.limit)
      completeKeyed(&completer, source.sagas()) {
        source.sagaKeys(of: $0, prefix: $1, limit: limit)
      }
    case ("diagram", "chart") where words.count == 2:
      let (source, limit) = (completer.source, completer.limit)
      completeKeyed(&completer, source.aggregateTypes()) {
        source.aggregateIDs(type: $0, prefix: $1, limit: limit)
      }
    case ("diagram", "chart"): offer(languages + [scxml], &completer)
    case ("diagram", _): offer(languages, &completer)
    default: break
    }
  }
}
