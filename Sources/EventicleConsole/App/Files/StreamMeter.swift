import EventicleWorkbench

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Looks at what arrives from a file or a stream, and refuses what is too much.
package struct StreamMeter {
  /// Looks at a line, with its number from 1.
  package typealias Check =
    (_ number: Int, _ line: UnsafeBufferPointer<UInt8>) throws(FileProblem) -> Void

  private let name: String
  private let limit: Int
  private let lineLimit: Int
  private let check: Check?
  /// The number of the line at whose end everything before was looked at.
  private var line = 1
  private var lineStart = 0
  private var seen = 0

  init(name: String, limit: Int, lineLimit: Int, check: Check?) {
    self.name = name
    self.limit = limit
    self.lineLimit = lineLimit
    self.check = check
  }

  /// Refuses a size over the limit.
  func refuse(size: Int) throws(FileProblem) {
    guard size > limit else { return }
    throw FileProblem(
      "\(name) has more than \(ByteSize(limit)), which is the most that is read here; "
        + "split it into smaller files.")
  }

  /// Looks at what has been added since the last time.
  mutating func look(at content: [UInt8]) throws(FileProblem) {
    try refuse(size: content.count)
    guard lineLimit < Int.max || check != nil else { return }
    let result = content.withUnsafeBufferPointer { bytes in
      Result<Void, FileProblem> { () throws(FileProblem) in try look(at: bytes) }
    }
    try result.get()
  }

  private mutating func look(at bytes: UnsafeBufferPointer<UInt8>) throws(FileProblem) {
    while seen < bytes.count, let start = bytes.baseAddress {
      guard let found = memchr(start + seen, 0x0A, bytes.count - seen) else { break }
      let end = UnsafeRawPointer(start).distance(to: UnsafeRawPointer(found))
      try refuse(line: end - lineStart)
      try check?(line, UnsafeBufferPointer(rebasing: bytes[lineStart..<end]))
      (line, lineStart, seen) = (line + 1, end + 1, end + 1)
    }
    seen = bytes.count
    try refuse(line: seen - lineStart)
  }

  private func refuse(line count: Int) throws(FileProblem) {
    guard count > lineLimit else { return }
    throw FileProblem(
      "\(name), line \(line) has more than \(ByteSize(lineLimit)), which is the most that a line "
        + "may have; nothing of it was taken.")
  }
}
