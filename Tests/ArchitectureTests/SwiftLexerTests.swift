import Testing

@Suite struct SwiftLexerTests {
  @Test(arguments: [
    ("a // b", "a", "", "// b"),
    ("a /* b /* c */ d */ e", "a  e", "", "/* b /* c */ d */"),
    ("a \"b\" c", "a \"\" c", "b", ""),
    ("\"b\\\"c\" d", "\"\" d", "b\\\"c", ""),
    ("\"b \\(c + \"d\") e\"", "\"(c + \"\")\"", "b \\d e", ""),
    ("#\"a\\(b) \"c\"# d", "#\"\"# d", "a\\(b) \"c", ""),
    ("#\"a\\#(b)\"#", "#\"(b)\"#", "a\\#", ""),
    ("\"\"\"\n \"a\" // b\n\"\"\" c", "\"\"\"\n\n\"\"\" c", "\"a\" // b", ""),
    ("\"\\((a, (b)))\" c", "\"((a, (b)))\" c", "\\", ""),
    ("#if X // y", "#if X", "", "// y"),
    ("\"\\\\\" a", "\"\" a", "\\\\", ""),
    ("a / b", "a / b", "", ""),
    ("\"// not a comment\" + b", "\"\" + b", "// not a comment", ""),
  ])
  func `code, strings and comments are separated`(
    source: String, code: String, strings: String, comments: String
  ) {
    let lexer = SwiftLexer(source)
    #expect(squeezed(lexer.code) == squeezed(Array(code.utf8)))
    #expect(squeezed(lexer.strings) == squeezed(Array(strings.utf8)))
    #expect(squeezed(lexer.comments) == squeezed(Array(comments.utf8)))
    #expect(lexer.code.count == source.utf8.count)
  }

  @Test func `lines and columns match the source`() {
    let tokens = Token.all(of: SwiftLexer("/* a\n b */ let x = \"\\(y)\"\n  z").code)
    let z = tokens.last
    #expect(z?.text == "z" && z?.line == 3 && z?.column == 2)
  }

  private func squeezed(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.filter { $0 > UInt8(ascii: " ") }, as: UTF8.self)
  }
}
