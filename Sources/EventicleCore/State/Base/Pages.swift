/// What a world asks for that is not resident: the store behind it answers.
///
/// Nothing here throws. An answer that cannot be had is empty, and ``fault`` then stays set until
/// the store is read again; whoever decides on an answer asks for the fault first.
package protocol Pages: AnyObject, Sendable {
  /// The first failure since the store was last read; `nil` when there was none.
  var fault: StoreFault? { get }
}
