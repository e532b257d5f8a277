import EventicleCore

/// Reads the events of a file whose bytes arrive in blocks.
struct EventLines: Sendable {
  private var bytes: [UInt8] = []
  /// The index of the first byte that has not been read.
  private var start = 0
  /// The index before which no line feed was found behind ``start``.
  private var searched = 0
  /// The number of bytes of blocks that are used up.
  private var dropped = 0
  private var hasAll = false
  /// Whether a line that is too long is passed over before its end is there.
  private let passesLong: Bool
  /// Whether what comes up to the next line feed belongs to such a line.
  private var isInLongLine = false
  /// The number of the last line that was read, from 1.
  private(set) var line = 0
  /// How the lines say events; found out at the first line when nobody knows.
  private var format: EventFormat
  /// Where the last line that was read is.
  private var last = 0..<0

  /// Begins with the first line.
  ///
  /// - Parameter passesLong: Whether a line that is too long is passed over before its end is there,
  ///   so that it need not be held.
  init(_ format: EventFormat = .detected, passesLong: Bool = false) {
    (self.format, self.passesLong) = (format, passesLong)
  }

  /// The bytes of the last line that was read, without its end.
  ///
  /// They are there until bytes are added.
  var text: ArraySlice<UInt8> { bytes[last] }

  /// The number of bytes that have been read.
  var bytesRead: Int { dropped + start }

  /// Adds the next bytes of the file.
  mutating func add(_ block: some Sequence<UInt8>) {
    bytes.removeFirst(start)
    searched = max(0, searched - start)
    (dropped, start, last) = (dropped + start, 0, 0..<0)
    bytes += block
  }

  /// Notes that no bytes follow, so that the last line needs no end.
  mutating func finish() { hasAll = true }

  /// The event of the next line that is there as a whole; blank lines are passed over.
  ///
  /// - Returns: `nil` when more bytes are needed, or everything is read.
  /// - Throws: ``EventFileError`` for a line that is not an event; the next call goes on behind it,
  ///   unless the line has no end.
  mutating func next() throws(EventFileError) -> Event? {
    while start < bytes.count {
      if isInLongLine {
        let end = endOfLine()
        (start, isInLongLine) = (end.map { $0 + 1 } ?? bytes.count, end == nil)
        searched = start
        continue
      }
      if line == 0, bytes[start...].starts(with: Self.mark) { start += Self.mark.count }
      guard let end = endOfLine() ?? (hasAll ? bytes.count : nil) else {
        searched = bytes.count
        guard bytes.count - start > Limits.eventLineBytes else { return nil }
        if passesLong {
          line += 1
          (start, last, isInLongLine) = (bytes.count, 0..<0, true)
        }
        throw EventFileError(
          line: passesLong ? line : line + 1, column: nil,
          reason: "a line of events may have \(Limits.eventLineBytes) bytes, but this has more")
      }
      line += 1
      last = start..<end
      start = min(end + 1, bytes.count)
      let (number, range) = (line, last)
      if case .detected = format {
        let found = bytes.withUnsafeBufferPointer { buffer in
          EventFormat.of(UnsafeBufferPointer(rebasing: buffer[range]))
        }
        if let found { format = found }
      }
      let form = format
      let result = bytes.withUnsafeBufferPointer { buffer in
        Result<Event?, EventFileError> { () throws(EventFileError) in
          try EventFile.event(of: UnsafeBufferPointer(rebasing: buffer[range]), number, as: form)
        }
      }
      if let event = try result.get() { return event }
    }
    return nil
  }

  /// The index of the next line feed; looks at eight bytes at a time.
  private func endOfLine() -> Int? {
    bytes.withUnsafeBytes { bytes in
      var place = max(start, searched)
      let ones: UInt64 = 0x0101_0101_0101_0101
      while place + 8 <= bytes.count {
        let word = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        let feeds = word ^ ones &* 0x0A
        // The lowest high bit is set where the first zero is.
        let zeros = (feeds &- ones) & ~feeds & (ones &* 0x80)
        if zeros != 0 { return place + (zeros.trailingZeroBitCount >> 3) }
        place += 8
      }
      return bytes[place...].firstIndex(of: 0x0A)
    }
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
