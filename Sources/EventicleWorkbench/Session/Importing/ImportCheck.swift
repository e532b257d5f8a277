import EventicleCore

/// A look at all lines of a file before any of its events is taken, so that nothing is taken when one
/// is bad even where events are kept for good as they come.
///
/// Holds eight bytes an event. Ids that seem to be there twice are told apart in another look at the
/// file.
package struct ImportCheck: Sendable {
  private let log: EventLog
  private let isProtected: Bool
  private var lines: EventLines
  private let format: EventFormat
  /// A word of each id, from which a repeated one is suspected.
  private var words: [Int] = []
  /// The words that are there several times, in the second look.
  private var suspects: Set<Int>?
  /// The events with such words, by id.
  private var seen: [Key: (event: Event, line: Int)] = [:]

  private struct Key: Hashable {
    let id: EventID
    let workspace: Workspace
  }

  /// Begins to check a file that is to be imported into a session.
  package init(_ session: Session, _ format: EventFormat) {
    log = session.head.log
    isProtected = session.engine.sealsEvents
    self.format = format
    lines = EventLines(format)
  }

  /// The number of bytes that have been read.
  package var bytesRead: Int { lines.bytesRead }

  /// Looks at the next bytes of the file.
  ///
  /// - Throws: ``EventFileError`` for the first line that is bad.
  package mutating func add(_ block: some Sequence<UInt8>) throws(EventFileError) {
    lines.add(block)
    try look()
  }

  /// Notes that no bytes follow.
  ///
  /// - Returns: Whether all is well; if not, the file is to be given once more from its beginning.
  /// - Throws: ``EventFileError`` for the first line that is bad.
  package mutating func finish() throws(EventFileError) -> Bool {
    lines.finish()
    try look()
    guard suspects == nil else { return true }
    words.sort()
    var twice: Set<Int> = []
    for place in words.indices.dropFirst() where words[place] == words[place - 1] {
      twice.insert(words[place])
    }
    words = []
    guard !twice.isEmpty else { return true }
    suspects = twice
    lines = EventLines(format)
    return false
  }

  private mutating func look() throws(EventFileError) {
    while let event = try lines.next() {
      let key = Key(id: event.id, workspace: event.workspace)
      let word = key.hashValue
      if let suspects {
        if suspects.contains(word) { try compare(event, key) }
        continue
      }
      words.append(word)
      guard log.count > 0, let position = log.position(of: event.id, in: event.workspace),
        let known = log.event(at: position)
      else { continue }
      // Protected data is compared when the event is taken.
      let difference = EventFile.difference(known, event, comparesData: !isProtected)
      if !difference.isEmpty { throw EventFile.isThere(event, on: lines.line, difference) }
    }
  }

  private mutating func compare(_ event: Event, _ key: Key) throws(EventFileError) {
    guard let earlier = seen[key] else {
      seen[key] = (event, lines.line)
      return
    }
    let difference = EventFile.difference(earlier.event, event)
    guard difference.isEmpty else {
      throw EventFile.repeated(event, on: lines.line, earlier: earlier.line, difference)
    }
  }
}
