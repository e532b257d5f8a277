import TestSupport
import Testing

@testable import EventicleCore

/// Charts of random shape with what XState 4.38.3 and 5.32.5 did with them, written down once.
@Suite struct XStateAgreementTests {
  static let records: [JSON] = {
    let path = "Tests/EventicleCoreTests/Statecharts/xstate-traces.ndjson"
    let text = Repository.text(at: path) ?? ""
    return text.split(separator: "\n").compactMap { try? JSON(parsing: $0) }
  }()

  @Test func `a chart goes the way that it goes in XState, action by action`() throws {
    #expect(Self.records.count == 120)
    for record in Self.records {
      let difference = try XStateTrace(record).firstDifference()
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test func `the record of one version is seen not to be that of the other`() throws {
    let differing = Self.records.filter { record in
      guard record["version"] == 5 else { return false }
      var changed = record
      changed["version"] = 4
      let difference = try? XStateTrace(changed).firstDifference()
      return difference != nil
    }
    #expect(differing.count > 20)
  }

  @Test func `a chart without one of its actions is seen to go another way`() throws {
    var seen = 0
    for record in Self.records.prefix(10) {
      let changed = XStateTrace(record) { $0["entry"] = nil }
      if try changed.firstDifference() != nil { seen += 1 }
    }
    #expect(seen == 10)
  }
}
