/// Reads replies of Redis (RESP2) from bytes that come in any portions.
///
/// Values are kept flat, as places in one buffer; nothing is read twice, whatever byte a portion ends
/// at. A hostile size is refused before it is waited for.
package struct RespReader: Sendable {
  /// How large a reply may be.
  package struct Limits: Sendable {
    /// How deep arrays may be nested.
    package var depth = 8
    /// How long a text may be, in bytes.
    package var bulk = 64 * 1_024 * 1_024
    /// How many values a reply may have.
    package var tokens = 1_000_000
    /// How long a line may be, in bytes.
    package var line = 65_536
    /// How long a reply may be, in bytes.
    package var reply = 512 * 1_024 * 1_024

    package init() {}
  }

  private let limits: Limits
  private var buffer: [UInt8] = []
  /// Where the reply begins, where its next value begins, and up to where its line end was looked for.
  private var start = 0
  private var place = 0
  private var looked = 0
  private var tokens: [RespReply.Token] = []
  /// The arrays around the next value, with how many of their elements are missing.
  private var open: [(token: Int, missing: Int)] = []
  /// The length of the text that follows its line; `nil` between values.
  private var text: Int?
  /// Why the bytes are no reply, once they were not.
  private var failure: RespError?

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// Adds bytes that came.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    if start > 0, start == buffer.count || start > 1 << 20 {
      buffer.removeFirst(start)
      (place, looked, start) = (place - start, looked - start, 0)
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next reply; `nil` until it is there as a whole.
  ///
  /// - Throws: ``RespError`` when the bytes are no reply; every later call throws again.
  package mutating func next() throws(RespError) -> RespReply? {
    if let failure { throw failure }
    do throws(RespError) { return try readReply() } catch {
      failure = error
      throw error
    }
  }

  private mutating func readReply() throws(RespError) -> RespReply? {
    while true {
      guard try readValue() else {
        guard buffer.count - start <= limits.reply else {
          throw RespError("a reply of more than \(limits.reply) bytes")
        }
        return nil
      }
      guard open.isEmpty else { continue }
      let reply = RespReply(bytes: Array(buffer[start..<place]), tokens: tokens)
      (start, looked, tokens) = (place, place, [])
      return reply
    }
  }

  // MARK: - One value

  /// Reads one value; `false` when more bytes are needed.
  private mutating func readValue() throws(RespError) -> Bool {
    if let length = text { return try readText(length) }
    guard let line = try readLine() else { return false }
    guard tokens.count < limits.tokens else {
      throw RespError("more than \(limits.tokens) values in one reply")
    }
    let content = line.lowerBound + 1..<line.upperBound
    switch buffer[line.lowerBound] {
    case 0x2B: close(RespReply.Token(kind: .simple, text: content.moved(by: -start)))
    case 0x2D: close(RespReply.Token(kind: .error, text: content.moved(by: -start)))
    case 0x3A:
      close(RespReply.Token(kind: .integer, number: try number(content, "an integer")))
    case 0x24:
      let length = try number(content, "the length of a text")
      guard length >= 0 else { return try nothing(length) }
      guard length <= limits.bulk else {
        throw RespError("a text of \(length) bytes, where at most \(limits.bulk) are taken")
      }
      text = length
      return try readText(length)
    case 0x2A:
      let count = try number(content, "the length of an array")
      guard count >= 0 else { return try nothing(count) }
      guard tokens.count + count < limits.tokens else {
        throw RespError("an array of \(count) values")
      }
      guard count == 0 || open.count < limits.depth else {
        throw RespError("arrays nested deeper than \(limits.depth) levels")
      }
      if count == 0 {
        close(RespReply.Token(kind: .array))
      } else {
        open.append((tokens.count, count))
        tokens.append(RespReply.Token(kind: .array, number: count))
      }
    case let byte:
      throw RespError("a value that begins with byte \(byte)")
    }
    return true
  }

  private mutating func nothing(_ length: Int) throws(RespError) -> Bool {
    guard length == -1 else { throw RespError("a length of \(length)") }
    close(RespReply.Token(kind: .nothing))
    return true
  }

  private mutating func readText(_ length: Int) throws(RespError) -> Bool {
    guard buffer.count - place >= length + 2 else { return false }
    let end = place + length
    guard buffer[end] == 0x0D, buffer[end + 1] == 0x0A else {
      throw RespError("a text without its end")
    }
    let token = RespReply.Token(kind: .bulk, text: place - start..<end - start)
    (place, looked, text) = (end + 2, end + 2, nil)
    close(token)
    return true
  }

  /// Adds a value that is there as a whole, and closes the arrays that it ends.
  private mutating func close(_ token: RespReply.Token) {
    tokens.append(token)
    tokens[tokens.count - 1].next = tokens.count
    while let (array, missing) = open.last {
      guard missing == 1 else {
        open[open.count - 1].missing = missing - 1
        return
      }
      open.removeLast()
      tokens[array].next = tokens.count
    }
  }

  /// The next line without its end; `nil` until that is there.
  private mutating func readLine() throws(RespError) -> Range<Int>? {
    while looked + 1 < buffer.count {
      if buffer[looked] == 0x0D {
        guard buffer[looked + 1] == 0x0A, looked > place else {
          throw RespError("a line that does not end as it should")
        }
        let line = place..<looked
        (place, looked) = (looked + 2, looked + 2)
        return line
      }
      looked += 1
      guard looked - place <= limits.line else {
        throw RespError("a line of more than \(limits.line) bytes")
      }
    }
    return nil
  }

  private func number(_ digits: Range<Int>, _ meaning: String) throws(RespError) -> Int {
    guard let value = Int(String(decoding: buffer[digits], as: UTF8.self)) else {
      throw RespError("\(meaning) that is no number")
    }
    return value
  }
}

extension Range<Int> {
  fileprivate func moved(by offset: Int) -> Range<Int> {
    lowerBound + offset..<upperBound + offset
  }
}
