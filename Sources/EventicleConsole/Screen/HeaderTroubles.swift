import EventicleCore
import EventicleWorkbench

/// What is wrong at the moment, in the words of the header.
enum HeaderTroubles {
  /// `✗ 1 parked  ! 2 refused`, or that all is well.
  static func parts(_ model: Model) -> [(text: DisplayText, role: StyleRole)] {
    let moment = model.shown
    let marks = model.tail.rows.marks
    let here = moment.cursor.entry
    var parts: [(text: DisplayText, role: StyleRole)] = []
    if let problem = problem(of: model.store) { parts.append((problem, .statusError)) }
    let parked = moment.world.parkedCount
    if parked > 0 { parts.append(("✗ \(parked) parked", .statusError)) }
    // What is parked has failed, but not all that failed is parked.
    let failed = marks.count(.failed, upTo: here) - parked
    if failed > 0 { parts.append(("✗ \(failed) failed", .statusError)) }
    let refused = marks.count(.refused, upTo: here)
    if refused > 0 { parts.append(("! \(refused) refused", .statusRejected)) }
    let unheard = marks.unheard.partitioningIndex { Int($0) > here.number }
    if unheard > 0 { parts.append(("! \(unheard) unheard", .statusRejected)) }
    // To a team only what is wrong is news.
    return parts.isEmpty && model.presented == nil ? [("all well", .statusOk)] : parts
  }

  private static func problem(of store: StoreNotice?) -> DisplayText? {
    switch store?.standing {
    case .damaged: "✗ damaged"
    case .gone: "✗ file gone"
    case .failed: "✗ write failed"
    case .unread: "✗ read failed"
    case .tablesDamaged: "✗ tables damaged"
    default: nil
    }
  }
}
