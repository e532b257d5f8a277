import TestSupport
import Testing

@testable import EventicleConsole

/// The map, the tools and the lists as they look, each pane alone.
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

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `one conversation as a tree, as a sequence and over time`(columns: Int, rows: Int) throws {
    for tab in ["flow", "lanes", "gantt"] {
      try PaneStory.conversation(columns, tab).screen(of: .map, columns, rows)
        .expectMatches("\(tab)-\(columns)x\(rows)")
    }
  }

  @Test func `one conversation in ASCII`() throws {
    for tab in ["flow", "lanes", "gantt"] {
      try PaneStory.conversation(80, tab).screen(of: .map, 80, 24, .ascii)
        .expectMatches("\(tab)-ascii-80x24")
    }
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `stops`(columns: Int, rows: Int) throws {
    try PaneStory.stops(columns).screen(of: .tools, columns, rows)
      .expectMatches("stops-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `stops with their hits`(columns: Int, rows: Int) throws {
    try PaneStory.hits(columns).screen(of: .tools, columns, rows)
      .expectMatches("stops-hit-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `deliveries that a person acted on`(columns: Int, rows: Int) throws {
    try PaneStory.acts(columns).screen(of: .next, columns, rows)
      .expectMatches("acts-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func `forks`(columns: Int, rows: Int) throws {
    try PaneStory.forks(columns).screen(of: .tools, columns, rows)
      .expectMatches("forks-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `two histories side by side`(columns: Int, rows: Int) throws {
    try PaneStory.compared(columns).screen(of: .tools, columns, rows)
      .expectMatches("compare-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `a fork whose history was changed`(columns: Int, rows: Int) throws {
    try PaneStory.edited(columns).screen(of: .tools, columns, rows)
      .expectMatches("edited-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `steps that differ with the code of now`(columns: Int, rows: Int) throws {
    try PaneStory.verified(columns).screen(of: .tools, columns, rows)
      .expectMatches("verify-\(columns)x\(rows)")
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 50)])
  func `every step that changed a value`(columns: Int, rows: Int) throws {
    try PaneStory.why(columns).screen(of: .tools, columns, rows)
      .expectMatches("why-\(columns)x\(rows)")
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

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 50)])
  func `what is alive, while held`(columns: Int, rows: Int) throws {
    try PaneStory.explore(columns).screen(of: .explore, columns, rows)
      .expectMatches("explore-\(columns)x\(rows)")
  }

  @Test func `what is alive in ASCII`() throws {
    try PaneStory.explore(80).screen(of: .explore, 80, 24, .ascii)
      .expectMatches("explore-ascii-80x24")
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 50)])
  func `a view that lags, sorted`(columns: Int, rows: Int) throws {
    try PaneStory.views(columns).screen(of: .views, columns, rows)
      .expectMatches("views-\(columns)x\(rows)")
  }

  @Test func `a view in ASCII`() throws {
    try PaneStory.views(80).screen(of: .views, 80, 24, .ascii).expectMatches("views-ascii-80x24")
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 50)])
  func `what comes next, while held`(columns: Int, rows: Int) throws {
    try PaneStory.next(columns).screen(of: .next, columns, rows)
      .expectMatches("waiting-\(columns)x\(rows)")
  }

  @Test func `what comes next in ASCII`() throws {
    try PaneStory.next(80).screen(of: .next, 80, 24, .ascii).expectMatches("waiting-ascii-80x24")
  }

  @Test(arguments: [(40, 12), (80, 24), (120, 40), (200, 50)])
  func `the tail with all but hits folded`(columns: Int, rows: Int) throws {
    try PaneStory.found(columns, rows, "<Tab>").golden.expectMatches("found-\(columns)x\(rows)")
  }

  @Test func `the tail with hits among all rows in ASCII`() throws {
    let pilot = try PaneStory.found(120, 40, "")
    try pilot.screen(of: .tail, 120, 30, .ascii).expectMatches("found-ascii-120x30")
  }
}
