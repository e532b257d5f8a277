/// The lines of a ladder: a state each, with its ways out at the right.
enum LadderLines {
  /// Each state in document order; `✓` been there, boxed here, `■` final.
  static func lines(of ladder: Ladder) -> [StyledLine] {
    let names = ladder.rungs.map { PaneText.data($0.name, limit: 40) }
    // A box takes a column before the name and one after it.
    let widths = zip(ladder.rungs, names).map { rung, name in 2 * rung.depth + name.width }
    let width = min(30, (widths.max() ?? 0) + 1)
    return zip(ladder.rungs, names).map { rung, name in
      var line = StyledLine(" ")
      line.add(
        rung.isHere ? "►" : (rung.isVisited ? "✓" : " "), rung.isHere ? .timeCursor : .statusOk)
      line.add(.spaces(2 * rung.depth))
      let room = max(name.width, width - 2 * rung.depth)
      if rung.isHere {
        line.add("▐", .chartStateCurrent)
        line.add(name, .chartStateCurrent)
        line.add("▌", .chartStateCurrent)
        if !rung.isFinal { line.add(.spaces(room - name.width - 1)) }
      } else {
        line.add(" ")
        line.add(name, rung.isVisited ? .chartStateVisited : .uiMuted)
        if !rung.isFinal { line.add(.spaces(room - name.width)) }
      }
      if rung.isFinal { line.add(" ■", .statusEnded) }
      add(rung.ways, to: &line)
      return line
    }
  }

  private static func add(_ ways: [Ladder.Way], to line: inout StyledLine) {
    guard !ways.isEmpty else { return }
    line.add("  → ", .chartEdge)
    for (index, way) in ways.enumerated() {
      if index > 0 { line.add(" · ", .chartEdge) }
      line.add(
        PaneText.data(way.name, limit: 40), way.isTaken ? .chartStateCurrent : .chartEdge)
    }
  }
}
