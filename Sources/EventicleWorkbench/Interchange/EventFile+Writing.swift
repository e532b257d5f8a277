package import EventicleCore

extension EventFile {
  /// The events of a log, one JSON object a line, which ``read(_:isKnown:)`` takes in again.
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
