import EventicleCore
import EventicleWorkbench

/// What came of doing everything again with the code of now: what is the same in one line, and each
/// step that differs with what was recorded, what comes out now, and what the handler was given.
struct VerifyTool {
  private struct Line {
    let text: StyledLine
    /// The first entry of the step that it begins; `nil` for what only belongs to one.
    let entry: JournalIndex?
  }

  /// The most places of a difference that are listed.
  private static let mostPlaces = 4

  private let verification: VerificationNotice?
  private let key: String

  init(_ context: PaneContext, _ verification: VerificationNotice?) {
    self.verification = verification
    key = context.keymap.label(of: .verify)
  }

  /// What Enter on a row does: goes to the step.
  func open(_ row: Int) -> [PaneRequest] {
    let lines = lines(columns: 80)
    guard lines.indices.contains(row), let entry = lines[row].entry else { return [] }
    return [.run("goto \(entry)")]
  }

  /// The list in a width.
  func list(columns: Int) -> ToolsList {
    var list = ToolsList()
    guard let verification else {
      list.nothing =
        "\(key) does everything that was recorded again with the code of now, and says which steps "
        + "come out differently. Nothing of it leaves the program."
      return list
    }
    let lines = lines(columns: columns)
    list.count = lines.count
    list.line = { lines.indices.contains($0) ? lines[$0].text : .empty }
    list.isHead = { lines.indices.contains($0) && lines[$0].entry == nil && lines.count > 1 }
    let count = verification.differences.count
    list.footer =
      count == 0
      ? PaneText.data("✓ \(verification.same.grouped) the same")
      : PaneText.data("✗ \(count) of \(verification.steps.grouped) differ")
    return list
  }

  private func lines(columns: Int) -> [Line] {
    guard let verification else { return [] }
    var lines: [Line] = []
    func add(_ line: StyledLine, _ entry: JournalIndex? = nil) {
      lines.append(Line(text: line.truncated(to: columns), entry: entry))
    }
    let stretch = "\(verification.first) to \(verification.last)"
    add(
      StyledLine(
        PaneText.data(" \(verification.steps.grouped) steps done again, \(stretch)"), .uiMuted))
    if verification.same > 0 {
      var line = StyledLine(" ✓ ", .statusOk)
      line.add(PaneText.data("\(verification.same.grouped) steps the same, byte for byte"), .uiText)
      add(line)
    }
    if verification.skipped > 0 {
      add(
        StyledLine(
          PaneText.data(
            "   \(verification.skipped.grouped) could not be done again: the program made them"),
          .uiMuted))
    }
    if !verification.isWhole { add(StyledLine("   not all of them were done", .statusWarn)) }
    for difference in verification.differences { tell(difference, columns: columns, add) }
    return lines
  }

  private func tell(
    _ difference: VerificationNotice.Difference, columns: Int,
    _ add: (StyledLine, JournalIndex?) -> Void
  ) {
    var head = StyledLine(" ✗ ", .statusError)
    head.add("the step to " + PaneText.data("\(difference.moment)") + "  ", .uiTitle)
    head.add(PaneText.data(difference.step, limit: 300), .uiText)
    add(head, difference.entry)
    func field(_ name: DisplayText, _ text: String, _ role: StyleRole) {
      guard !text.isEmpty else { return }
      let lines = Sentence(text).wrapped(role, columns: max(10, columns - 16), most: 4)
      for (place, wrapped) in lines.enumerated() {
        var line = StyledLine("     ")
        line.add(place == 0 ? name : "", .uiMuted, columns: 11)
        line.add(wrapped)
        add(line, nil)
      }
    }
    field("recorded", difference.recorded, .uiText)
    field("now", difference.now, .diffChange)
    for change in difference.changes.prefix(Self.mostPlaces) {
      field(
        "at", "\(change.path): \(value(change.left)) → \(value(change.right))", .diffChange)
    }
    if difference.changes.count > Self.mostPlaces {
      field("at", "\(difference.changes.count - Self.mostPlaces) more places", .uiMuted)
    }
    field("handler", difference.handler, .uiMuted)
    for given in difference.read { field("was given", "\(given.name) \(given.value)", .uiMuted) }
  }

  private func value(_ value: JSON?) -> String { value?.description ?? "nothing" }
}
