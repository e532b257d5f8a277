import EventicleCore

extension CompletionParts {
  /// Completes a word of a verb that changes a fork's history, compares, verifies or explains.
  func completeHistory<Source>(_ kind: Verb.Argument, _ completer: inout Completer<Source>) {
    let source = completer.source
    switch kind {
    case .compared:
      let moments = [
        CompletionCandidate("#1", note: "a moment of the branch in use"),
        CompletionCandidate("start", note: "before everything"),
      ]
      offer(source.branches() + moments, &completer, quoting: false)
    case .moments:
      offer(
        [CompletionCandidate("#1..", note: "from there to the end")], &completer, quoting: false)
    case .refused: offer(source.deliveries(), &completer, quoting: false)
    case .reads:
      offer([CompletionCandidate("reads", note: "a type of event")], &completer)
    case .field: completeField(&completer)
    default: break
    }
  }

  private func completeField<Source>(_ completer: inout Completer<Source>) {
    let (source, limit) = (completer.source, completer.limit)
    completeKeyed(
      &completer, source.aggregateTypes() + source.sagas() + source.views()
    ) { name, prefix in
      let aggregates = source.aggregateIDs(type: name, prefix: prefix, limit: limit)
      let sagas = source.sagaKeys(of: name, prefix: prefix, limit: limit)
      return aggregates + sagas + source.viewKeys(of: name, prefix: prefix, limit: limit)
    }
  }
}
