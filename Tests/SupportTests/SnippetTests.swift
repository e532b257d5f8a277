import Foundation
import TestSupport
import Testing

@Suite struct SnippetTests {
  @Test func `the lines between two markers are found and unindented`() {
    func example() {
      // sample begins
      let sum = 1
      if sum > 0 {
        _ = sum
      }
      // sample ends
    }
    example()
    let lines = "let sum = 1\nif sum > 0 {\n  _ = sum\n}\n"
    #expect(Snippet.compiled("sample", in: #filePath) == lines)
    #expect(Snippet.compiled("another", in: #filePath) == nil)
    #expect(Snippet.compiled("sample", in: "/nowhere") == nil)
  }

  @Test func `the code block after a marker is found`() {
    let name = "quick start: what it prints"
    #expect(Snippet.shown(name, on: "README.md")?.hasPrefix("mail: ") == true)
    #expect(Snippet.shown(name, on: "README.md")?.hasSuffix("\n") == true)
    #expect(Snippet.shown("no such marker", on: "README.md") == nil)
    #expect(Snippet.shown(name, on: "NOWHERE.md") == nil)
  }
}
