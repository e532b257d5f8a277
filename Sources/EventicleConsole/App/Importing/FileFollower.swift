package import EventicleCore
package import EventicleWorkbench

/// Takes the events of a growing file into a session as they come.
package final class FileFollower {
  /// What one look at the file led to.
  package struct Look {
    /// Whether events were taken.
    package var hasNews = false
    /// What a person should know, as a sentence without its full stop; `nil` for nothing new.
    package var remark: String?
    /// The lines that were passed over.
    package var bad: [BadLine] = []
    /// When to look again; `nil` when it is over, of which the remark gives the reason.
    package var next: Interval? = FileFollower.pause
  }

  /// The time between two looks at a file that has nothing new.
  private static let pause = Interval(milliseconds: 200)

  private let file: GrowingFile
  private let name: String
  private let badLines: BadLineFile?
  private var feed: EventFeed
  private var problem: String?
  private var hasLooked = false

  /// Follows a file from its beginning; it need not be there yet.
  ///
  /// - Parameter work: Which file, and how its events are taken.
  /// - Throws: ``FileProblem`` when it can be no file, or the file for bad lines cannot be used.
  package init(_ work: EventImport) throws(FileProblem) {
    if let problem = Self.refusal(of: work.path) { throw FileProblem(problem) }
    file = GrowingFile(work.path)
    name = EventImport.title(of: work.path)
    feed = EventFeed(work.options)
    badLines = if let path = work.badLines { try BadLineFile(path) } else { nil }
  }

  /// What is wrong with a path that is to be followed, as a sentence; `nil` when a file may be there.
  package static func refusal(of path: String) -> String? {
    guard path.isEmpty || path == "-" else { return nil }
    let given = path.isEmpty ? "an empty path" : "- for standard input"
    return "What is followed is a file, but \(given) is given; name the file."
  }

  /// The outcome so far, in words.
  package var summary: String {
    var parts = ["\(feed.count) \(feed.count == 1 ? "event" : "events") of \(name) taken"]
    if feed.known > 0 {
      parts.append("\(feed.known) \(feed.known == 1 ? "was" : "were") there already")
    }
    if feed.badCount > 0 {
      parts.append("\(feed.badCount) bad \(feed.badCount == 1 ? "line" : "lines") passed over")
    }
    return parts.joined(separator: "; ")
  }

  /// The outcome so far and the last position of the log, for other programs.
  package func json(_ session: Session) -> JSON {
    [
      "imported": .int(feed.count), "known": .int(feed.known), "skipped": .int(feed.badCount),
      "position": .int(session.head.log.count),
    ]
  }

  /// Looks what the file has more, and takes it; while a fork is in use, the file waits.
  package func look(_ session: inout Session) -> Look {
    guard session.forkInUse == nil else { return Look() }
    var look = Look()
    let reading: GrowingFile.Reading
    do throws(FileProblem) {
      reading = try file.read()
      problem = nil
    } catch {
      // It may be mended meanwhile; it is said once.
      if problem != error.text { look.remark = String(error.text.dropLast()) }
      problem = error.text
      return look
    }
    do throws(EventFileError) {
      if let change = reading.change {
        look.remark = said(of: change)
        try restart(after: change, &session, &look)
      } else if !hasLooked {
        look.remark =
          reading.bytes.isEmpty ? "\(name) has nothing yet; it is followed" : "\(name) is followed"
      }
      hasLooked = true
      guard !isPacked(reading) else {
        look.remark = "\(name) is packed with gzip, which cannot be followed; import it"
        look.next = nil
        return look
      }
      if !reading.bytes.isEmpty { try take(reading.bytes, into: &session, &look) }
    } catch {
      look.remark = "\(name), \(error.finding); it is not followed any more"
      look.next = nil
      return look
    }
    // Of a line that is too long nothing was held.
    let texts = look.bad.map(\.text).filter { !$0.isEmpty }
    do throws(FileProblem) { try badLines?.add(texts) } catch {
      look.remark = "\(error.text) \(name) is not followed any more"
      look.next = nil
      return look
    }
    if let first = look.bad.first {
      let rest = look.bad.count - 1
      look.remark =
        "\(name), \(first.error.finding); the line is passed over"
        + (rest > 0 ? ", and \(rest) more" : "")
    }
    if reading.hasMore { look.next = Interval(milliseconds: 0) }
    return look
  }

  /// Whether these are the first bytes of a packed file.
  private func isPacked(_ reading: GrowingFile.Reading) -> Bool {
    feed.bytesRead == 0 && reading.bytes.starts(with: GzipReader.mark)
  }

  private func take(
    _ bytes: [UInt8], into session: inout Session, _ look: inout Look, isLast: Bool = false
  ) throws(EventFileError) {
    let before = feed.count
    look.bad += try session.take(bytes, of: &feed, isLast: isLast)
    look.hasNews = look.hasNews || feed.count > before
  }

  /// Ends what was read, and begins with what is read from now on.
  private func restart(
    after change: GrowingFile.Change, _ session: inout Session, _ look: inout Look
  ) throws(EventFileError) {
    switch change {
    case .removed: return
    case .rewritten: break
    // The last line of a whole file may lack its end.
    case .appeared, .replaced: try take([], into: &session, &look, isLast: true)
    }
    feed.restart()
  }

  private func said(of change: GrowingFile.Change) -> String {
    switch change {
    case .appeared: "\(name) is there now; it is followed"
    case .replaced: "\(name) is another file now; it is read from its beginning"
    case .rewritten: "\(name) was cut short or written over; it is read from its beginning"
    case .removed: "\(name) is gone; what comes under its name is followed"
    }
  }
}
