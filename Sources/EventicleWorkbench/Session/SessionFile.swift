import EventicleCore

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
}
