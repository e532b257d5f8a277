import EventicleCore
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct LineEditorTests {
  /// A line with `|` at the cursor.
  static func editor(_ shown: String) -> LineEditor {
    let place = shown.firstIndex(of: "|") ?? shown.endIndex
    var editor = LineEditor(shown.filter { $0 != "|" })
    editor.move(to: shown[..<place].count)
    return editor
  }

  static func shown(_ editor: LineEditor) -> String {
    editor.before + "|" + String(editor.characters[editor.caret...])
  }

  @Test(arguments: [
    ("|", "abc", "abc|"), ("a|c", "b", "ab|c"), ("|", "a b", "a b|"), ("x|", "<lt>", "x<|"),
    ("abc|", "<C-a>", "|abc"), ("ab|c", "<Home>", "|abc"), ("|abc", "<C-e>", "abc|"),
    ("a|bc", "<End>", "abc|"), ("ab|", "<C-b>", "a|b"), ("|ab", "<C-b>", "|ab"),
    ("|ab", "<C-f>", "a|b"), ("ab|", "<C-f>", "ab|"), ("ab|", "<Left>", "a|b"),
    ("|ab", "<Right>", "a|b"), ("|abc", "<C-d>", "|bc"), ("abc|", "<C-d>", "abc|"),
    ("a|bc", "<Delete>", "a|c"), ("ab|c", "<C-h>", "a|c"), ("|abc", "<C-h>", "|abc"),
    ("abc|", "<Backspace>", "ab|"), ("ab|cd", "<C-k>", "ab|"), ("ab|", "<C-k>", "ab|"),
    ("ab|cd", "<C-u>", "|cd"), ("|cd", "<C-u>", "|cd"), ("do it|", "<C-w>", "do |"),
    ("do a=b.c|", "<C-w>", "do |"), ("do it  |", "<C-w>", "do |"), ("a b|c", "<C-w>", "a |c"),
    ("do a.b|", "<A-Backspace>", "do a.|"), ("do a.b|", "<C-Backspace>", "do a.|"),
    ("|a.b c", "<A-d>", "|.b c"), ("a|.b c", "<A-d>", "a| c"), ("|a.b", "<C-Delete>", "|.b"),
    ("a.b c|", "<A-b>", "a.b |c"), ("a.b |c", "<A-b>", "a.|b c"), ("|a", "<A-b>", "|a"),
    ("|a.b c", "<A-f>", "a|.b c"), ("a|.b c", "<A-f>", "a.b| c"), ("a b|", "<C-Left>", "a |b"),
    ("|ab c", "<C-Right>", "ab| c"), ("a b|", "<A-Left>", "a |b"), ("|ab c", "<A-Right>", "ab| c"),
    ("ab|", "<C-t>", "ba|"), ("a|b", "<C-t>", "ba|"), ("|ab", "<C-t>", "|ab"),
    ("ab|c", "<C-t>", "acb|"), ("a|", "<C-t>", "a|"),
    ("ab|cd", "<C-k><C-y>", "abcd|"), ("ab|cd", "<C-u><C-e><C-y>", "cdab|"),
    ("a b c|", "<C-w><C-w><C-y>", "a b c|"), ("|a.b", "<A-d><A-d><C-y>", "a.b|"),
    ("a b|", "<C-w><Left><Right><C-w><C-y>", "a |"),
    ("a b|", "<C-w><C-a><C-k><C-y><A-y>", "b|"), ("a b|", "<C-w><C-y><C-y>", "a bb|"),
    ("ab|", "<C-y>", "ab|"), ("ab|", "<A-y>", "ab|"), ("ab|cd", "<C-w><C-k><C-y>", "abcd|"),
    // One user-perceived character is one character.
    ("e\u{301}|", "<C-h>", "|"), ("👩\u{200D}🚀x|", "<Left><Left>", "|👩\u{200D}🚀x"),
    ("🇬🇧🇩🇪|", "<C-h>", "🇬🇧|"), ("|e\u{301}a", "<C-d>", "|a"), ("日本|", "<C-b>", "日|本"),
    ("日本|", "<C-t>", "本日|"), ("日 本|", "<C-w><C-y>", "日 本|"), ("e|", "\u{301}", "e\u{301}|"),
    ("|日本 x", "<A-f>", "日本| x"), ("a👩|b", "<Backspace>", "a|b"), ("ー|", "x", "ーx|"),
    // Keys that do not edit a line.
    ("ab|", "<F5>", "ab|"), ("ab|", "<PageUp>", "ab|"), ("ab|", "<C-x>", "ab|"),
    ("ab|", "<A-z>", "ab|"), ("ab|", "<Insert>", "ab|"),
  ])
  func `keys edit the line as in readline`(
    _ before: String, _ keys: String, _ after: String
  ) throws {
    var editor = Self.editor(before)
    for key in try #require(KeyPress.sequence(keys)) { _ = editor.press(key) }
    #expect(Self.shown(editor) == after)
  }

  @Test func `an accent joins the previous character, and the cursor stays after it`() {
    var editor = Self.editor("e|x")
    editor.insert("\u{301}")
    #expect(editor.characters.count == 2)
    #expect(editor.caret == 1)
  }

  @Test func `control characters are never inserted`() {
    var editor = LineEditor()
    editor.insert("a\u{1B}[2J\u{7}b\r\nc\u{2028}")
    #expect(editor.text == "a[2Jbc")
  }

  @Test func `a line never grows past its limit and keeps its text`() {
    var editor = LineEditor(String(repeating: "a", count: Limits.lineBytes))
    let inserted = editor.insert("b")
    #expect(!inserted)
    #expect(editor.characters.count == Limits.lineBytes)
    #expect(editor.press(KeyPress("b")) == .tooLong)
    #expect(editor.press(KeyPress(.backspace)) == .changed)
    #expect(editor.press(KeyPress("b")) == .changed)
  }

  @Test(arguments: UInt64(0)..<20)
  func `the cursor is always between characters`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var editor = LineEditor()
    let pieces = ["a", "日", "\u{301}", "\u{200D}", "👩", "🇬", "🇩", " ", ".", "한", "ᆨ", "\u{600}"]
    let keys = try #require(
      KeyPress.sequence("<Left><Right><C-w><C-y><C-t><C-h><C-d><A-b><A-f><A-d><C-k><A-y><C-u>"))
    for _ in 0..<300 {
      if random.number(0...2) > 0 {
        editor.insert(random.pick(pieces))
      } else {
        _ = editor.press(random.pick(keys))
      }
      #expect(Array(editor.text) == editor.characters)
      #expect((0...editor.characters.count).contains(editor.caret))
    }
  }
}
