import EventicleCore
import EventicleWorkbench

extension WorkbenchWork {
  /// Imports a file of events, and shows them while it is read.
  ///
  /// - Parameter fromPipes: Whether it may also be a pipe, as of `--import <(zcat events.gz)`.
  static func importFile(_ path: String, fromPipes: Bool = false) -> WorkbenchWork {
    WorkbenchWork("import \(path)") { session, outlet in
      var run = ImportRun(session, from: path, outlet)
      do throws(FileProblem) {
        try Files.forEachBlock(path, fromPipes: fromPipes) { block, _, size in
          run.take(block, of: size, into: &session)
        }
        return run.end(&session)
      } catch {
        return run.abandon(&session, error.text)
      }
    }
  }

  /// Imports the bytes of a file of events.
  static func importEvents(_ bytes: [UInt8], from path: String?) -> WorkbenchWork {
    WorkbenchWork("import \(path ?? "events")") { session, outlet in
      var run = ImportRun(session, from: path, outlet)
      _ = run.take(bytes[...], of: bytes.count, into: &session)
      return run.end(&session)
    }
  }
}

/// One import on the thread of the workbench: takes blocks, shows events, says how far it is.
private struct ImportRun {
  private var work: ImportWork
  private let outlet: WorkbenchOutlet
  private let activity: String
  private var size: Int?
  private var isEnded = false
  private var problem: EventFileError?

  /// The number of events after which an import looks whether it goes on.
  private static let portion = 256

  init(_ session: Session, from path: String?, _ outlet: WorkbenchOutlet) {
    work = session.beginImport(from: path)
    // The name alone, so that the counts after it are seen.
    let name = path.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    activity = "importing \(name ?? "events"), KB"
    self.outlet = outlet
  }

  /// Takes a block of a file.
  ///
  /// - Returns: Whether to go on.
  mutating func take(
    _ block: ArraySlice<UInt8>, of size: Int?, into session: inout Session
  ) -> Bool {
    self.size = size
    work.add(block)
    return takeEvents(&session)
  }

  private mutating func takeEvents(_ session: inout Session) -> Bool {
    do throws(EventFileError) {
      while try session.continueImport(&work, events: Self.portion) {
        // The first events are shown at once.
        if outlet.isDue() || work.done == Self.portion {
          session.showImported()
          outlet.show(session.notice())
        }
        let progress = WorkProgress(
          activity, done: work.bytesRead / 1_024, of: size.map { $0 / 1_024 })
        guard session.watch.goesOn(progress) else {
          isEnded = true
          return false
        }
      }
      return true
    } catch {
      problem = error
      return false
    }
  }

  /// Ends the import, and says how it went.
  mutating func end(_ session: inout Session) -> [Message] {
    if problem == nil, !isEnded {
      work.finish()
      _ = takeEvents(&session)
    }
    do throws(EventFileError) {
      if let problem { throw problem }
      try session.endImport(work)
      return [.notice(session.notice()), .report(report(session))]
    } catch {
      return [.notice(session.notice()), .report(StatusMessage(error.description, .problem))]
    }
  }

  /// Takes back what was imported of a file that cannot be read to its end.
  func abandon(_ session: inout Session, _ reason: String) -> [Message] {
    session.takeBack(work)
    return [.notice(session.notice()), .report(StatusMessage(reason, .problem))]
  }

  private func report(_ session: Session) -> StatusMessage {
    guard isEnded else { return StatusMessage(session.lastImport?.description ?? "") }
    return StatusMessage(
      "the import was ended: \(work.done.grouped) \(work.done == 1 ? "event is" : "events are") "
        + "imported; a saved tape imports the whole file", .warning)
  }
}
