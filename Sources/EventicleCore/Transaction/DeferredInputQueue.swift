/// Inputs that handlers defer during a step, to be processed after it.
///
/// They are as much part of the step as its writes: rolling back drops them.
package protocol DeferredInputQueue: AnyObject, Sendable {
  /// The number of deferred inputs that wait.
  var count: Int { get }
  /// Drops the inputs after the first `count`, except those kept for good.
  func drop(after count: Int)
  /// Keeps the inputs after the first `count` for good, whatever is dropped later.
  func keep(after count: Int)
}
