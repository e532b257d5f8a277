package import EventicleCore

extension Diagram {
  /// A domain as it is declared and as its history has shown it.
  ///
  /// It says who asks, what happens and who is woken; what has not happened up to the moment is drawn
  /// as declared.
  package static func map(_ learnt: LearntFlow, _ moment: MomentView) -> Diagram {
    var builder = DomainGraph(learnt, moment)
    builder.addAll()
    return .graph(builder.graph)
  }

  /// What wakes a saga, and what it asks for and arms then; what an instance has done is marked.
  package static func saga(
    _ saga: Saga, instance: SagaKey?, _ learnt: LearntFlow, _ moment: MomentView
  ) -> Diagram {
    var builder = DomainGraph(learnt, moment)
    if let instance { builder.mark(instance) }
    builder.add(saga)
    return .graph(builder.graph)
  }
}

/// Puts boxes for the things of a domain, each once, and arrows between them.
private struct DomainGraph {
  private(set) var graph = Diagram.Graph()
  private let learnt: LearntFlow
  private let moment: MomentView
  private let domain: Domain
  private var boxes: [Box: Int] = [:]
  private var frames: [String: Int] = [:]
  private var marked: Set<FlowLink> = []

  /// What a box stands for.
  private enum Box: Hashable {
    case command(String)
    case event(FlowEvent)
    case consumer(ConsumerName)
    case step(FlowWaker)
    case timer(FlowTimer)
    case outside(String)
    case end(FlowWaker)
  }

  init(_ learnt: LearntFlow, _ moment: MomentView) {
    self.learnt = learnt
    self.moment = moment
    domain = moment.domain
    graph.isAcross = true
  }

  private func hasHappened(_ link: FlowLink) -> Bool {
    learnt.has(link, upTo: moment.cursor.entry)
  }

  // MARK: - Boxes

  private mutating func box(_ box: Box, _ label: String, _ kind: Diagram.Kind) -> Int {
    if let place = boxes[box] { return place }
    let place = graph.add(Diagram.Graph.Node(label: label, kind: kind, hasHappened: false))
    boxes[box] = place
    return place
  }

  private mutating func command(_ type: String) -> Int {
    let isNew = boxes[.command(type)] == nil
    let place = box(.command(type), type, .command)
    if isNew, let stream = domain.command(type)?.stream { put(place, in: stream) }
    if hasHappened(.given(type)) { graph.nodes[place].hasHappened = true }
    return place
  }

  private mutating func event(_ event: FlowEvent) -> Int {
    let isNew = boxes[.event(event)] == nil
    let place = box(.event(event), event.type.text, .event)
    if isNew {
      put(place, in: event.stream)
      graph.nodes[place].hasHappened = learnt.count(of: event, upTo: moment.cursor.entry) > 0
    }
    return place
  }

  private mutating func consumer(_ name: ConsumerName) -> Int {
    let kind: Diagram.Kind =
      switch name.kind {
      case .view: .view
      case .saga: .saga
      case .adapter, .subscription: .outside
      }
    return box(.consumer(name), "\(name.kind.letter) \(name.name)", kind)
  }

  private mutating func timer(_ timer: FlowTimer) -> Int {
    box(.timer(timer), "T \(timer.name)", .timer)
  }

  /// Puts a box into the frame of the aggregate that has a stream, or of the stream.
  private mutating func put(_ place: Int, in stream: StreamName) {
    let owner = domain.aggregates.first { $0.stream == stream }?.type
    let label = owner.map { "\($0) · \(stream.text)" } ?? stream.text
    let frame = frames[label] ?? graph.frames.count
    if frame == graph.frames.count {
      graph.frames.append(Diagram.Graph.Frame(label: label))
      frames[label] = frame
    }
    graph.frames[frame].nodes.append(place)
  }

  private mutating func connect(
    _ from: Int, _ to: Int, _ links: FlowLink..., label: String = ""
  ) {
    let isDone = links.contains { hasHappened($0) }
    let isMarked = links.contains { marked.contains($0) }
    if isDone {
      graph.nodes[from].hasHappened = true
      graph.nodes[to].hasHappened = true
    }
    if isMarked {
      graph.nodes[from].isMarked = true
      graph.nodes[to].isMarked = true
    }
    graph.edges.append(
      Diagram.Graph.Edge(
        from: from, to: to, label: label, hasHappened: isDone, isMarked: isMarked))
  }

  // MARK: - A whole domain

  mutating func addAll() {
    for declared in domain.commands { _ = command(declared.type) }
    for root in domain.aggregates {
      for type in root.reducers.keys.sorted() {
        _ = event(FlowEvent(type: type, stream: root.stream))
      }
    }
    for link in learnt.order {
      if case .makes(let maker, let made) = link { add(maker, made, link) }
    }
    for (place, known) in events { addWakes(of: known, at: place) }
    for saga in domain.sagas {
      let place = consumer(ConsumerName(.saga, saga.name))
      for name in saga.timerNames { addTimer(FlowTimer(owner: saga.name, name: name), place) }
    }
    for link in learnt.order {
      guard case .does(let waker, let deed) = link else { continue }
      addDeed(deed, of: waker, link)
    }
  }

  /// The events with boxes, in the order in which they were put.
  private var events: [(Int, FlowEvent)] {
    boxes.compactMap { box, place in
      if case .event(let event) = box { (place, event) } else { nil }
    }.sorted { $0.0 < $1.0 }
  }

  private mutating func add(_ maker: FlowMaker, _ made: FlowEvent, _ link: FlowLink) {
    let from: Int
    switch maker {
    case .command(let type): from = command(type)
    case .consumer(let name): from = consumer(name)
    case .timer(let known): from = timer(known)
    case .emitted: from = box(.outside("emitted"), "emitted", .outside)
    case .imported: from = box(.outside("imported"), "imported", .outside)
    }
    connect(from, event(made), link)
  }

  private mutating func addWakes(of event: FlowEvent, at place: Int) {
    for name in domain.listeners(to: event.stream) where domain.handles(name, event.type) {
      connect(place, consumer(name), .wakes(.event(event, name)))
    }
  }

  private mutating func addTimer(_ known: FlowTimer, _ owner: Int) {
    connect(timer(known), owner, .wakes(.timer(known)))
  }

  private mutating func addDeed(_ deed: FlowDeed, of waker: FlowWaker, _ link: FlowLink) {
    let from: Int
    let owner: String
    switch waker {
    case .event(_, let name): (from, owner) = (consumer(name), name.name)
    case .timer(let known):
      (from, owner) = (consumer(ConsumerName(.saga, known.owner)), known.owner)
    }
    let to: Int
    switch deed {
    case .asks(let type): to = command(type)
    case .arms(let name): to = timer(FlowTimer(owner: owner, name: name))
    case .turnsOff, .starts, .ends: return
    }
    // Several events may make it ask for the same.
    if let known = graph.edges.firstIndex(where: { $0.from == from && $0.to == to }) {
      graph.edges[known].hasHappened = graph.edges[known].hasHappened || hasHappened(link)
      return
    }
    connect(from, to, link)
  }

  // MARK: - One saga

  /// Marks what an instance has done.
  mutating func mark(_ key: SagaKey) {
    let timeline = moment.timeline
    for index in timeline.entries(of: key, upTo: moment.cursor.entry) {
      guard let entry = timeline.entry(index) else { continue }
      marked.formUnion(FlowLink.links(of: entry, moment))
      for effect in timeline.effects(of: index, limit: 64) {
        guard let entry = timeline.entry(effect) else { continue }
        marked.formUnion(FlowLink.links(of: entry, moment))
      }
    }
  }

  mutating func add(_ saga: Saga) {
    let name = ConsumerName(.saga, saga.name)
    var wakers: [FlowWaker] = []
    for stream in saga.streams {
      for type in (saga.startTypes + saga.handledTypes) {
        let waker = FlowWaker.event(FlowEvent(type: type, stream: stream), name)
        let isOwn = domain.aggregates.contains {
          $0.stream == stream && $0.reducers.keys.contains(type)
        }
        guard isOwn || hasHappened(.wakes(waker)), !wakers.contains(waker) else { continue }
        wakers.append(waker)
      }
    }
    for name in saga.timerNames {
      wakers.append(.timer(FlowTimer(owner: saga.name, name: name)))
    }
    for link in learnt.order {
      guard case .wakes(let waker) = link, !wakers.contains(waker) else { continue }
      switch waker {
      case .event(_, let consumer) where consumer == name: wakers.append(waker)
      case .timer(let timer) where timer.owner == saga.name: wakers.append(waker)
      default: break
      }
    }
    for waker in wakers { add(waker, of: saga) }
  }

  /// What wakes a saga, its step, and what that does.
  private mutating func add(_ waker: FlowWaker, of saga: Saga) {
    let from: Int
    let what: String
    switch waker {
    case .event(let made, _):
      from = event(made)
      what = "on \(made.type)"
    case .timer(let known):
      from = timer(known)
      what = "T \(known.name)"
    }
    let deeds = learnt.order.compactMap { link -> (FlowLink, FlowDeed)? in
      if case .does(waker, let deed) = link { (link, deed) } else { nil }
    }
    var words = ["S \(saga.name)", what]
    if deeds.contains(where: { $0.1 == .starts }) { words.append("starts") }
    if deeds.contains(where: { $0.1 == .ends }) { words.append("may end") }
    let step = box(.step(waker), words.joined(separator: "\n"), .saga)
    connect(from, step, .wakes(waker))
    for (link, deed) in deeds {
      switch deed {
      case .asks(let type): connect(step, command(type), link)
      case .arms(let name):
        let schedule = learnt.schedules[link].map { $0.brief } ?? ""
        connect(step, timer(FlowTimer(owner: saga.name, name: name)), link, label: schedule)
      case .turnsOff(let name):
        connect(step, timer(FlowTimer(owner: saga.name, name: name)), link, label: "off")
      case .starts, .ends: break
      }
    }
  }
}
