public import EventicleCore

/// Why a line of a file of events cannot be imported, or its end cannot be reached.
public struct EventFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line number, from 1.
  public let line: Int
  /// The column in bytes, from 1; `nil` when the whole line is at fault.
  public let column: Int?
  /// What was expected and what was found.
  public let reason: String
  /// How many events before the line are imported for good; 0 when nothing of the file is.
  public package(set) var taken = 0
  /// How many more lines are no events; 0 when that was not counted.
  public package(set) var more = 0

  package init(line: Int, column: Int?, reason: String, taken: Int = 0) {
    (self.line, self.column, self.reason, self.taken) = (line, column, reason, taken)
  }

  /// The line, the column and the reason.
  public var finding: String {
    let place = column.map { "line \(line), column \($0)" } ?? "line \(line)"
    return "\(place): \(reason)"
  }

  /// Sentences with the line, the column, the reason, and what was taken.
  public var description: String {
    let others =
      switch more {
      case 0: ""
      case 1: " 1 more line is no event."
      default: " \(more) more lines are no events."
      }
    guard taken > 0 else {
      return "\(finding).\(others) Nothing of the file was taken; mend "
        + "\(more > 0 ? "them" : "the line") and import again."
    }
    return "\(finding).\(others) The \(taken) \(taken == 1 ? "event" : "events") before it "
      + "\(taken == 1 ? "is" : "are") imported; mend the line and import again, which goes on there."
  }
}

/// Reads files of events, one JSON object a line.
public enum EventFile {
  /// Reads all events of a file; empty lines are skipped.
  ///
  /// - Parameter known: Whether an event's id exists already in its workspace.
  /// - Throws: ``EventFileError`` for the first line that is not an event, repeats an id, has more
  ///   data than ``Limits/eventBytes``, or has a time outside the years 1 to 9999.
  public static func read(
    _ bytes: [UInt8], isKnown known: (Event) -> Bool = { _ in false }
  ) throws(EventFileError) -> [Event] {
    var lines = EventLines()
    lines.add(bytes)
    lines.finish()
    var events: [Event] = []
    var seen: [Workspace: [EventID: Int]] = [:]
    while let event = try lines.next() {
      if let earlier = seen[event.workspace, default: [:]].updateValue(lines.line, forKey: event.id)
      {
        throw repeated(event, on: lines.line, earlier: earlier)
      }
      if known(event) { throw isThere(event, on: lines.line) }
      events.append(event)
    }
    return events
  }

  /// The error of an event whose id an earlier line has.
  ///
  /// - Parameter differing: What differs, as in `other data`.
  static func repeated(
    _ event: Event, on line: Int, earlier: Int, _ differing: String = ""
  ) -> EventFileError {
    EventFileError(
      line: line, column: nil,
      reason: "the id \(event.id) is the same as in line \(earlier)"
        + (differing.isEmpty ? "" : ", but with \(differing)"))
  }

  /// The error of an event whose id is in the log.
  static func isThere(
    _ event: Event, on line: Int, _ differing: String = ""
  ) -> EventFileError {
    EventFileError(
      line: line, column: nil,
      reason: "an event with the id \(event.id) is in the log already"
        + (differing.isEmpty ? "" : ", with \(differing)"))
  }

  /// What differs between an event of the log and one of a file that has its id, as in `another type
  /// and other data`; empty when they are the same.
  ///
  /// - Parameter comparesData: Whether their data is to be compared, which may be protected in the log.
  static func difference(
    _ known: Event, _ event: Event, comparesData: Bool = true
  ) -> String {
    var parts: [String] = []
    if known.type != event.type { parts.append("another type") }
    if known.stream != event.stream { parts.append("another stream") }
    if known.domainID != event.domainID { parts.append("another domain id") }
    if known.createdAt != event.createdAt { parts.append("another createdAt") }
    if known.source != event.source { parts.append("another source") }
    if known.causedByID != event.causedByID || known.causedByType != event.causedByType {
      parts.append("another cause")
    }
    if known.apmTrace != event.apmTrace { parts.append("another trace") }
    if known.additionalMembers != event.additionalMembers {
      parts.append("other additional members")
    }
    if comparesData, known.data != event.data, known.data.value != event.data.value {
      parts.append("other data")
    }
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The event of a line; `nil` when it is blank.
  static func event(
    of content: UnsafeBufferPointer<UInt8>, _ line: Int, as format: EventFormat = .eventicle
  ) throws(EventFileError) -> Event? {
    func refuse(_ reason: String) -> EventFileError {
      EventFileError(line: line, column: nil, reason: reason)
    }
    guard content.contains(where: { !EventFormat.isSpace($0) }) else { return nil }
    guard content.count <= Limits.eventLineBytes else {
      throw refuse(
        "a line of events may have \(Limits.eventLineBytes) bytes, but this has \(content.count)")
    }
    let event: Event
    do throws(RecordError) {
      event = try format.event(of: content)
    } catch {
      throw EventFileError(
        line: line, column: error.offset.map { $0 + 1 }, reason: error.reason)
    }
    guard event.createdAt.isInCommonYears else {
      throw refuse("createdAt is \(event.createdAt), but moments lie in the years 1 to 9999")
    }
    guard event.data.utf8.count <= Limits.eventBytes else {
      throw refuse(
        "an event's data may have \(Limits.eventBytes) bytes, but this has "
          + "\(event.data.utf8.count)")
    }
    if let beside = event.additionalMembers, beside.utf8.count > Limits.eventBytes {
      throw refuse(
        "the members beside an event's own may have \(Limits.eventBytes) bytes, but these have "
          + "\(beside.utf8.count)")
    }
    return event
  }
}
