import EventicleCore
import EventicleWorkbench

extension WorkbenchWork {
  /// Imports a file of events, and shows them while it is read.
  ///
  /// - Parameters:
  ///   - files: What is known of the session's files, the store among them.
  ///   - fromPipes: Whether it may also be a pipe, as of `--import <(zcat events.gz)`.
  static func importFile(
    _ file: ImportedFile, _ files: OpenFiles? = nil, fromPipes: Bool = false
  ) -> WorkbenchWork {
    WorkbenchWork("import \(file.path)") { session, outlet in
      do throws(FileProblem) {
        var work = try EventImport(file)
        work.fromPipes = fromPipes
        work.store = files?.withFiles(\.store)
        return run(work, &session, outlet)
      } catch {
        return [.report(StatusMessage(error.text, .problem))]
      }
    }
  }

  private static func run(
    _ work: EventImport, _ session: inout Session, _ outlet: WorkbenchOutlet
  ) -> [Message] {
    var work = work
    let watch = session.watch
    work.goesOn = { watch.goesOn($0) }
    var showsFirst = true
    work.afterPortion = { session, work in
      // The first events are shown at once, however many a block of the file has.
      guard outlet.isDue() || showsFirst && work.done > 0 else { return }
      showsFirst = false
      session.showImported()
      outlet.show(session.notice())
    }
    let before = session.head.log.count
    do throws(EventImport.Problem) {
      let outcome = try work.run(&session)
      let count = session.head.log.count - before
      return [.notice(session.notice()), .report(report(session, outcome, count))]
    } catch {
      let text =
        switch error {
        case .file(let problem): problem.text
        case .line(let error, _): error.description
        }
      return [.notice(session.notice()), .report(StatusMessage(text, .problem))]
    }
  }

  private static func report(
    _ session: Session, _ outcome: EventImport.Outcome, _ count: Int
  ) -> StatusMessage {
    guard outcome == .ended else {
      guard let report = session.lastImport else { return StatusMessage("") }
      guard let reason = report.reasons.first else { return StatusMessage(report.description) }
      return StatusMessage("\(report); \(reason.finding)", .warning)
    }
    return StatusMessage(
      "the import was ended: \(count.grouped) \(count == 1 ? "event is" : "events are") "
        + "imported; importing the file again goes on", .warning)
  }

  /// Imports the bytes of a file of events.
  static func importEvents(_ bytes: [UInt8], from path: String?) -> WorkbenchWork {
    WorkbenchWork("import \(path ?? "events")") { session, outlet in
      do throws(FileProblem) {
        var work = try EventImport(ImportedFile(path ?? "events"))
        work.content = bytes
        if path == nil { work.options.line = nil }
        return run(work, &session, outlet)
      } catch {
        return [.report(StatusMessage(error.text, .problem))]
      }
    }
  }
}
