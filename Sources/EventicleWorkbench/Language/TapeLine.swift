import EventicleCore

/// One line of a tape.
package struct TapeLine: Hashable, Sendable {
  /// Its number in the file, from 1.
  package let number: Int
  /// The text without the line break; only the beginning of a line that is too long.
  package let text: String
  /// The length of the whole line, in bytes.
  package let bytes: Int

  /// A line with its number and text.
  ///
  /// - Parameter bytes: The length of the whole line when `text` is only its beginning.
  package init(number: Int, text: String, bytes: Int? = nil) {
    self.number = number
    self.text = text
    self.bytes = bytes ?? text.utf8.count
  }

  /// Why the line cannot be read; `nil` unless it is longer than ``Limits/lineBytes``.
  package var tooLong: LanguageError? {
    bytes > Limits.lineBytes ? LanguageError.tooLong(bytes) : nil
  }

  /// The lines of a tape, which end with LF or CRLF and with nothing else.
  ///
  /// - Throws: ``TapeError`` at the first byte that is no UTF-8; nothing of the tape is taken then.
  package static func lines(of tape: [UInt8]) throws(TapeError) -> [TapeLine] {
    var lines: [TapeLine] = []
    var start = tape.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start <= tape.count {
      let end = tape[start...].firstIndex(of: Byte.newline) ?? tape.count
      var content = tape[start..<end]
      if content.last == Byte.carriageReturn { content.removeLast() }
      let bytes = content.count
      if bytes > Limits.lineBytes {
        content = content.prefix(Limits.lineBytes)
        // Not in the middle of a character.
        while let last = content.last, last & 0xC0 == 0x80 { content.removeLast() }
        if let last = content.last, last >= 0xC0 { content.removeLast() }
      }
      guard let text = String(validating: content, as: UTF8.self) else {
        throw TapeError(content, line: lines.count + 1)
      }
      lines.append(TapeLine(number: lines.count + 1, text: text, bytes: bytes))
      start = end + 1
    }
    return lines
  }

  /// The commands of the line; none when it is blank or only a comment.
  ///
  /// - Throws: ``LanguageError`` at the column of the first mistake.
  package func instructions() throws(LanguageError) -> [Located<Instruction>] {
    if let tooLong { throw tooLong }
    return try Instruction.parseLocated(text, comments: true)
  }
}

/// Why a file is no tape; nothing of it was run.
package struct TapeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// The byte in the line, from 1.
  package let byte: Int
  private let value: UInt8

  fileprivate init(_ content: ArraySlice<UInt8>, line: Int) {
    self.line = line
    let bytes = Array(content)
    var place = 0
    bytes.withUnsafeBufferPointer { buffer in
      while place < buffer.count {
        let length = UTF8Check.sequenceLength(buffer, at: place)
        if length == 0 { break }
        place += length
      }
    }
    place = min(place, bytes.count - 1)
    byte = place + 1
    value = bytes[place]
  }

  /// The line and byte, what stands there, and the way out.
  package var description: String {
    "line \(line), byte \(byte): a tape is UTF-8 text, but here is the byte "
      + "0x\(String(value, radix: 16)). Save the file as UTF-8; nothing of it was run."
  }
}
