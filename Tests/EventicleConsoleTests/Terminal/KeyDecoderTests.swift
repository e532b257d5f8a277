import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct KeyDecoderTests {
  static func read(_ text: String) -> [TerminalInput] {
    var decoder = KeyDecoder()
    var inputs = decoder.feed(Array(text.utf8))
    while decoder.pending != .nothing {
      let before = decoder.pending
      inputs += decoder.settle()
      if decoder.pending == before { break }
    }
    return inputs
  }

  static func keys(_ notation: String) -> [TerminalInput] {
    (KeyPress.sequence(notation) ?? []).map(TerminalInput.key)
  }

  @Test(arguments: [
    ("jé日", "jé日"), ("\r\n\t", "<Enter><Enter><Tab>"), ("\u{7F}\u{8}", "<BS><BS>"),
    ("\u{1}\u{1A}\0\u{1C}", "<C-a><C-z><C-Space><C-\\>"), ("\u{1B}", "<Esc>"),
    ("\u{1B}\u{1B}", "<Esc><Esc>"), ("\u{1B}f\u{1B}F", "<A-f><A-F>"), ("\u{1B}[", "<A-[>"),
    ("\u{1B}O", "<A-O>"), ("\u{1B}]", "<A-]>"), ("\u{1B}\r\u{1B}\u{7F}", "<A-Enter><A-BS>"),
    ("\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}OD", "<Up><Down><Right><Left>"),
    ("\u{1B}[1;5A\u{1B}[1;3C\u{1B}[1;2H", "<C-Up><A-Right><S-Home>"),
    ("\u{1B}[H\u{1B}OF\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~", "<Home><End><Home><End><Home><End>"),
    ("\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~", "<Insert><Delete><PageUp><PageDown>"),
    ("\u{1B}[3;5~\u{1B}[Z", "<C-Delete><S-Tab>"),
    ("\u{1B}OP\u{1B}[12~\u{1B}[[C\u{1B}[15~\u{1B}[24~", "<F1><F2><F3><F5><F12>"),
    ("\u{1B}[97;5u\u{1B}[27;5;9~\u{1B}[57358u", "<C-a><C-Tab>"), ("\u{1B}Op", "0"),
    ("\u{1B}é", "<A-é>"),
  ])
  func `keys of all terminals are understood`(_ bytes: String, _ notation: String) {
    #expect(Self.read(bytes) == Self.keys(notation))
  }

  @Test(arguments: [
    "\u{1B}[?62;c", "\u{1B}[24;80R", "\u{1B}[>0;276;0c", "\u{1B}]10;rgb:1/2/3\u{1B}\\",
    "\u{1B}]11;blue\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[I", "\u{1B}[O", "\u{1B}[?2026;2$y",
    "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[<99999999999;1;1M", "\u{1B}[<0;0;0M", "\u{1B}[<35;3;3M",
    "\u{1B}[999999999~", "\u{1B}[1;99999999999A",
  ])
  func `replies and garbage are dropped`(_ bytes: String) {
    #expect(Self.read(bytes + "j") == Self.keys("j"))
  }

  @Test func `the mouse is read in both encodings`() {
    let point = Point(column: 4, row: 5)
    #expect(
      Self.read("\u{1B}[<0;5;6M\u{1B}[<0;5;6m\u{1B}[<64;5;6M\u{1B}[<81;5;6M") == [
        .mouse(MouseEvent(.press(.left), at: point)),
        .mouse(MouseEvent(.release(.left), at: point)),
        .mouse(MouseEvent(.wheelUp, at: point)),
        .mouse(MouseEvent(.wheelDown, at: point, modifiers: .control)),
      ])
    #expect(
      Self.read("\u{1B}[M\u{22}%&\u{1B}[M#%&") == [
        .mouse(MouseEvent(.press(.right), at: point)),
        .mouse(MouseEvent(.release(.left), at: point)),
      ])
    #expect(
      Self.read("\u{1B}[<0;300;250M") == [
        .mouse(MouseEvent(.press(.left), at: Point(column: 299, row: 249)))
      ])
  }

  @Test func `an incomplete mouse report is dropped and what follows is read`() {
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}[<0;5".utf8)).isEmpty)
    #expect(decoder.pending == .sequence)
    #expect(decoder.settle().isEmpty)
    #expect(decoder.feed(Array("j".utf8)) == Self.keys("j"))
    #expect(Self.read("\u{1B}[<0;5\u{1B}[A") == Self.keys("<Up>"))
  }

  @Test(arguments: UInt64(0)..<200)
  func `input in pieces of any size reads the same`(_ seed: UInt64) {
    let text =
      "aé\u{1B}[1;5A\u{1B}[<0;5;6Mj\u{1B}OP\u{1B}]11;x\u{1B}\\日\u{1B}fz"
      + "\u{1B}[200~p\u{1B}[201~"
    let bytes = Array(text.utf8)
    var random = SeededRandom(seed: seed)
    var decoder = KeyDecoder()
    var inputs: [TerminalInput] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + random.number(1...6))
      inputs += decoder.feed(bytes[start..<end])
      start = end
    }
    #expect(inputs + decoder.settle() == Self.read(text))
    #expect(decoder.pending == .nothing)
  }

  @Test(arguments: UInt64(0)..<200)
  func `random bytes never stop the decoder`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var decoder = KeyDecoder()
    for _ in 0..<200 {
      let alphabet: [UInt8] = [0x1B, 0x5B, 0x3C, 0x4D, 0x3B, 0x30, 0x7E, 0x4F, 0x5D, 0xC3, 0xFF]
      let piece = (0..<random.number(1...9)).map { _ in
        random.number(0...1) == 0 ? random.pick(alphabet) : UInt8(random.number(0...255))
      }
      _ = decoder.feed(piece)
      if random.number(0...3) == 0 { _ = decoder.settle() }
    }
    _ = decoder.settle()
    #expect(decoder.feed(Array("\u{1B}\\j".utf8)).last == .key(KeyPress("j")))
  }

  @Test func `a paste is text and never keys`() {
    #expect(Self.read("\u{1B}[200~:quit\r\n\u{1B}[201~") == [.paste(":quit\r\n")])
    #expect(
      Self.read("a\u{1B}[200~b\u{1B}[201~c")
        == Self.keys("a") + [.paste("b")] + Self.keys("c"))
    #expect(Self.read("\u{1B}[200~\u{1B}[A\u{3}\u{1B}[201~") == [.paste("\u{1B}[A\u{3}")])
  }

  @Test func `an end mark within a paste does not end it`() {
    let trick = "\u{1B}[200~a\u{1B}[201~:quit\r\u{1B}[200~b\u{1B}[201~"
    #expect(Self.read(trick) == [.paste("a\u{1B}[201~:quit\r\u{1B}[200~b")])
    #expect(
      Self.read("\u{1B}[200~a\u{1B}[201~q\u{1B}[201~j")
        == [.paste("a\u{1B}[201~q")] + Self.keys("j"))
  }

  @Test func `adjacent pastes are one`() {
    #expect(Self.read("\u{1B}[200~a\u{1B}[201~\u{1B}[200~b\u{1B}[201~") == [.paste("ab")])
  }

  @Test(arguments: ["q", "<C-c>", "<Esc>", "<Up>", "é", "jk"])
  func `a key after a paste without an end mark is a key`(_ notation: String) {
    let bytes = [
      "<C-c>": "\u{3}", "<Esc>": "\u{1B}", "<Up>": "\u{1B}[A",
    ]
    var decoder = KeyDecoder()
    #expect(decoder.feed(Array("\u{1B}[200~abc".utf8)).isEmpty)
    #expect(decoder.pending == .paste)
    #expect(decoder.settle() == [.paste("abc")])
    #expect(decoder.pending == .nothing)
    var inputs = decoder.feed(Array((bytes[notation] ?? notation).utf8))
    inputs += decoder.settle()
    #expect(inputs == Self.keys(notation))
  }

  @Test func `a megabyte of text is one paste`() {
    let text = String(repeating: "0123456789abcde\n", count: 65_536)
    #expect(Self.read("\u{1B}[200~\(text)\u{1B}[201~") == [.paste(text)])
  }
}
