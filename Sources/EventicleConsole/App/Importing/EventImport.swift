package import EventicleCore
package import EventicleWorkbench

/// An import of a file or a stream of events into a session, in bounded memory where a store keeps it.
///
/// A file is looked at whole before the first event is kept for good. What comes through a pipe is put
/// in a file beside the store for that, unless bad lines are passed over.
package struct EventImport {
  /// Why an import came to no end; nothing of it is taken unless the text says so.
  package enum Problem: Error {
    /// The file, or the one for bad lines, cannot be used.
    case file(FileProblem)
    /// A line cannot be taken.
    case line(EventFileError, of: String)

    /// A sentence with the file.
    package var text: String {
      switch self {
      case .file(let problem): problem.text
      case .line(let error, let name): "\(name), \(error)"
      }
    }
  }

  /// How an import went that did not fail.
  package enum Outcome: Sendable {
    case done
    /// Somebody ended it; what was imported before stays.
    case ended
  }

  /// The file; `-` is standard input where streams may be read.
  let path: String
  /// What is read instead of the file, when it is in memory already.
  var content: [UInt8]?
  var options: ImportOptions
  /// The file for bad lines; `nil` takes none.
  var badLines: String?
  /// Whether a stream may be read.
  var fromPipes = false
  /// The store that keeps the session.
  var store: String?
  /// Hears how far it is, and says whether to go on.
  var goesOn: (WorkProgress) -> Bool = { _ in true }
  /// Called after each portion of events.
  var afterPortion: (inout Session, ImportWork) -> Void = { _, _ in }

  /// The number of events after which it is looked whether to go on.
  static let portion = 256
  /// The number of events that a store is given at a time.
  static let batch = 65_536

  /// An import as a line or the command line asks for it.
  ///
  /// - Parameters:
  ///   - file: What to import, and how.
  ///   - reaction: Who reacts to the events.
  /// - Throws: ``FileProblem`` for a format that is not known.
  package init(
    _ file: ImportedFile, reaction: ImportReaction = .viewsOnly
  ) throws(FileProblem) {
    path = file.path
    badLines = file.badLines
    options = ImportOptions()
    options.reaction = reaction
    options.skipsBadLines = badLines != nil
    options.line = file.description
    if let name = file.format { options.format = try ProjectFile.format(named: name) }
  }

  /// Lets it read streams, with what is kept in a store, and say how far it is.
  package mutating func use(store: String?, goesOn: @escaping (WorkProgress) -> Bool) {
    (fromPipes, self.store, self.goesOn) = (true, store, goesOn)
  }

  // MARK: - Importing

  /// Imports all events.
  ///
  /// ``Session/lastImport`` has the full outcome.
  ///
  /// - Throws: ``Problem``; nothing of the file is taken then, or what its sentence says.
  package func run(_ session: inout Session) throws(Problem) -> Outcome {
    var bad: BadLineFile?
    do throws(Problem) {
      var file: InputFile
      do throws(FileProblem) {
        if let content {
          file = InputFile(content, named: path)
        } else {
          file = try InputFile(path, fromPipes: fromPipes)
        }
        if let badLines { bad = try BadLineFile(badLines) }
      } catch {
        throw .file(error)
      }
      if store != nil, !options.skipsBadLines {
        guard let checked = try checked(file, for: session) else { return .ended }
        file = checked
      }
      return try take(file, bad, into: &session)
    } catch {
      bad?.abandon()
      guard case .line(var line, let name) = error else { throw error }
      line.more = moreBadLines(than: line)
      throw .line(line, of: name)
    }
  }

  /// How many lines of a file are no events besides one that is known, where all would have to be
  /// mended; 0 for a stream, which is gone.
  private func moreBadLines(than error: EventFileError) -> Int {
    guard !options.skipsBadLines, error.taken == 0, content == nil,
      let file = try? InputFile(path)
    else { return 0 }
    var bad = BadLineCount(options.format, besides: error.line)
    let hears = goesOn
    var isWhole = true
    do throws(FileProblem) {
      try file.forEachBlock { block, _, _ throws(FileProblem) in
        bad.add(block)
        isWhole = hears(WorkProgress("counting bad lines", done: bad.count))
        return isWhole
      }
    } catch { return 0 }
    bad.finish()
    return isWhole ? bad.count : 0
  }

  /// Looks at all lines first.
  ///
  /// - Returns: The file, at its beginning; `nil` when somebody ended it.
  private func checked(
    _ input: InputFile, for session: Session
  ) throws(Problem) -> InputFile? {
    let title = Self.title(of: input.name)
    let reading = WorkProgress("reading \(title), KB", done: 0)
    let hears = goesOn
    var check = ImportCheck(session, options.format)
    var problem: EventFileError?
    var isEnded = false
    do throws(FileProblem) {
      guard
        let file = try input.spooled(beside: store ?? path, goesOn: { hears(reading) })
      else { return nil }
      var isWell = false
      while !isWell, problem == nil, !isEnded {
        try file.forEachBlock(limit: .max) { block, _, size throws(FileProblem) in
          do throws(EventFileError) { try check.add(block) } catch { problem = error }
          isEnded = !hears(
            WorkProgress(
              "checking \(title), KB", done: check.bytesRead / 1_024,
              of: size.map { $0 / 1_024 }))
          return problem == nil && !isEnded
        }
        file.rewind()
        guard problem == nil, !isEnded else { break }
        do throws(EventFileError) { isWell = try check.finish() } catch { problem = error }
      }
      if problem == nil { return isEnded ? nil : file }
    } catch {
      throw .file(error)
    }
    if let problem { throw .line(problem, of: input.name) }
    return nil
  }

  /// The name of a file without its folders, so that the counts after it are seen.
  static func title(of name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }
}
