import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct KeyPressTests {
  @Test(arguments: [
    ("j", KeyPress("j")), ("G", KeyPress("G")), ("<Enter>", KeyPress(.enter)),
    ("<C-r>", KeyPress("r", .control)), ("<A-f>", KeyPress("f", .alt)),
    ("<Space>", KeyPress(" ")), ("<S-Tab>", KeyPress(.backtab)), ("<F5>", KeyPress(.function(5))),
    ("<Esc>", KeyPress(.escape)), ("<", KeyPress("<")), (">", KeyPress(">")),
    ("<C-A-Left>", KeyPress(.left, [.control, .alt])), ("<S-Up>", KeyPress(.up, .shift)),
    ("<C-Space>", KeyPress(" ", .control)), ("é", KeyPress("é")),
    ("<C-->", KeyPress("-", .control)),
    ("<PageDown>", KeyPress(.pageDown)), ("<A-lt>", KeyPress("<", .alt)),
    ("<C-\\>", KeyPress("\\", .control)),
  ])
  func `the notation reads and writes the same key`(_ notation: String, _ key: KeyPress) {
    #expect(KeyPress(notation: notation) == key)
    #expect(key.description == notation)
  }

  @Test(arguments: ["", "jk", "<Foo>", "<X-a>", "<C->", "<F0>", "<C-j", "<j>"])
  func `an unknown key is refused`(_ notation: String) {
    #expect(KeyPress(notation: notation) == nil)
  }

  @Test func `sequences are split into keys`() {
    #expect(KeyPress.sequence("gg") == [KeyPress("g"), KeyPress("g")])
    #expect(KeyPress.sequence("<C-w>v") == [KeyPress("w", .control), KeyPress("v")])
    #expect(KeyPress(notation: "<esc>") == KeyPress(.escape))
    #expect(KeyPress(notation: "<CR>") == KeyPress(.enter))
    #expect(KeyPress(notation: "<lt>") == KeyPress("<"))
    #expect(KeyPress(notation: "<gt>") == KeyPress(">"))
    #expect(KeyPress.sequence("<<Esc>>") == [KeyPress("<"), KeyPress(.escape), KeyPress(">")])
    #expect(KeyPress.sequence("a<5") == [KeyPress("a"), KeyPress("<"), KeyPress("5")])
    #expect(KeyPress.sequence("<>") == [KeyPress("<"), KeyPress(">")])
  }

  @Test(arguments: UInt64(0)..<200)
  func `every key survives its notation`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let plain: [KeyPress.Code] = [
      .enter, .tab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown, .insert, .function(random.number(1...12)),
      .character(random.pick(Array("aZ09 <>-+é日|\\\""))),
    ]
    let modifiers = KeyPress.Modifiers(rawValue: UInt8(random.number(0...3)))
    let key = KeyPress(random.pick(plain), modifiers)
    #expect(KeyPress(notation: key.description) == key)
  }
}
