extension World {
  /// Appends a new event that names neither an id nor a cause, at the clock's instant and under the
  /// next id.
  ///
  /// - Parameters:
  ///   - event: The event as it was given; read in place, because copying it costs more than the
  ///     rest.
  ///   - aggregate: The type of the aggregates whose events are in the stream.
  @inline(__always)
  mutating func append(
    new event: UnsafePointer<NewEvent>, to stream: StreamName, from source: String,
    _ aggregate: String?, by entry: Int
  ) {
    if origins.count > log.count { origins.truncate(to: log.count) }
    let (high, low) = ids.nextUUIDWords(at: clock)
    log.append(new: event, high, low, to: stream, from: source, at: clock)
    origins.append(Int32(truncatingIfNeeded: entry))
    if let aggregate, let id = event.pointee.domainID {
      histories.append(.logged(log.last), to: AggregateKey(aggregate, id), logCount: log.count)
    } else {
      histories.forgetHidden()
    }
  }
}
