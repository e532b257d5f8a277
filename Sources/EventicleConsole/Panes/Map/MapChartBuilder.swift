import EventicleCore
import EventicleWorkbench

/// Puts the declarations of a domain and the links of its history together.
struct MapChartBuilder {
  private let domain: Domain
  private let learnt: LearntFlow
  private let most: Int
  private var made: [FlowMaker: [FlowEvent]] = [:]
  private var makers: [FlowMaker] = []
  private var deeds: [FlowWaker: [FlowDeed]] = [:]
  private var listeners: [StreamName: [ConsumerName]] = [:]

  private(set) var sections: [MapChart.Section] = []
  private(set) var timers: [MapChart.TimerNode] = []
  private(set) var listed: Set<FlowEvent> = []
  private(set) var hidden = 0

  init(_ domain: Domain, _ learnt: LearntFlow, most: Int) {
    self.domain = domain
    self.learnt = learnt
    self.most = most
    for link in learnt.order {
      switch link {
      case .makes(let maker, let event):
        if made[maker] == nil { makers.append(maker) }
        made[maker, default: []].append(event)
      case .does(let waker, let deed): deeds[waker, default: []].append(deed)
      case .given, .wakes: break
      }
    }
  }

  /// Makes the sections, then the timers.
  mutating func build() {
    sections = domain.aggregates.map { MapChart.Section(aggregate: $0.type, stream: $0.stream) }
    for stream in domain.commands.map(\.stream) { _ = place(of: stream) }
    for command in domain.commands { addKnown(.command(command.type), in: command.stream) }
    for maker in makers {
      if case .command(let type) = maker, domain.command(type) != nil { continue }
      guard let first = made[maker]?.first else { continue }
      addKnown(maker, in: first.stream)
    }
    for index in sections.indices { addUnknown(to: index) }
    addTimers()
  }

  private mutating func place(of stream: StreamName) -> Int {
    if let place = sections.firstIndex(where: { $0.stream == stream }) { return place }
    sections.append(MapChart.Section(aggregate: nil, stream: stream))
    return sections.count - 1
  }

  private mutating func addKnown(_ maker: FlowMaker, in stream: StreamName) {
    let events = (made[maker] ?? []).compactMap { node($0) }
    guard !events.isEmpty else { return }
    let place = place(of: stream)
    sections[place].groups.append(
      MapChart.Group(makers: [maker], events: events, isKnown: true))
  }

  /// What is declared and has not been seen: commands without events, events without commands.
  private mutating func addUnknown(to index: Int) {
    let section = sections[index]
    let commands = domain.commands.filter {
      $0.stream == section.stream && made[.command($0.type)] == nil
    }
    let types = section.aggregate.flatMap { domain.aggregate($0) }?.reducers.keys.sorted() ?? []
    let events = types.map { FlowEvent(type: $0, stream: section.stream) }
      .filter { !listed.contains($0) }.compactMap { node($0) }
    guard !commands.isEmpty || !events.isEmpty else { return }
    sections[index].groups.append(
      MapChart.Group(
        makers: commands.map { .command($0.type) }, events: events, isKnown: false))
  }

  /// An event with who is woken by it; `nil` when too many are listed.
  private mutating func node(_ event: FlowEvent) -> MapChart.EventNode? {
    if listed.contains(event) {
      return MapChart.EventNode(event: event, isRepeated: true, wakes: [])
    }
    guard listed.count < most else {
      hidden += 1
      return nil
    }
    listed.insert(event)
    var single: [MapChart.Wake] = []
    var others: [FlowWaker] = []
    for consumer in consumers(of: event.stream) where domain.handles(consumer, event.type) {
      let waker = FlowWaker.event(event, consumer)
      let deeds = deeds[waker] ?? []
      if consumer.kind == .saga || !deeds.isEmpty {
        single.append(MapChart.Wake(wakers: [waker], deeds: deeds))
      } else {
        others.append(waker)
      }
    }
    return MapChart.EventNode(
      event: event, isRepeated: false,
      wakes: single + (others.isEmpty ? [] : [MapChart.Wake(wakers: others)]))
  }

  private mutating func consumers(of stream: StreamName) -> [ConsumerName] {
    if let known = listeners[stream] { return known }
    let found = domain.listeners(to: stream)
    listeners[stream] = found
    return found
  }

  private mutating func addTimers() {
    var all = domain.sagas.flatMap { saga in
      saga.timerNames.map { FlowTimer(owner: saga.name, name: $0) }
    }
    let seen = learnt.order.compactMap { link -> FlowTimer? in
      if case .wakes(.timer(let timer)) = link { timer } else { nil }
    }
    for timer in seen where !all.contains(timer) { all.append(timer) }
    timers = all.prefix(most).map { timer in
      let waker = FlowWaker.timer(timer)
      let wake = MapChart.Wake(wakers: [waker], deeds: deeds[waker] ?? [])
      return MapChart.TimerNode(timer: timer, wake: wake)
    }
  }
}
