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
  package static func forEachBlock<Failure: Error>(
    of log: EventLog, _ body: ([UInt8], _ events: Int) throws(Failure) -> Bool
  ) throws(Failure) {
    var block: [UInt8] = []
    for number in 1..<(log.count + 1) {
      guard let event = log.event(at: Position(number)) else { continue }
      block += event.json
      block.append(0x0A)
      guard block.count >= blockBytes || number == log.count else { continue }
      guard try body(block, number) else { return }
      block.removeAll(keepingCapacity: true)
    }
  }

  private static let blockBytes = 1 << 16
}
