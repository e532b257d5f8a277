/// What of a session is written to files.
package enum SessionFile {
  /// The command lines that led here, as a tape that does it all again.
  package static func tape(of session: Session) -> [UInt8] {
    let header = [
      "# A tape of the domain \(session.domain.name).",
      "# eventicle run THIS --domain \(session.domain.name) --at \(session.start) "
        + "--seed \(session.seed)",
    ]
    return Array((header + session.tape).map { $0 + "\n" }.joined().utf8)
  }

  /// The events, one JSON object a line, which an import takes in again.
  package static func events(of session: Session) -> [UInt8] {
    var output: [UInt8] = []
    let log = session.head.log
    for number in 1..<(log.count + 1) {
      guard let event = log.event(at: Position(number)) else { continue }
      output += event.json
      output.append(0x0A)
    }
    return output
  }
}
