/// A line of text for each place of history that fits a selector: `probe "try {attempts}" on S
/// PaymentSaga`.
package struct Probe: Hashable, Sendable {
  package let template: ValueTemplate
  /// Where it is said.
  package let place: Stop

  init(_ verb: Verb, _ text: SourceText) throws(LanguageError) {
    guard let read = try ValueTemplate.read(text) else {
      throw text.error("The text in quotes is missing. Write \(verb.signature).")
    }
    template = read.template
    var reader = ExpressionReader(read.rest)
    guard reader.takeWord("on") else {
      throw reader.rest.error("After the text comes on and a selector. Write \(verb.signature).")
    }
    let rest = reader.rest.trimmed
    guard !rest.isEmpty else { throw text.error("After on a selector is missing.") }
    place = try Stop(rest)
  }
}
