/// What is said of a piece of a tape, and what is done for it.
package struct Caption: Hashable, Sendable {
  /// One thing that is done.
  package enum Deed: Hashable, Sendable {
    /// A command line that people see being typed.
    case line(String)
    /// A command line that only checks, which nobody needs to see.
    case check(String)
    /// Keys in their notation, with the number of their line in the tape.
    case keys(String, line: Int)
  }

  /// The first sentence, without its full stop or colon; empty when there is only one.
  package let heading: String
  /// The rest; all of it when there is only one sentence.
  package let text: String
  /// What is done, in order.
  package let deeds: [Deed]

  /// A caption of its parts.
  package init(heading: String, text: String, deeds: [Deed] = []) {
    (self.heading, self.text, self.deeds) = (heading, text, deeds)
  }

  /// A caption that says this much; its first sentence becomes the heading.
  package init(saying text: String, deeds: [Deed] = []) {
    let (heading, rest) = Caption.split(text)
    self.init(heading: heading, text: rest, deeds: deeds)
  }

  /// The most characters that a sentence may have to stand as a heading.
  private static let longestHeading = 48

  /// The first sentence and the rest; no heading where the first one is long, or the only one.
  private static func split(_ text: String) -> (heading: String, rest: String) {
    let ends: Set<Character> = [".", "?", "!", ":"]
    var before: Character?
    for place in text.indices {
      if text[place] == " ", let end = before, ends.contains(end) {
        let heading = text[..<place]
        guard heading.count <= longestHeading else { break }
        let isDropped = end == "." || end == ":"
        return (
          String(isDropped ? heading.dropLast() : heading), String(text[place...].dropFirst())
        )
      }
      before = text[place]
    }
    return ("", text)
  }
}
