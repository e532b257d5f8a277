/// A look at the text of a YAML file before it is read: what is short to write and long to read, or
/// nested deeper than a parser can follow, is refused.
struct YAMLCheck {
  /// The most bytes of a file.
  static let mostBytes = 65_536
  /// How deep lists and mappings are nested at most, and how far a line is indented.
  private static let mostDepth = 64

  private var line = 1
  private var depth = 0
  /// How far the line is indented; `nil` behind its first word.
  private var indent: Int? = 0
  private var hasAnchor = false
  /// The line of the first alias.
  private var alias: Int?

  /// What is wrong with a text, with the line; `nil` when it can be read.
  static func problem(in text: String) -> (line: Int, what: String)? {
    var check = YAMLCheck()
    var last: UInt8 = 0x20
    for byte in text.utf8 {
      check.add(byte, after: last)
      guard check.depth <= mostDepth, check.indent ?? 0 <= mostDepth else {
        return (check.line, "lists and mappings are nested at most \(mostDepth) deep")
      }
      last = byte
    }
    guard let alias = check.alias, check.hasAnchor else { return nil }
    return (alias, "an alias such as *name repeats a part of the file; write it out instead")
  }

  private mutating func add(_ byte: UInt8, after last: UInt8) {
    switch byte {
    case 0x0A, 0x0D:
      if byte == 0x0A { line += 1 }
      indent = 0
      return
    // Entries of lists that begin in one line are nested as if they were indented.
    case 0x20, 0x09, UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      indent = indent.map { $0 + 1 }
      return
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
    // Inside a word it is a sign like others.
    case UInt8(ascii: "&") where !Self.isOfWord(last): hasAnchor = true
    case UInt8(ascii: "*") where !Self.isOfWord(last): alias = alias ?? line
    default: break
    }
    indent = nil
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
