/// Counts what drawing reads and writes, so that tests can bound its cost by the screen size.
struct WorkMeter: Hashable, Sendable {
  /// The number of events read.
  var eventsRead = 0
  /// The number of journal entries read.
  var entriesRead = 0
  /// The number of cells written.
  var cellsWritten = 0
  /// The first line that the inspector shows, when it was asked to scroll past the end.
  var inspectTop: Int?
  /// The first line that the aggregate pane shows, when it was asked to scroll past the end.
  var aggregateTop: Int?
}
