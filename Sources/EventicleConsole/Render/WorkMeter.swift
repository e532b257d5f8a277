/// Counts what a piece of work looked at and ran, so that tests can hold its cost.
struct WorkMeter: Hashable, Sendable {
  /// How many events were read.
  var eventsRead = 0
  /// How many journal entries were read.
  var entriesRead = 0
  /// How many cells were written.
  var cellsWritten = 0
  /// How many times a reducer or a handler ran; no drawing runs one.
  var handlerCalls = 0
}
