extension Transaction {
  /// An event as handlers see it; `nil` when it was dropped from view or cannot be read.
  ///
  /// An event that cannot be read makes the current work fail at its end: a state that was folded
  /// without it must not become the basis of a decision.
  func opened(_ event: Event) -> Event? {
    do {
      return try services.opened(event)
    } catch {
      if readingError == nil { readingError = error }
      return nil
    }
  }

  /// - Throws: The reason why an event could not be read since the last check.
  func checkReading() throws {
    guard let error = readingError else { return }
    readingError = nil
    throw error
  }

  /// The trace of an event about to be emitted: a child span of the event being handled, or else of
  /// the current command.
  ///
  /// A text that is no well-formed trace is passed on unchanged.
  func trace(of id: EventID) -> String? {
    guard let parent = handled?.apmTrace ?? trace, !parent.isEmpty else { return nil }
    guard let span = try? TraceParent(parent) else { return parent }
    return span.child(of: id.text).description
  }
}
