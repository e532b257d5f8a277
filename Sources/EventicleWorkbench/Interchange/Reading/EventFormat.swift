import EventicleCore

/// How the lines of a file say events.
package enum EventFormat: Sendable, Hashable {
  /// As the first line looks.
  case detected
  /// An event in Eventicle's own form.
  case eventicle
  /// An envelope as `kcat -J` writes it.
  case kcat
  /// A record as Kafka's `kafka-console-consumer` prints it.
  case console
  /// What another tool writes, by the mapping of a project.
  case mapping(EventMapping)

  /// The formats that have names, for people to choose from.
  package static let named: [(name: String, format: EventFormat)] = [
    ("eventicle", .eventicle), ("kcat", .kcat), ("console", .console),
  ]

  /// The format of a file by one of its lines; `nil` when the line does not say, because it is blank
  /// or damaged.
  static func of(_ line: UnsafeBufferPointer<UInt8>) -> EventFormat? {
    guard let first = line.first(where: { !isSpace($0) }) else { return nil }
    guard first == 0x7B else { return line.contains(0x09) ? .console : nil }
    guard let members = (try? JSONBytes(scanning: Array(line)))?.memberTexts else { return nil }
    let names = Set(members.map(\.name))
    let isEvent = names.isSuperset(of: ["id", "type", "stream"])
    return !isEvent && names.isSuperset(of: ["topic", "partition", "offset"]) ? .kcat : .eventicle
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x09 }

  /// The event of a line that is not blank.
  ///
  /// - Throws: ``RecordError`` that says why there is none; its place is one of the line.
  func event(of line: UnsafeBufferPointer<UInt8>) throws(RecordError) -> Event {
    let text: [UInt8]
    switch self {
    case .detected, .eventicle:
      do throws(EventFormatError) { return try EventReader.read(line) } catch {
        throw RecordError(error.reason, at: error.offset)
      }
    case .kcat: text = try KafkaRecord(kcat: Array(line)).eventText()
    case .console: text = try KafkaRecord(console: Array(line)).eventText()
    case .mapping(let mapping): text = try mapping.eventText(of: Array(line))
    }
    do throws(EventFormatError) { return try EventReader.read(text) } catch {
      // Its place is one in the text that was made of the line.
      throw RecordError("no event comes of this: \(error.reason)")
    }
  }
}

/// Why what another tool wrote is no event.
struct RecordError: Error {
  let reason: String
  /// The place of the fault in bytes from the start of the line.
  var offset: Int?

  init(_ reason: String, at offset: Int? = nil) {
    (self.reason, self.offset) = (reason, offset)
  }

  init(_ error: JSONError) { self.init(error.reason, at: error.offset) }
}
