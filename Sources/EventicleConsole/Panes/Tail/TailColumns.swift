import EventicleCore

/// The widths of the tail's columns; they depend on the domain's declarations, so that the columns
/// stay in place while rows scroll by.
struct TailColumns {
  let isWide: Bool
  /// The whole width, and the width right of the stream.
  let all: Int
  let afterStream: Int
  let position: Int
  let time: Int
  let stream: Int
  let type: Int
  let id: Int
  let by: Int
  let deliveries: Int

  /// The marks at the left: the time cursor and failures.
  static let gutter = 2

  /// Computes the columns for rows in a width.
  init(_ rows: [TailRowFacts], _ moment: MomentView, columns: Int, isWide: Bool) {
    self.isWide = isWide
    all = columns
    let domain = moment.domain
    position = max(3, "\(moment.log.count)".utf8.count + 1)
    time = isWide ? 12 : 6
    var wanted = Wanted(domain, moment)
    for row in rows { wanted.add(row) }
    stream = min(wanted.stream, isWide ? 16 : 10)
    let rest = columns - Self.gutter - position - time - stream - (isWide ? 4 : 3)
    afterStream = rest
    // The rest is shared out: first the type, then the id, then the maker.
    id = max(0, min(wanted.id, isWide ? 20 : 12, rest * 3 / 10))
    let forDeliveries = isWide ? min(wanted.deliveries, rest / 3) : 0
    let most = rest - id - 1 - (isWide ? forDeliveries + 1 : 0)
    type = max(0, min(wanted.type, most - 1 - min(9, most / 3)))
    by = max(0, min(wanted.by, most - type - 1))
    deliveries = isWide ? max(0, most - type - 1 - by + forDeliveries) : 0
  }

  /// The widths that the columns would need.
  private struct Wanted {
    var stream: Int
    var type: Int
    var id: Int
    var by: Int
    var deliveries = 0

    init(_ domain: Domain, _ moment: MomentView) {
      stream = PaneText.streams(of: domain).map(\.text.utf8.count).max() ?? 6
      stream = max(stream, 7)
      let types = domain.aggregates.flatMap { $0.reducers.keys.map(\.text.utf8.count) }
      type = max(12, types.max() ?? 0)
      id =
        domain.aggregates.map { root in
          let count = moment.timeline.head.histories.count(of: root.type)
          return root.idPrefix.utf8.count + 1 + "\(count)".utf8.count
        }.max() ?? 6
      let names = domain.commands.map(\.type) + domain.sagas.map(\.name)
      by = (names.map(\.utf8.count).max() ?? 6) + 2
    }

    mutating func add(_ row: TailRowFacts) {
      guard case .event(_, let event, let depth) = row.content else { return }
      stream = max(stream, min(event.stream.text.utf8.count, 40))
      type = max(type, min(event.type.text.utf8.count, 40) + depth)
      id = max(id, min(event.domainID?.text.utf8.count ?? 0, 40))
      deliveries = max(deliveries, TailWriter.deliveries(row.deliveries, isLong: true).width)
    }
  }
}
