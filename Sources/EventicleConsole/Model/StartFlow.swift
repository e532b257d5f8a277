import EventicleCore

/// A piece of a domain's flow, for the start list.
enum StartFlow {
  /// The event that starts the first saga, with who is woken: `OrderCreated ─► PaymentSaga`.
  static func lines(of domain: Domain) -> [StyledLine] {
    let types = Set(domain.aggregates.flatMap { $0.reducers.keys })
    guard let type = domain.sagas.flatMap(\.startTypes).first,
      let root = domain.aggregates.first(where: { $0.reducers[type] != nil })
    else { return [] }
    let all = domain.listeners(to: root.stream).filter { domain.handles($0, type) }
    let consumers = all.filter { $0.kind == .saga } + all.filter { $0.kind != .saga }
    let name = PaneText.data(type.text, limit: 40)
    var lines: [StyledLine] = []
    for (place, consumer) in consumers.prefix(2).enumerated() {
      var line = StyledLine("   ")
      if place == 0 {
        line.add(name, .kindEvent)
        line.add(consumers.count > 1 ? " ─┬─► " : " ───► ", .uiBorder)
      } else {
        line.add(.spaces(name.width + 2))
        line.add("└─► ", .uiBorder)
      }
      line.add(PaneText.data(consumer.name, limit: 30), consumer.kind.role)
      lines.append(line)
    }
    let more = types.count - 1
    if more > 0 { lines[lines.count - 1].add("      and \(more) more: the map", .uiMuted) }
    return lines
  }
}
