/// Cuts what a program prints into lines.
struct LineCutter: Sendable {
  private let limit: Int
  private var rest: [UInt8] = []
  private var whole: [String] = []
  /// Whether nothing more comes.
  private(set) var isOver = false

  /// - Parameter limit: The most bytes of a line; a longer one is cut into several.
  init(limit: Int) { self.limit = limit }

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") || rest.count >= limit { cut() }
      if byte != UInt8(ascii: "\n") { rest.append(byte) }
    }
  }

  /// Notes that nothing more comes; what has no end of line becomes a line.
  mutating func finish() {
    isOver = true
    if !rest.isEmpty { cut() }
  }

  /// Takes the whole lines, oldest first.
  mutating func take() -> [String] {
    defer { whole = [] }
    return whole
  }

  private mutating func cut() {
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    whole.append(String(decoding: rest, as: UTF8.self))
    rest.removeAll(keepingCapacity: true)
  }
}
