/// Counts what a drawing looked at, so that tests can hold its cost to what is on screen.
struct WorkMeter: Hashable, Sendable {
  /// How many events were read.
  var eventsRead = 0
  /// How many journal entries were read.
  var entriesRead = 0
  /// How many cells were written.
  var cellsWritten = 0
  /// The first line shown of the inspector, when it was asked for one past the end.
  var inspectTop: Int?
  /// The same for the aggregate pane.
  var aggregateTop: Int?
}
