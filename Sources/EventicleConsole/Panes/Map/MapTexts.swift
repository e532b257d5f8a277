import EventicleCore
import EventicleWorkbench

/// The names on the map, with how strongly each is drawn at a moment.
struct MapTexts {
  let domain: Domain
  let learnt: LearntFlow
  let lit: LitFlow
  /// The last entry that has happened.
  let end: JournalIndex

  func degree(_ link: FlowLink) -> MapDegree {
    if lit.links.contains(link) { return .heavy }
    return learnt.has(link, upTo: end) ? .solid : .dotted
  }

  func degree(_ wake: MapChart.Wake) -> MapDegree {
    wake.wakers.map { degree(.wakes($0)) }.max() ?? .dotted
  }

  // MARK: - Makers and events

  func maker(_ maker: FlowMaker) -> (text: DisplayText, role: StyleRole) {
    let text: DisplayText
    let kind: StyleRole
    switch maker {
    case .command(let type): (text, kind) = (PaneText.data(type, limit: 40), .kindCommand)
    case .consumer(let consumer):
      (text, kind) = (PaneText.data(consumer.description, limit: 40), consumer.kind.role)
    case .timer(let timer): (text, kind) = (PaneText.data("T \(timer.name)", limit: 40), .kindTimer)
    case .emitted: (text, kind) = ("emitted", .uiText)
    case .imported: (text, kind) = ("imported", .uiText)
    }
    return (text, degree(of: maker).role(kind))
  }

  private func degree(of maker: FlowMaker) -> MapDegree {
    if case .command(let type) = maker { return degree(.given(type)) }
    return .solid
  }

  func event(_ event: FlowEvent) -> DisplayText { PaneText.data(event.type.text, limit: 40) }

  /// How many events there are; `·` for none.
  func count(_ event: FlowEvent) -> DisplayText {
    let count = learnt.count(of: event, upTo: end)
    return count == 0 ? "·" : DisplayText(count)
  }

  // MARK: - Consumers

  /// The consumers in lines of a width, where there are several.
  func wake(_ wake: MapChart.Wake, columns: Int = .max) -> [StyledLine] {
    var lines = [StyledLine()]
    for (place, waker) in wake.wakers.enumerated() {
      let name = name(waker, wake)
      let comma: DisplayText = place == wake.wakers.count - 1 ? "" : ","
      var last = lines[lines.count - 1]
      if place > 0, last.width + 1 + name.width + comma.width > columns {
        lines.append(StyledLine())
        last = StyledLine()
      } else if place > 0 {
        last.add(" ")
      }
      last.add(name)
      last.add(comma, .uiMuted)
      lines[lines.count - 1] = last
    }
    return lines.map { $0.truncated(to: columns) }
  }

  private func name(_ waker: FlowWaker, _ wake: MapChart.Wake) -> StyledLine {
    let role = degree(.wakes(waker)).role(MapTexts.role(waker, domain))
    var line = StyledLine(PaneText.data(MapTexts.name(waker), limit: 40), role)
    let rest = rest(waker, wake)
    if !rest.isEmpty { line.add(" " + PaneText.data(rest, limit: 60), .uiMuted) }
    return line
  }

  /// `starts`, `ends`, and the one instance that is lit.
  private func rest(_ waker: FlowWaker, _ wake: MapChart.Wake) -> String {
    var words: [String] = []
    if starts(waker) { words.append("starts") }
    if wake.deeds.contains(.ends), learnt.links[.does(waker, .ends)]?.count == count(waker) {
      words.append("ends")
    }
    if let instance = lit.instances[waker] { words.append(instance) }
    return words.joined(separator: " ")
  }

  private func starts(_ waker: FlowWaker) -> Bool {
    guard case .event(let event, let consumer) = waker, consumer.kind == .saga else { return false }
    if learnt.links[.does(waker, .starts)] != nil { return true }
    guard let saga = domain.saga(consumer.name), saga.startTypes.contains(event.type) else {
      return false
    }
    return !saga.handledTypes.contains(event.type)
  }

  private func count(_ waker: FlowWaker) -> Int? { learnt.links[.wakes(waker)]?.count }

  static func name(_ waker: FlowWaker) -> String {
    switch waker {
    case .event(_, let consumer): consumer.name
    case .timer(let timer): timer.owner
    }
  }

  private static func role(_ waker: FlowWaker, _ domain: Domain) -> StyleRole {
    switch waker {
    case .event(_, let consumer): consumer.kind.role
    case .timer(let timer): domain.aggregate(timer.owner) == nil ? .kindSaga : .kindAggregate
    }
  }

  /// What a consumer does besides starting and ending.
  func deeds(_ wake: MapChart.Wake) -> MapDeeds? {
    guard let waker = wake.wakers.first else { return nil }
    let deeds = wake.deeds.filter { $0 != .starts && $0 != .ends }
    guard !deeds.isEmpty else { return nil }
    return MapDeeds(
      deeds, timers: domain.saga(MapTexts.name(waker))?.timerNames.count ?? 0,
      degree: { degree(.does(waker, $0)) },
      schedule: { learnt.schedules[.does(waker, $0)] })
  }
}
