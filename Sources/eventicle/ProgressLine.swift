import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A line on the terminal that says how far long work is; nothing where standard error is none.
final class ProgressLine {
  private let isShown = isatty(2) == 1
  private var next = 0.0
  /// The number of characters of the line that is there.
  private var length = 0

  /// Shows a progress, a few times a second.
  func show(_ progress: WorkProgress) {
    guard isShown, Measurement.now() >= next else { return }
    next = Measurement.now() + 0.2
    write("\(progress.activity) \(progress.done)\(progress.total.map { " of \($0)" } ?? "")")
  }

  /// Takes the line away.
  func clear() {
    guard length > 0 else { return }
    write("")
    Output.progress("")
  }

  private func write(_ text: String) {
    let rest = String(repeating: " ", count: max(0, length - text.count))
    Output.progress(text + rest)
    length = text.count
  }
}
