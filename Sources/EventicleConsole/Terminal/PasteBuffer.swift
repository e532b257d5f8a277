/// The bytes of a bracketed paste until it has certainly ended.
///
/// Pasted text may contain the end mark itself, followed by what an attacker wants to be taken as
/// keys. So the paste ends at the last mark that has arrived, not at the first.
struct PasteBuffer {
  /// Whether part of the paste was returned already, because the rest did not arrive in time.
  let isLate: Bool

  private var bytes: [UInt8] = []
  private var end: Int?
  private var matched = 0

  /// An empty paste.
  init(isLate: Bool = false) {
    self.isLate = isLate
  }

  /// Whether nothing has arrived.
  var isEmpty: Bool { bytes.isEmpty }

  /// Whether an end mark has arrived.
  var hasEnd: Bool { end != nil }

  /// Adds bytes and searches them for the end mark.
  mutating func append(_ more: some Collection<UInt8>) {
    bytes.reserveCapacity(bytes.count + more.count)
    for byte in more {
      bytes.append(byte)
      matched = byte == Self.endMark[matched] ? matched + 1 : byte == Self.endMark[0] ? 1 : 0
      if matched == Self.endMark.count {
        end = bytes.count - matched
        matched = 0
      }
    }
  }

  /// The pasted text and, if an end mark has arrived, the bytes after it.
  ///
  /// The text is cut at ``limit``; adjacent pastes are one.
  mutating func take() -> (text: String, rest: [UInt8]?) {
    let content = bytes.prefix(end ?? bytes.count)
    let rest = end.map { Array(bytes.dropFirst($0 + Self.endMark.count)) }
    return (Self.joined(content.prefix(Self.limit)), rest)
  }

  /// The most bytes of a paste that are kept.
  static let limit = 4 * 1024 * 1024

  private static let endMark = Array("\u{1B}[201~".utf8)
  private static let seam = Array("\u{1B}[201~\u{1B}[200~".utf8)

  private static func joined(_ content: ArraySlice<UInt8>) -> String {
    guard content.contains(seam[0]) else { return String(decoding: content, as: UTF8.self) }
    var text: [UInt8] = []
    var rest = content
    while let byte = rest.first {
      if byte == seam[0], rest.starts(with: seam) {
        rest = rest.dropFirst(seam.count)
      } else {
        text.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
