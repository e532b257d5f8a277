/// Counts what a piece of work reads, writes and runs, so that tests can bound its cost.
struct WorkMeter: Hashable, Sendable {
  /// The number of events read.
  var eventsRead = 0
  /// The number of journal entries read.
  var entriesRead = 0
  /// The number of cells written.
  var cellsWritten = 0
  /// How many times a reducer or a handler ran; no drawing runs one.
  var handlerCalls = 0
}
