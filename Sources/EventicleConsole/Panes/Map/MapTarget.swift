import EventicleCore
import EventicleWorkbench

/// Finds the newest of something on the map.
struct MapTarget {
  private let learnt: LearntFlow
  private let moment: MomentView

  /// The entries read when the newest is later than the moment; beyond them the first one counts.
  private static let most = 4_096

  init(_ learnt: LearntFlow, _ moment: MomentView) {
    self.learnt = learnt
    self.moment = moment
  }

  /// The newest of it up to the moment, else the first one after it; `nil` when there is none.
  func newest(of spot: MapSpot) -> JournalIndex? {
    switch spot {
    case .event(let event, _): return learnt.newest(event, upTo: moment.cursor.entry)
    case .maker(.command(let type)): return newest([.given(type)])
    case .maker(let maker):
      return newest(
        learnt.order.filter {
          if case .makes(maker, _) = $0 { true } else { false }
        })
    case .wake(let wakers): return newest(wakers.map { .wakes($0) })
    case .deeds(let waker, let deeds): return newest(deeds.map { .does(waker, $0) })
    case .timer(let timer): return newest([.wakes(.timer(timer))])
    }
  }

  private func newest(_ links: [FlowLink]) -> JournalIndex? {
    let end = moment.cursor.entry
    let seen = links.compactMap { link in learnt.links[link].map { (link, $0) } }
    let past = seen.filter { $0.1.first <= end }
    guard !past.isEmpty else { return seen.map(\.1.first).min() }
    if past.allSatisfy({ $0.1.last <= end }) { return past.map(\.1.last).max() }
    let wanted = Set(past.map(\.0))
    let first = max(1, end.number - MapTarget.most)
    for number in stride(from: end.number, through: first, by: -1) {
      let index = JournalIndex(number)
      guard let entry = moment.timeline.entry(index) else { continue }
      if FlowLink.links(of: entry, moment).contains(where: { wanted.contains($0) }) { return index }
    }
    return past.map(\.1.first).max()
  }

  /// The moment to which Enter goes for an entry.
  static func cursor(at entry: JournalIndex, _ moment: MomentView) -> TimeCursor {
    if let position = moment.timeline.entry(entry)?.kind.position {
      if case .delivery = moment.timeline.entry(entry)?.kind {
        return moment.timeline.moment(of: entry)
      }
      return moment.timeline.cursor(after: position)
    }
    return moment.timeline.moment(of: entry)
  }

  /// The line that goes there.
  static func line(to entry: JournalIndex, _ moment: MomentView) -> String {
    switch moment.timeline.entry(entry)?.kind {
    case .append(let position, _), .imported(let position, _): "goto \(position)"
    default: "goto \(entry)"
    }
  }
}
