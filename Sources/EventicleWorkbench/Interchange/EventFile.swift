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
    try read(bytes, isKnown: known, goesOn: { _ in true }) ?? []
  }

  /// Reads all events of a file, as long as it is told to go on.
  ///
  /// - Parameter goesOn: Called now and then with the number of bytes read; returns `false` to end.
  /// - Returns: `nil` when it was ended.
  static func read(
    _ bytes: [UInt8], isKnown known: (Event) -> Bool, goesOn: (Int) -> Bool
  ) throws(EventFileError) -> [Event]? {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result<[Event]?, EventFileError> { () throws(EventFileError) in
        try read(buffer, isKnown: known, goesOn: goesOn)
      }
    }
    return try result.get()
  }

  private static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, isKnown known: (Event) -> Bool, goesOn: (Int) -> Bool
  ) throws(EventFileError) -> [Event]? {
    var events: [Event] = []
    var seen: [Workspace: [EventID: Int]] = [:]
    var start = 0
    var line = 0
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      line += 1
      if line % linesBetweenReports == 0, !goesOn(start) { return nil }
      defer { start = end + 1 }
      let content = UnsafeBufferPointer(rebasing: bytes[start..<end])
      guard let event = try event(of: content, line) else { continue }
      if let earlier = seen[event.workspace, default: [:]].updateValue(line, forKey: event.id) {
        throw EventFileError(
          line: line, column: nil,
          reason: "the id \(event.id) is the same as in line \(earlier)")
      }
      if known(event) {
        throw EventFileError(
          line: line, column: nil, reason: "an event with the id \(event.id) is in the log already")
      }
      events.append(event)
    }
    return events
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
  private static func event(
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
  private static let linesBetweenReports = 64

  /// The line number, from 1, of the event with an index from 0; blank lines contain no event.
  static func line(ofEvent index: Int, in bytes: [UInt8]) -> Int {
    var (line, events) = (0, 0)
    for content in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      guard content.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
      if events == index { break }
      events += 1
    }
    return line
  }
}
