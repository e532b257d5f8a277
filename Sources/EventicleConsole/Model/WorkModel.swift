import EventicleCore
import EventicleWorkbench

/// What the workbench does for the console, as the message row tells it.
struct WorkModel: Hashable, Sendable {
  /// The work that runs and the work that waits for it.
  struct Queue: Hashable, Sendable {
    /// The line that runs, or the name of other work; `nil` when nothing runs.
    var running: String?
    /// The number of lines that wait for it.
    var waiting = 0
  }

  private(set) var queue = Queue()
  /// How far the work is; `nil` until it says so.
  private(set) var progress: WorkProgress?
  /// How long it has run when it said so.
  private(set) var elapsed = Interval(milliseconds: 0)
  /// Whether it was told to end.
  var isEnding = false

  /// Whether something runs that a person asked for.
  var isRunning: Bool { queue.running != nil }

  /// Takes what runs and waits now.
  mutating func take(_ queue: Queue) {
    if queue.running != self.queue.running || queue.waiting < self.queue.waiting {
      progress = nil
      isEnding = false
    }
    self.queue = queue
  }

  /// Takes how far the work is.
  mutating func take(_ progress: WorkProgress, elapsed: Interval) {
    guard isRunning else { return }
    self.progress = progress
    self.elapsed = elapsed
  }

  /// A line for the message row; `nil` when nothing runs.
  var text: String? {
    guard let running = queue.running else { return nil }
    var parts = progress.map { WorkModel.parts($0, elapsed) } ?? [running + " runs"]
    switch queue.waiting {
    case 0: break
    case 1: parts.append("1 line waits")
    default: parts.append("\(queue.waiting) lines wait")
    }
    parts.append(isEnding ? "ending" : "^C ends it")
    return parts.joined(separator: " · ")
  }

  /// What is done, how much of it, and the time that the rest takes at this rate.
  static func parts(_ progress: WorkProgress, _ elapsed: Interval) -> [String] {
    guard let total = progress.total, total > 0 else {
      return progress.done == 0 ? [progress.activity] : [progress.activity, progress.done.grouped]
    }
    var parts = [progress.activity, "\(progress.done.grouped) of \(total.grouped)"]
    if progress.done > 0, progress.done <= total, elapsed.milliseconds >= 500 {
      let rest =
        Double(elapsed.milliseconds) / Double(progress.done) * Double(total - progress.done)
      let seconds = Int(rest / 1_000) + 1
      parts.append(seconds < 100 ? "\(seconds) s left" : "\((seconds + 59) / 60) min left")
    }
    return parts
  }
}
