import Testing

@testable import EventicleConsole

@Suite struct LayoutTests {
  private func layout(
    _ columns: Int, _ rows: Int, _ focus: PaneID, _ mode: ScreenMode = .normal
  ) -> Layout {
    Layout(
      LayoutInput(
        size: Size(columns: columns, rows: rows), screenMode: mode, focus: focus,
        companion: .inspect, places: PaneTable.places, wide: PaneTable.wide))
  }

  @Test func `panes cover the body without overlapping`() {
    for (columns, rows) in [(40, 12), (79, 24), (80, 24), (120, 40), (160, 48), (220, 60)] {
      for focus in PaneID.allCases {
        for mode in ScreenMode.allCases {
          let layout = layout(columns, rows, focus, mode)
          let cells = layout.panes.values.reduce(0) { $0 + $1.columns * $1.rows }
          #expect(cells == columns * (layout.scrubber.row - layout.header.rows - layout.tabs.rows))
          #expect(layout.panes[focus] != nil || columns >= 80)
        }
      }
    }
  }

  @Test func `a large screen has a place for every pane but the map`() {
    #expect(Set(layout(200, 50, .tail).panes.keys) == Set(PaneID.allCases).subtracting([.map]))
  }

  @Test func `every pane has exactly one row in the table of panes`() {
    #expect(PaneTable.rows.map(\.id) == PaneID.allCases)
    #expect(Set(PaneTable.rows.map(\.place)).count == PaneTable.rows.count)
    #expect(PaneTable.rows.allSatisfy { !$0.title.isEmpty })
  }
}
