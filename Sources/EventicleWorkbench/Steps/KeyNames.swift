/// The keys that messages of a session name, as a person presses them.
///
/// A console says which they are; without one they are the usual ones.
package struct KeyNames: Hashable, Sendable {
  /// Makes one delivery.
  package var deliver = "i"
  /// Fires the next timer.
  package var fire = "t"
  /// Opens the prompt for commands.
  package var command = ":"

  /// The usual keys.
  package init() {}
}
