import TestSupport
import Testing

@testable import EventicleConsole

/// The map and the tools as they look, each pane alone.
@Suite struct GoldenPaneTests {
  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 50)])
  func `the map at a moment of the past`(columns: Int, rows: Int) throws {
    try PaneStory.map(columns).screen(of: .map, columns, rows)
      .expectMatches("map-\(columns)x\(rows)")
  }

  @Test func `the map in ASCII`() throws {
    try PaneStory.map(120).screen(of: .map, 120, 30, .ascii).expectMatches("map-ascii-120x30")
  }

  @Test func `the map before anything has happened`() throws {
    try ConsolePilot.zoomed(80, on: "7").screen(of: .map, 80, 32).expectMatches("map-empty-80x32")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `stops`(columns: Int, rows: Int) throws {
    try PaneStory.stops(columns).screen(of: .tools, columns, rows)
      .expectMatches("stops-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `forks`(columns: Int, rows: Int) throws {
    try PaneStory.forks(columns).screen(of: .tools, columns, rows)
      .expectMatches("forks-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `the log`(columns: Int, rows: Int) throws {
    try PaneStory.log(columns).screen(of: .tools, columns, rows)
      .expectMatches("log-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `consumers`(columns: Int, rows: Int) throws {
    try PaneStory.consumers(columns).screen(of: .tools, columns, rows)
      .expectMatches("consumers-\(columns)x\(rows)")
  }

  @Test func `forks in ASCII`() throws {
    try PaneStory.forks(80).screen(of: .tools, 80, 12, .ascii).expectMatches("forks-ascii-80x12")
  }
}
