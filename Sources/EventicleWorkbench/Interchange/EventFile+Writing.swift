package import EventicleCore

extension EventFile {
  /// Writes the events of a log, one JSON object a line, in the form that ``read(_:isKnown:)``
  /// reads.
  package static func bytes(of log: EventLog) -> [UInt8] {
    var output: [UInt8] = []
    forEachBlock(of: log) { block, _ in
      output += block
      return true
    }
    return output
  }

  /// Hands out the events of a log in that form, in blocks of whole lines, until the body returns
  /// `false`.
  ///
  /// - Parameter body: Gets a block, and how many events are handed out with it.
  /// - Returns: How many events were handed out; fewer than there are when one could not be had,
  ///   behind which nothing is.
  @discardableResult
  package static func forEachBlock<Failure: Error>(
    of log: EventLog, _ body: ([UInt8], _ events: Int) throws(Failure) -> Bool
  ) throws(Failure) -> Int {
    var block: [UInt8] = []
    var count = 0
    while count < log.count, let event = log.event(at: Position(count + 1)) {
      block += event.json
      block.append(0x0A)
      count += 1
      guard block.count >= blockBytes else { continue }
      guard try body(block, count) else { return count }
      block.removeAll(keepingCapacity: true)
    }
    if !block.isEmpty { _ = try body(block, count) }
    return count
  }

  private static let blockBytes = 1 << 16
}
