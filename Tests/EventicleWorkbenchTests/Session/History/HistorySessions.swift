import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Sessions of a shop in which something happened, for tests of forks, comparisons and edits.
enum HistorySessions {
  /// Two orders; the card of the first is declined, the second is paid.
  static let declined = [
    "PlaceOrder customer=c-19 total:=59", "DeclinePayment paymentId=pay-1",
    "PlaceOrder customer=c-2 total:=20", "CapturePayment paymentId=pay-2",
  ]

  static func shop(_ lines: [String]) throws -> Session {
    var session = try Session(.shop)
    for line in lines {
      let problem = session.run(line).problem
      #expect(problem == nil, "\(line): \(problem?.message ?? "")")
    }
    return session
  }

  /// A session with random lines, a few of which are refused.
  static func random(_ random: inout SeededRandom, lines: Int, in session: inout Session) {
    for _ in 0..<lines {
      let number = Int.random(in: 1...3, using: &random)
      let all = [
        "PlaceOrder customer=c-1 total:=\(number)", "DeclinePayment paymentId=pay-\(number)",
        "CapturePayment paymentId=pay-\(number)", "CancelOrder orderId=order-\(number) reason=no",
        "clock +\(number * 20)s", "fire", "hold", "release", "step delivery", "release 1",
        "emit notes Noted n-\(number) n:=\(number)", "drop 1", "deliver 2", "dup 1", "crash 1",
        "DispatchShipment shipmentId=ship-\(number) carrier=DHL", "clock +1d",
      ]
      _ = session.run(all.randomElement(using: &random) ?? "fire")
    }
  }

  /// The kinds of all entries of the branch in use.
  static func kinds(_ session: Session) -> [JournalEntry.Kind] {
    (0..<session.timeline.count).compactMap { session.timeline.entry(JournalIndex($0 + 1))?.kind }
  }
}
