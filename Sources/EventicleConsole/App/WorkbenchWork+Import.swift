import EventicleCore
import EventicleWorkbench

extension WorkbenchWork {
  /// Imports a file of events.
  ///
  /// - Parameter fromPipes: Whether it may also be a pipe, as of `--import <(zcat events.gz)`.
  static func importFile(_ path: String, fromPipes: Bool = false) -> WorkbenchWork {
    WorkbenchWork("import \(path)") { session, outlet in
      do throws(FileProblem) {
        let bytes = try Files.bytes(
          path, lineLimit: Limits.eventLineBytes, fromPipes: fromPipes)
        return importEvents(bytes, from: path, into: &session, outlet)
      } catch {
        return [.report(StatusMessage(error.text, .problem))]
      }
    }
  }

  /// Imports the bytes of a file of events.
  static func importEvents(_ bytes: [UInt8], from path: String?) -> WorkbenchWork {
    WorkbenchWork("import \(path ?? "events")") { session, outlet in
      importEvents(bytes, from: path, into: &session, outlet)
    }
  }

  /// The number of events after which an import looks whether it goes on.
  private static let portion = 256

  /// Reads and checks everything first, then imports it in portions and shows them.
  private static func importEvents(
    _ bytes: [UInt8], from path: String?, into session: inout Session, _ outlet: WorkbenchOutlet
  ) -> [Message] {
    let name = path.map { "reading \($0), KB" } ?? "reading events, KB"
    do throws(EventFileError) {
      let watch = session.watch
      let read = try session.beginImport(bytes, from: path) { done in
        watch.goesOn(WorkProgress(name, done: done / 1_024, of: bytes.count / 1_024))
      }
      guard var work = read else {
        return [.report(StatusMessage("the import was ended; nothing was imported", .warning))]
      }
      var isEnded = false
      while try session.continueImport(&work, events: portion) {
        if outlet.isDue() {
          session.showImported()
          outlet.show(session.notice())
        }
        let progress = WorkProgress("importing events", done: work.done, of: work.count)
        guard watch.goesOn(progress) else {
          isEnded = true
          break
        }
      }
      try session.endImport(work)
      return [.notice(session.notice()), .report(report(work, isEnded: isEnded, session))]
    } catch {
      return [.notice(session.notice()), .report(StatusMessage(error.description, .problem))]
    }
  }

  private static func report(
    _ work: ImportWork, isEnded: Bool, _ session: Session
  ) -> StatusMessage {
    guard isEnded else { return StatusMessage(session.lastImport?.description ?? "") }
    return StatusMessage(
      "the import was ended: \(work.done.grouped) of \(work.count.grouped) events are imported; "
        + "a saved tape imports them all", .warning)
  }
}
