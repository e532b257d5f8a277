/// Which consumers react to imported events besides the views.
public enum ImportReaction: Sendable {
  /// No others: the events are history, also for a group that is paused or behind and continues
  /// later.
  case viewsOnly
  /// Sagas and adapters too, as if the events happened now.
  case everybody
}
