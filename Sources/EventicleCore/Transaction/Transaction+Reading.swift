extension Transaction {
  /// An event as handlers see it; `nil` when nobody is to see it, or when it cannot be read.
  ///
  /// What could not be read makes the work at hand fail when it is done: a state that was folded
  /// without an event must not become the base of a decision.
  func opened(_ event: Event) -> Event? {
    do {
      return try services.opened(event)
    } catch {
      if readingError == nil { readingError = error }
      return nil
    }
  }

  /// - Throws: Why an event could not be read since this was asked last.
  func checkReading() throws {
    guard let error = readingError else { return }
    readingError = nil
    throw error
  }

  /// The trace of an event that is about to be emitted: a span below that of the event being
  /// handled, or else of the command at hand.
  ///
  /// A text that is no well-formed trace is handed on as it is.
  func trace(of id: EventID) -> String? {
    guard let parent = handled?.apmTrace ?? trace, !parent.isEmpty else { return nil }
    guard let span = try? TraceParent(parent) else { return parent }
    return span.child(of: id.text).description
  }
}
