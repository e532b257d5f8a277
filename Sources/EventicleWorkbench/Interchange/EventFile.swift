public import EventicleCore

/// Why a file of events cannot be imported; nothing of it is.
public struct EventFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The line number, from 1.
  public let line: Int
  /// The column in bytes, from 1; `nil` when the whole line is at fault.
  public let column: Int?
  /// What was expected and what was found.
  public let reason: String

  /// A sentence with the line, the column and the reason.
  public var description: String {
    let place = column.map { "line \(line), column \($0)" } ?? "line \(line)"
    return "\(place): \(reason). Nothing of the file was taken; mend the line and import again."
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

  static func repeated(_ event: Event, on line: Int, earlier: Int) -> EventFileError {
    EventFileError(
      line: line, column: nil, reason: "the id \(event.id) is the same as in line \(earlier)")
  }

  static func isThere(_ event: Event, on line: Int) -> EventFileError {
    EventFileError(
      line: line, column: nil, reason: "an event with the id \(event.id) is in the log already")
  }

  /// Checks one line of a file of events by itself; blank lines pass.
  ///
  /// - Parameter number: The number of the line, from 1.
  /// - Throws: As ``read(_:isKnown:)`` does for a line that is not an event.
  package static func check(
    _ line: UnsafeBufferPointer<UInt8>, number: Int
  ) throws(EventFileError) {
    let hasMark = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF])
    _ = try event(of: hasMark ? UnsafeBufferPointer(rebasing: line[3...]) : line, number)
  }

  /// The event of a line; `nil` when it is blank.
  static func event(
    of content: UnsafeBufferPointer<UInt8>, _ line: Int
  ) throws(EventFileError) -> Event? {
    func refuse(_ reason: String) -> EventFileError {
      EventFileError(line: line, column: nil, reason: reason)
    }
    guard content.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { return nil }
    guard content.count <= Limits.eventLineBytes else {
      throw refuse(
        "a line of events may have \(Limits.eventLineBytes) bytes, but this has \(content.count)")
    }
    let event: Event
    do throws(EventFormatError) {
      event = try EventReader.read(content)
    } catch {
      throw EventFileError(line: line, column: error.offset + 1, reason: error.reason)
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
