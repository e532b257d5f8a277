import TestSupport
import Testing

@testable import EventicleCore

/// The cases of the conformance suite that lies beside the working copy where this is developed.
@Suite struct StatechartConformanceTests {
  static let cases = (try? ConformanceChart.cases(in: "conformance-a.json")) ?? nil

  @Test(
    .enabled(
      if: StatechartConformanceTests.cases != nil,
      "skipped: there is no shared/data/statecharts/conformance-a.json"))
  func `every case of the suite has exactly the active states that it says`() throws {
    let cases = try #require(Self.cases)
    #expect(cases.count >= 50)
    for chart in cases {
      let difference = try chart.firstDifference()
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test func `a case whose script expects other states is seen to differ`() throws {
    let chart = ConformanceChart([
      "group": "own", "name": "wrong",
      "machine": [
        "type": "compound", "initial": ["a"],
        "states": [
          ["id": "a", "transitions": [["event": ["t"], "target": ["b.1"]]]], ["id": "b.1"],
        ],
      ],
      "script": [
        "initialConfiguration": ["a"],
        "events": [["event": ["name": "t"], "nextConfiguration": ["a"]]],
      ],
    ])
    #expect(
      try chart.firstDifference()
        == #"own wrong after event 1, t: ["b.1"], expected ["a"]"#)
  }
}
