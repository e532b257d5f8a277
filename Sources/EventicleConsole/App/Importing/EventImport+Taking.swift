import EventicleCore
import EventicleWorkbench

extension EventImport {
  /// Takes the events of a file, and keeps them for good a batch at a time where there is a store.
  ///
  /// - Parameter bad: The file for bad lines.
  func take(
    _ file: InputFile, _ bad: BadLineFile?, into session: inout Session
  ) throws(Problem) -> Outcome {
    var work = session.beginImport(options)
    var problem: EventFileError?
    var isEnded = false
    let title = Self.title(of: file.name)
    let hears = goesOn

    func portions(_ size: Int?) throws(FileProblem) -> Bool {
      var isMore = true
      while isMore {
        do throws(EventFileError) {
          isMore = try session.continueImport(&work, events: Self.portion)
        } catch {
          problem = error
          return false
        }
        // Before their neighbours are kept, so that no line is lost between the two.
        try bad?.add(work.takeBadLines().map(\.text))
        if store != nil, work.done - work.kept >= Self.batch {
          do throws(EventFileError) { try session.keepImported(&work) } catch {
            problem = error
            return false
          }
        }
        afterPortion(&session, work)
        isEnded = !hears(
          WorkProgress(
            "importing \(title), KB", done: work.bytesRead / 1_024, of: size.map { $0 / 1_024 }))
        guard !isEnded else { return false }
      }
      return true
    }

    do throws(FileProblem) {
      let waiting = WorkProgress("waiting for \(title), KB", done: 0)
      try file.forEachBlock(
        limit: store == nil ? Limits.fileBytes : .max,
        goesOn: {
          isEnded = !hears(waiting)
          return !isEnded
        }
      ) { block, _, size throws(FileProblem) in
        work.add(block)
        return try portions(size)
      }
      if problem == nil, !isEnded {
        work.finish()
        _ = try portions(file.size)
      }
      if problem == nil { try bad?.finish() }
    } catch {
      session.takeBack(work)
      guard work.kept > 0 else { throw .file(error) }
      throw .file(
        FileProblem(
          "\(error.text) The first \(work.kept) \(work.kept == 1 ? "event is" : "events are") "
            + "imported; importing the file again goes on there."))
    }
    if let problem { throw .line(problem, of: file.name) }
    do throws(EventFileError) { try session.endImport(work) } catch {
      throw .line(error, of: file.name)
    }
    return isEnded ? .ended : .done
  }
}
