import TestSupport
import Testing

/// Where the README sends its readers.
@Suite struct ReadmeLinkTests {
  /// The places that a page links to: `[words](place)`, and `[words]: place` at the start of a line.
  static func links(in page: String) -> [String] {
    let inline = page.split(separator: "](").dropFirst().compactMap { part in
      part.firstIndex(of: ")").map { String(part[..<$0]) }
    }
    let listed = page.split(separator: "\n").compactMap { line -> String? in
      guard line.first == "[", let end = line.firstRange(of: "]: ") else { return nil }
      return String(line[end.upperBound...])
    }
    return inline + listed
  }

  @Test func `every link of the README has a target in the repository`() throws {
    let readme = try #require(Repository.text(at: "README.md"))
    let links = Self.links(in: readme).filter { !$0.hasPrefix("https://") }
    #expect(links.count > 10)
    for link in links { #expect(Repository.exists(link), "the README leads to \(link)") }
  }

  @Test func `links are found in both forms`() {
    #expect(Self.links(in: "See [a](b.md) and [c][d].\n\n[d]: e/f.md\n") == ["b.md", "e/f.md"])
  }
}
