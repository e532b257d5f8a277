/// Counts what a drawing looked at, so that tests can hold its cost to what is on screen.
struct WorkMeter: Hashable, Sendable {
  /// How many events were read.
  var eventsRead = 0
  /// How many journal entries were read.
  var entriesRead = 0
  /// How many cells were written.
  var cellsWritten = 0
}
