import EventicleCore
import EventicleWorkbench
import Testing

@Suite struct FilterRefusalTests {
  static let mistakes = [
    Mistake("filter sum(total)", 8, "no function \"sum\""),
    Mistake("filter type:X count(a) > 1", 15, "no function \"count\""),
    Mistake("events !last(total)=1", 9, "no function \"last\""),
    Mistake("filter -f order", 8, "no option -f. To look for that text put it in quotes: \"-f\"."),
    Mistake("filter type:X --all", 15, "no option --all"),
    Mistake("filter -f=1", 8, "no option -f"),
  ]

  @Test(arguments: mistakes)
  func `a filter refuses what it does not know, where it stands`(mistake: Mistake) throws {
    let error = try #require(failure(mistake.line))
    #expect(error.column == mistake.column, "\(error.message)")
    #expect(error.message.contains(mistake.part), "\(error.message)")
  }

  static let texts = [
    "-", "-5", "\"-f\"", "'--all'", "\"changed(total)\"", "changed\\(total\\)", "state=paid",
    "data.state.status=paid", "data.prev.total>1", "x=\"-f\"", "x=-f", "not(a)",
    "state.status=paid",
    "prev.lines[0].sku!=A1", "state.a in [1,2]", "changed(status)", "changed(state.a.b)",
    "!changed(a) or prev.x~/y/", "a and(b or(c))",
  ]

  @Test(arguments: texts)
  func `what only looks like it passes and reads back as equal`(text: String) throws {
    let filter = try FilterExpression(parsing: text)
    #expect(try FilterExpression(parsing: filter.description) == filter, "\(filter)")
  }
}
