/// Watches long work: hears between two steps how far it is, and answers whether it goes on.
///
/// Work that is told to stop ends at the boundary of a step; what it did until then is kept. At such
/// a boundary it also shows what is there already.
package struct WorkWatch: Sendable {
  private let report: (@Sendable (() -> WorkProgress) -> Bool)?
  private let showing: Showing?

  /// Shows moments before the work is over.
  package struct Showing: Sendable {
    let isDue: @Sendable () -> Bool
    let show: @Sendable (SessionNotice) -> Void

    /// Creates a way to show moments.
    ///
    /// - Parameters:
    ///   - isDue: Called after every step, so it must be cheap. What it answers `true` for costs a
    ///     copy of what the next steps change.
    ///   - show: Shows a moment; the next one takes its place.
    package init(
      isDue: @escaping @Sendable () -> Bool, show: @escaping @Sendable (SessionNotice) -> Void
    ) {
      self.isDue = isDue
      self.show = show
    }
  }

  /// How many small steps of work that looks at history are done between two questions.
  static let interval = 256

  /// A watch that lets everything go on.
  package static let none = WorkWatch(report: nil)

  private init(report: (@Sendable (() -> WorkProgress) -> Bool)?) {
    self.report = report
    showing = nil
  }

  /// Creates a watch.
  ///
  /// - Parameter report: Called after every part of the work, so it must be cheap; returns `false`
  ///   to end the work.
  package init(_ report: @escaping @Sendable (WorkProgress) -> Bool) {
    self.report = { report($0()) }
    showing = nil
  }

  /// Creates a watch that makes a progress only when it shows one, which costs a text.
  ///
  /// - Parameters:
  ///   - report: Called after every part of the work with the way to its progress; returns `false`
  ///     to end the work.
  ///   - showing: Shows moments on the way; by default none.
  package init(
    asking report: @escaping @Sendable (() -> WorkProgress) -> Bool,
    showing: Showing? = nil
  ) {
    self.report = report
    self.showing = showing
  }

  /// Reports progress and answers whether the work goes on.
  package func goesOn(_ progress: @autoclosure () -> WorkProgress) -> Bool {
    guard let report else { return true }
    return report({ progress() })
  }

  /// Whether a moment before the end of the work is to be shown.
  func isDue() -> Bool { showing?.isDue() ?? false }

  /// Shows a moment before the end of the work.
  func show(_ notice: SessionNotice) { showing?.show(notice) }
}
