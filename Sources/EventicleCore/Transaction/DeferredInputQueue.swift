/// What handlers ask for from outside of their step, to be done after it.
///
/// It is as much part of the step as what the step writes: what is taken back deferred for nothing.
package protocol DeferredInputQueue: AnyObject, Sendable {
  /// How much was asked for and waits.
  var count: Int { get }
  /// Drops all but the first so many and what is kept for good.
  func drop(after count: Int)
  /// Keeps what comes after the first so many, whatever is dropped later.
  func keep(after count: Int)
}
