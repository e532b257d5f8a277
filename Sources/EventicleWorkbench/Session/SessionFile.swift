import EventicleCore

/// Writes sessions to files.
package enum SessionFile {
  /// The command lines of a session, as a tape that reproduces it.
  package static func tape(of session: Session) -> [UInt8] {
    let header = [
      "# A tape of the domain \(session.domain.name).",
      "# eventicle run THIS --domain \(session.domain.name) --at \(session.start) "
        + "--seed \(session.seed)",
    ]
    return Array((header + session.tape).map { $0 + "\n" }.joined().utf8)
  }
}
