import EventicleCore
import EventicleHost
import EventicleWorkbench

/// Shows how long a handler in another program is waited for, and lets ^C end the wait.
final class ProgramWatch: HandlerWatch {
  private let answers: WorkOutlet<WorkbenchAnswer>
  private let kind: Int

  /// From when on a wait is shown.
  private static let patience = Interval(milliseconds: 250)

  /// - Parameter kind: The kind of answers among which only the newest counts.
  init(_ answers: WorkOutlet<WorkbenchAnswer>, replacing kind: Int) {
    self.answers = answers
    self.kind = kind
  }

  func stillWaiting(_ handler: HandlerID, for waited: Interval) -> Bool {
    guard answers.goesOn else { return false }
    if waited >= Self.patience {
      let tenths = waited.milliseconds / 100
      let progress = WorkProgress(
        "waiting for \(handler) \(tenths / 10).\(tenths % 10) s", done: 0)
      answers.put(.message(.progress(progress, elapsed: waited)), replacing: kind)
    }
    return true
  }
}
