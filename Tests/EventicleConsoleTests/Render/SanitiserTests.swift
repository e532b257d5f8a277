import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct SanitiserTests {
  static let corpus: [(String, String)] = [
    ("plain text", "plain text"),
    ("\u{1B}[31mred\u{1B}[0m", "␛[31mred␛[0m"),
    ("\u{1B}]0;title\u{07}", "␛]0;title␇"),
    ("\u{1B}]52;c;AAAA\u{1B}\\", "␛]52;c;AAAA␛\\"),
    ("good\rEVIL", "good␍EVIL"),
    ("a\r\nb", "a␍␊b"),
    ("a\u{8}b\u{7F}c", "a␈b␡c"),
    ("a\tb\u{B}c\u{C}d\0e", "a␉b␋c␌d␀e"),
    ("\u{9B}31m\u{9D}0;x", "‹U+009B›31m‹U+009D›0;x"),
    ("user\u{202E}gpj.exe", "user‹RLO›gpj.exe"),
    ("\u{2066}a\u{2069}\u{200E}\u{200F}\u{61C}", "‹LRI›a‹PDI›‹LRM›‹RLM›‹ALM›"),
    ("a\u{200B}b\u{2060}c\u{FEFF}d", "a‹ZWSP›b‹WJ›c‹BOM›d"),
    ("a\u{200D}b\u{200C}c", "a‹ZWJ›b‹ZWNJ›c"),
    ("x\u{E0041}\u{E007F}", "x‹TAG A›‹TAG END›"),
    ("x\u{FE0F}y\u{E0100}", "x‹VS16›y‹VS17›"),
    ("co\u{AD}op", "co‹SHY›op"),
    ("a\u{2028}b\u{2029}c", "a‹LS›b‹PS›c"),
    ("\u{E000}\u{F8FF}\u{10FFFD}", "‹U+E000›‹U+F8FF›‹U+10FFFD›"),
    ("\u{3164}\u{115F}", "‹U+3164›‹U+115F›"),
    ("e\u{301}", "e\u{301}"),
    ("\u{301}x", "◌\u{301}x"),
    ("\u{1B}\u{301}", "␛◌\u{301}"),
    ("e" + String(repeating: "\u{301}", count: 40), "e\u{301}\u{301}\u{301}\u{301}‹+36›"),
    ("👨\u{200D}👩\u{200D}👧!", "👨!"),
    ("❤\u{FE0F}!", "❤!"),
    ("1\u{FE0F}\u{20E3}", "1\u{20E3}"),
    ("1\u{FE0F}", "1‹VS16›"),
    ("👍\u{1F3FD}!", "👍!"),
    ("👨\u{200D}x", "👨‹ZWJ›x"),
    ("👨\u{200D}\u{200D}👩", "👨‹ZWJ›‹ZWJ›👩"),
    ("\u{1FAE8}", "\u{FFFD}"),
    ("क\u{94D}\u{200D}ष", "क\u{94D}\u{200D}ष"),
    ("日本", "日本"),
    ("[red]x[/] %{F} <b>", "[red]x[/] %{F} <b>"),
  ]

  @Test(arguments: corpus)
  func `hostile text becomes visible`(_ text: String, _ shown: String) {
    let unicode = { (text: String) in text.unicodeScalars.map { String($0.value, radix: 16) } }
    #expect(unicode(DisplayText(sanitising: text).string) == unicode(shown))
  }

  @Test(
    arguments: [
      ([0x41, 0x9B, 0x33, 0x6D], "A\\x9b3m"),
      ([0xFF, 0xFE, 0x00], "\\xff\\xfe␀"),
      ([0xC0, 0x80], "\\xc0\\x80"),
      ([0xE0, 0x80, 0xAF], "\\xe0\\x80\\xaf"),
      ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
      ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
      ([0xE6, 0x97, 0xA5], "日"),
      ([0xE6, 0x97], "\\xe6\\x97"),
      ([0x80, 0x41], "\\x80A"),
      ([0x0A], "␊"),
    ] as [([UInt8], String)])
  func `bytes that are not text become visible`(_ bytes: [UInt8], _ shown: String) {
    #expect(DisplayText(sanitisingBytes: bytes).string == shown)
  }

  @Test(arguments: UInt64(0)..<200)
  func `nothing that a terminal acts on survives`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes: [UInt8] = []
    for _ in 0..<300 { bytes.append(UInt8(random.number(0...255))) }
    var text = String(decoding: bytes, as: UTF8.self)
    for _ in 0..<100 {
      let value = UInt32(random.number(0...random.pick([0x3FF, 0x2FFF, 0xFFFF, 0x1FFFF, 0xE01FF])))
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    for shown in [DisplayText(sanitising: text), DisplayText(sanitisingBytes: bytes)] {
      #expect(shown.width == shown.glyphs.reduce(0) { $0 + $1.columns })
      for scalar in shown.string.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
        let isJoiner = scalar.value == 0x200C || scalar.value == 0x200D
        #expect(isJoiner || DisplayWidth.columns(of: scalar) != nil)
      }
    }
  }

  @Test(arguments: [0xFFFE, 0xFDD0, 0x1FFFF] as [UInt32])
  func `non-characters become visible`(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let hex = String(value, radix: 16, uppercase: true)
    #expect(DisplayText(sanitising: String(scalar)).string == "‹U+\(hex)›")
  }

  @Test func `reading stops at the limit`() {
    let text = DisplayText(sanitising: String(repeating: "日", count: 100_000), limit: 9)
    #expect(text.string == "日日日日…")
    #expect(text.width == 9)
    #expect(DisplayText(sanitising: "short", limit: 9).string == "short")
    #expect(DisplayText(sanitisingBytes: Array("exactly".utf8), limit: 7).string == "exactly")
  }

  @Test func `interpolation accepts numbers and display text`() {
    let name = DisplayText(sanitising: "a\nb")
    let text: DisplayText = "step \(3) of \(name)"
    #expect(text.string == "step 3 of a␊b")
  }
}
