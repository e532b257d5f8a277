import EventicleCore

/// The events of a file that another program appends to, taken as they come.
///
/// A line that is no event is passed over, because those behind it cannot wait for a person. An event
/// that is there already is passed over too, so that following a file again goes on.
package struct EventFeed: Sendable {
  /// How the events are taken.
  private(set) var options: ImportOptions
  var lines: EventLines
  /// The number of events that were taken.
  package private(set) var count = 0
  /// The number of events that were in the log already.
  package private(set) var known = 0
  /// The number of lines that were passed over.
  package private(set) var badCount = 0

  /// The events of a file from its beginning.
  ///
  /// - Parameter options: How to take them; bad lines are passed over in any case.
  package init(_ options: ImportOptions) {
    self.options = options
    self.options.skipsBadLines = true
    lines = EventLines(options.format, passesLong: true)
  }

  /// The number of bytes of the file that were read as lines.
  package var bytesRead: Int { lines.bytesRead }

  /// Notes that other bytes follow from the beginning of a file; a line without an end is dropped.
  package mutating func restart() {
    lines = EventLines(options.format, passesLong: true)
  }

  fileprivate mutating func note(_ work: ImportWork) {
    lines = work.lines
    count += work.done
    known += work.known
    badCount += work.badCount
    // One line says that there is something to save; no tape has what came when.
    if work.done > 0 { options.line = nil }
  }
}

extension Session {
  /// Takes the events of the lines that are there as a whole, and makes them permanent.
  ///
  /// Who looks at the past goes on looking at it.
  ///
  /// - Parameters:
  ///   - bytes: What the file has more.
  ///   - isLast: Whether no bytes follow these, so that the last line needs no end.
  /// - Returns: The lines that were passed over.
  /// - Throws: ``EventFileError`` when the store does not take them; nothing of these lines is taken
  ///   then.
  package mutating func take(
    _ bytes: [UInt8], of feed: inout EventFeed, isLast: Bool = false
  ) throws(EventFileError) -> [BadLine] {
    let (oldCursor, oldShown, wasAtHead) = (cursor, shown, isAtHead)
    var work = beginImport(feed.options)
    work.lines = feed.lines
    work.add(bytes)
    if isLast { work.finish() }
    while try continueImport(&work) {}
    let bad = work.takeBadLines()
    if work.done > 0 {
      try endImport(work)
      used.tape.noteEvents()
      if !wasAtHead { (cursor, shown) = (oldCursor, oldShown) }
    }
    feed.note(work)
    return bad
  }
}
