import EventicleCore

/// An open row of a view: its fields with what changed, and the events that made it.
struct ViewRowLines {
  /// One line, and the event that it names.
  struct Line {
    let line: StyledLine
    var maker: Position?
  }

  let lines: [Line]

  /// The lines of a record; the fields stop after two thousand.
  init(_ record: Record, _ page: ViewPage, _ moment: MomentView) {
    let changes = page.newRows.contains(record.id) ? [] : page.changes[record.id] ?? []
    var lines = JSONTree(record.content, changes: changes).lines.map { Line(line: $0) }
    lines.append(Line(line: .empty))
    if page.makers.isEmpty {
      lines.append(
        Line(
          line: StyledLine(
            page.isCut
              ? " none of the newest steps made it; / in the tail finds older events"
              : " no event made it", .uiMuted)))
    } else {
      lines.append(Line(line: StyledLine(" made by, the newest first", .uiMuted)))
    }
    for maker in page.makers {
      var line = StyledLine("  #\(maker.position.number) ", .uiMuted)
      if let event = moment.log.event(at: maker.position) {
        line.add(PaneText.data(event.type.text, limit: 60), .kindEvent)
        if let id = event.domainID { line.add("  " + PaneText.data(id.text, limit: 60)) }
      }
      line.add("  " + PaneText.data(CivilTime(maker.instant).clockText), .uiMuted)
      lines.append(Line(line: line, maker: maker.position))
    }
    if page.isCut, !page.makers.isEmpty {
      lines.append(Line(line: StyledLine("  … and what is older, if anything", .uiMuted)))
    }
    self.lines = lines
  }
}
