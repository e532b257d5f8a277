package import EventicleCore

extension EventFile {
  /// Writes the events of a log, one JSON object a line, in the form that ``read(_:isKnown:)``
  /// reads.
  package static func bytes(of log: EventLog) -> [UInt8] {
    var output: [UInt8] = []
    for number in 1..<(log.count + 1) {
      guard let event = log.event(at: Position(number)) else { continue }
      output += event.json
      output.append(0x0A)
    }
    return output
  }
}
