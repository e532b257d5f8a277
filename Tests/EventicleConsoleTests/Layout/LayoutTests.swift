import Testing

@testable import EventicleConsole

@Suite struct LayoutTests {
  private func layout(
    _ columns: Int, _ rows: Int, _ focus: PaneID, zoomed: Bool = false, _ recent: [PaneID] = []
  ) -> Layout {
    Layout(
      LayoutInput(
        size: Size(columns: columns, rows: rows), isZoomed: zoomed, focus: focus, recent: recent))
  }

  @Test func `panes cover the body without overlapping, and the one with the focus is there`() {
    for columns in [40, 59, 60, 80, 99, 100, 120, 159, 160, 200, 220] {
      for rows in 12...60 {
        for focus in PaneID.allCases {
          for zoomed in [false, true] {
            let layout = layout(columns, rows, focus, zoomed: zoomed)
            let cells = layout.panes.values.reduce(0) { $0 + $1.columns * $1.rows }
            let body = layout.scrubber.row - layout.header.rows - layout.tabs.rows
            #expect(cells == columns * body, "\(columns)x\(rows) \(focus)")
            #expect(layout.panes[focus] != nil, "\(columns)x\(rows) \(focus)")
            #expect(layout.panes.values.allSatisfy { $0.rows >= 3 }, "\(columns)x\(rows) \(focus)")
          }
        }
      }
    }
  }

  @Test func `the tail goes only when another pane takes all the room`() {
    for columns in [60, 80, 100, 120, 160, 200] {
      for focus in PaneID.allCases where focus != .map {
        #expect(layout(columns, 24, focus).panes[.tail] != nil)
      }
    }
  }

  @Test func `a screen of 80 columns has the tail over the pane that had the focus last`() {
    let focused = layout(80, 24, .tail, [.tail, .saga, .event])
    #expect(Set(focused.panes.keys) == [.tail, .saga])
    #expect(focused.panes[.tail]?.rows == 11 && focused.panes[.saga]?.rows == 9)
    #expect(focused.lower == .saga)
    let other = layout(80, 24, .saga)
    #expect(other.panes[.saga]?.rows == 11 && other.lower == nil)
  }

  @Test
  func `a screen of 120 columns has the tail over the saga, the event, the state and what is next`()
  {
    let usual = layout(120, 40, .tail)
    #expect(Set(usual.panes.keys) == [.tail, .saga, .event, .state, .next])
    #expect(usual.panes[.tail]?.columns == 120 && usual.panes[.saga]?.columns == 72)
    #expect(Set(layout(120, 40, .explore).panes.keys) == [.tail, .explore, .event, .state, .next])
    #expect(Set(layout(120, 40, .tools).panes.keys) == [.tail, .tools, .event, .state, .next])
    #expect(Set(layout(120, 40, .views).panes.keys) == [.tail, .saga, .event, .views, .next])
  }

  @Test func `for want of rows what comes next goes first, then what had the focus less lately`() {
    #expect(Set(layout(120, 32, .tail).panes.keys) == [.tail, .saga, .event, .state])
    #expect(
      Set(layout(120, 24, .tail, [.tail, .state]).panes.keys) == [.tail, .saga, .state])
    #expect(Set(layout(120, 24, .next).panes.keys) == [.tail, .saga, .next])
  }

  @Test func `a large screen has a place for every pane, and the map that of the saga`() {
    #expect(Set(layout(200, 50, .tail).panes.keys) == Set(PaneID.allCases).subtracting([.map]))
    #expect(Set(layout(200, 50, .map).panes.keys) == Set(PaneID.allCases).subtracting([.saga]))
    #expect(Set(layout(120, 40, .map).panes.keys) == [.map])
  }

  @Test func `every pane has exactly one row in the table of panes`() {
    #expect(PaneTable.rows.map(\.id) == PaneID.allCases)
    #expect(PaneTable.rows.allSatisfy { !$0.title.isEmpty })
  }
}
