import EventicleCore

/// Counts the lines of a file that are no events, besides one that is known.
package struct BadLineCount: Sendable {
  private var lines: EventLines
  private let known: Int
  /// How many there are.
  package private(set) var count = 0

  /// Begins to count.
  ///
  /// - Parameter known: The number of the line that is known to be bad.
  package init(_ format: EventFormat, besides known: Int) {
    lines = EventLines(format, passesLong: true)
    self.known = known
  }

  /// Looks at the next bytes of the file.
  package mutating func add(_ block: some Sequence<UInt8>) {
    lines.add(block)
    look()
  }

  /// Notes that no bytes follow.
  package mutating func finish() {
    lines.finish()
    look()
  }

  private mutating func look() {
    while true {
      do throws(EventFileError) {
        guard try lines.next() != nil else { return }
      } catch {
        if error.line != known { count += 1 }
      }
    }
  }
}
