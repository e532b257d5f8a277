/// Watches long work: hears between two steps how far it is, and answers whether it goes on.
///
/// Work that is told to stop ends at the boundary of a step; what it did until then is kept.
package struct WorkWatch: Sendable {
  private let report: (@Sendable (() -> WorkProgress) -> Bool)?

  /// A watch that lets everything go on.
  package static let none = WorkWatch(report: nil)

  private init(report: (@Sendable (() -> WorkProgress) -> Bool)?) { self.report = report }

  /// Creates a watch.
  ///
  /// - Parameter report: Called after every part of the work, so it must be cheap; returns `false`
  ///   to end the work.
  package init(_ report: @escaping @Sendable (WorkProgress) -> Bool) {
    self.report = { report($0()) }
  }

  /// Creates a watch that makes a progress only when it shows one, which costs a text.
  ///
  /// - Parameter report: Called after every part of the work with the way to its progress; returns
  ///   `false` to end the work.
  package init(asking report: @escaping @Sendable (() -> WorkProgress) -> Bool) {
    self.report = report
  }

  /// Reports progress and answers whether the work goes on.
  package func goesOn(_ progress: @autoclosure () -> WorkProgress) -> Bool {
    guard let report else { return true }
    return report({ progress() })
  }
}
