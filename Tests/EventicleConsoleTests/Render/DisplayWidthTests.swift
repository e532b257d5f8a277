import CNcurses
import Testing

@testable import EventicleConsole

@Suite struct DisplayWidthTests {
  @Test func `every width agrees with the C library`() {
    #expect(cn_use_utf8_locale() == 1)
    var disagreements: [String] = []
    for value in UInt32(0x20)..<0x110000 {
      guard let scalar = Unicode.Scalar(value),
        let columns = DisplayWidth.columns(of: scalar)
      else { continue }
      let theirs = Int(wcwidth(wchar_t(bitPattern: value)))
      guard theirs != columns else { continue }
      disagreements.append("U+\(String(value, radix: 16)) \(columns) \(theirs)")
    }
    #expect(disagreements.isEmpty, "\(disagreements.count): \(disagreements.prefix(40))")
  }

  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("日", 2), ("한", 2), ("─", 1), ("►", 1), ("█", 1), ("⣿", 1), ("❤", 1),
      ("😀", 2), ("✓", 1), ("●", 1), ("\u{301}", 0), ("\u{1160}", 0), ("Ａ", 2), ("✗", 1),
    ] as [(Unicode.Scalar, Int)])
  func `known characters have their columns`(_ scalar: Unicode.Scalar, _ columns: Int) {
    #expect(DisplayWidth.columns(of: scalar) == columns)
  }

  static let undrawable: [Unicode.Scalar] = [
    "\u{7}", "\u{7F}", "\u{9B}", "\u{200B}", "\u{E000}", "\u{1FAE8}",
  ]

  @Test(arguments: undrawable)
  func `scalars that must not be drawn have no width`(_ scalar: Unicode.Scalar) {
    #expect(DisplayWidth.columns(of: scalar) == nil)
  }
}
