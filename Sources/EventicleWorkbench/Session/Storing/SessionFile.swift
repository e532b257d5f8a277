package import EventicleCore

/// Writes sessions to files, and tells such files from others.
package enum SessionFile {
  private static let title = "# \(TapeLine.domainTitle)"

  /// The command lines of a session, as a tape that reproduces it, up to the time on its clock.
  ///
  /// - Parameter remarks: Comment lines to add to the header.
  package static func tape(of session: Session, remarks: [String] = []) -> [UInt8] {
    Array((header(of: session) + remarks + session.linesToSave).map { $0 + "\n" }.joined().utf8)
  }

  /// The comment lines before the lines of a session: what it takes to run them again.
  package static func header(of session: Session) -> [String] {
    [
      "\(title)\(session.domain.name).",
      "# eventicle run THIS --domain \(session.domain.name) --at \(session.start) "
        + "--seed \(session.seed)",
    ]
  }

  /// What the header of a tape says about the session that wrote it.
  package struct Header: Hashable, Sendable {
    /// The name of the domain.
    package let domain: String
    /// The clock's time at the beginning; `nil` when the header does not say.
    package let start: Instant?
    /// The seed of generated ids; `nil` when the header does not say.
    package let seed: UInt64?
  }

  /// The header of a tape; `nil` when a person wrote the file, or another program.
  package static func header(of tape: [UInt8]) -> Header? {
    let beginning = String(decoding: tape.prefix(4_096), as: UTF8.self)
    let lines = beginning.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix(title), first.hasSuffix(".") else { return nil }
    let words = lines.count > 1 ? lines[1].split(separator: " ") : []
    func value(of flag: String) -> Substring? {
      guard let place = words.lastIndex(where: { $0 == flag }), place + 1 < words.count else {
        return nil
      }
      return words[place + 1]
    }
    return Header(
      domain: String(first.dropFirst(title.count).dropLast()),
      start: value(of: "--at").flatMap { Instant(parsing: $0) },
      seed: value(of: "--seed").flatMap { UInt64($0) })
  }

  /// Whether a file with this beginning is a tape or a file of events that a session wrote.
  package static func isOurs(_ beginning: [UInt8]) -> Bool {
    if header(of: beginning) != nil { return true }
    guard let line = beginning.split(separator: 0x0A, maxSplits: 1).first else { return false }
    return (try? EventReader.read(Array(line))) != nil
  }
}
