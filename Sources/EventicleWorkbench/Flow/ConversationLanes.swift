package import EventicleCore

/// A conversation as a sequence: who takes part, and what passes between them in the order of the
/// journal.
package struct ConversationLanes: Sendable, Hashable {
  /// Who may take part.
  package enum Kind: Sendable, Hashable {
    /// A person at a keyboard.
    case person
    /// A program, an importer, or the clock of a scheduled command.
    case outside
    case aggregate
    /// A stream whose events are no aggregate's.
    case stream
    case saga
    case view
    case adapter

    /// The letter of the kind; empty for those who ask from outside.
    package var letter: String {
      switch self {
      case .person, .outside, .stream: ""
      case .aggregate: "A"
      case .saga: "S"
      case .view: "V"
      case .adapter: "X"
      }
    }
  }

  /// One who takes part.
  package struct Lane: Sendable, Hashable {
    package let kind: Kind
    /// The type or the name.
    package let name: String
    /// The instance of a saga; `nil` for all others.
    package let instance: SagaKey?
  }

  /// One message, or what a participant does by itself.
  package struct Row: Sendable, Hashable {
    /// The place of its node in the conversation.
    package let node: Int
    /// The lane that it comes from; `nil` for what a participant does by itself.
    package let from: Int?
    /// The lane that it goes to, or where it happens.
    package let to: Int
  }

  /// One line of the sequence.
  package enum Item: Sendable, Hashable {
    case row(Row)
    /// A time in which nothing happens.
    case idle(Interval)
  }

  /// The participants, from left to right: who asks, then aggregates and sagas as they join in, then
  /// views and adapters.
  package let lanes: [Lane]
  package let items: [Item]
  /// The first item of each lane, by its place.
  package let starts: [Int]

  /// How long a pause is that has a line of its own.
  package static let idle = Interval.seconds(5)

  /// Reads the sequence of a conversation; O(nodes · log nodes).
  package init(_ conversation: Conversation, _ moment: MomentView) {
    var maker = LaneMaker(conversation, moment)
    let order = conversation.nodes.indices.sorted {
      conversation.nodes[$0].index < conversation.nodes[$1].index
    }
    let rows = order.map { maker.row(of: $0) }
    let places = maker.placesFromLeft
    lanes = maker.lanes.indices.sorted { places[$0] < places[$1] }.map { maker.lanes[$0] }
    var items: [Item] = []
    var starts = Array(repeating: Int.max, count: maker.lanes.count)
    var last: Instant?
    for row in rows {
      let instant = conversation.nodes[row.node].instant
      if let last, instant - last >= Self.idle { items.append(.idle(instant - last)) }
      last = instant
      for lane in [row.from, row.to].compactMap({ $0 }) {
        starts[places[lane]] = min(starts[places[lane]], items.count)
      }
      items.append(
        .row(Row(node: row.node, from: row.from.map { places[$0] }, to: places[row.to])))
    }
    (self.items, self.starts) = (items, starts)
  }

  /// The line of a node; `nil` when it has none.
  package func item(of node: Int) -> Int? {
    items.firstIndex { if case .row(let row) = $0 { row.node == node } else { false } }
  }
}

/// Finds who takes part in a conversation, in the order in which they join in.
private struct LaneMaker {
  private let conversation: Conversation
  private let moment: MomentView
  private(set) var lanes: [ConversationLanes.Lane] = []
  private var known: [ConversationLanes.Lane: Int] = [:]
  /// Where the node of a command or a step went, by its place.
  private var targets: [Int: Int] = [:]
  private var children: [Int: [Int]] = [:]

  init(_ conversation: Conversation, _ moment: MomentView) {
    self.conversation = conversation
    self.moment = moment
    for (place, node) in conversation.nodes.enumerated() {
      guard let parent = node.parent else { continue }
      children[parent, default: []].append(place)
    }
  }

  /// The place of each lane, counted from the left.
  var placesFromLeft: [Int] {
    func rank(_ lane: ConversationLanes.Lane) -> Int {
      switch lane.kind {
      case .person, .outside: 0
      case .aggregate, .stream, .saga: 1
      case .view: 2
      case .adapter: 3
      }
    }
    let order = lanes.indices.sorted { (rank(lanes[$0]), $0) < (rank(lanes[$1]), $1) }
    var places = Array(repeating: 0, count: lanes.count)
    for (place, lane) in order.enumerated() { places[lane] = place }
    return places
  }

  private mutating func lane(
    _ kind: ConversationLanes.Kind, _ name: String, _ instance: SagaKey? = nil
  ) -> Int {
    let lane = ConversationLanes.Lane(kind: kind, name: name, instance: instance)
    if let place = known[lane] { return place }
    known[lane] = lanes.count
    lanes.append(lane)
    return lanes.count - 1
  }

  // MARK: - Rows

  mutating func row(of place: Int) -> ConversationLanes.Row {
    let node = conversation.nodes[place]
    switch node.kind {
    case .command(let type, _, _, _):
      let from = sender(of: node)
      let to = target(ofCommand: type, at: place)
      targets[place] = to
      return ConversationLanes.Row(node: place, from: from, to: to)
    case .append(let position, _), .imported(let position, _):
      let from = node.parent.flatMap { targets[$0] } ?? sender(of: node)
      let to = owner(of: position)
      targets[place] = to
      return ConversationLanes.Row(node: place, from: from == to ? nil : from, to: to)
    case .delivery(let position, let consumer, let instance, _):
      let from = node.parent.flatMap { targets[$0] } ?? owner(of: position)
      let to = lane(of: consumer, instance)
      targets[place] = to
      return ConversationLanes.Row(node: place, from: from, to: to)
    case .acted(_, let consumer, _):
      let from = sender(of: node)
      return ConversationLanes.Row(node: place, from: from, to: lane(of: consumer, nil))
    case .timerArmed(let key, _, _, _), .timerCancelled(let key), .timerFired(let key, _, _):
      let to = owner(of: key)
      targets[place] = to
      return own(place, to)
    case .sagaEnded(let key, _): return own(place, lane(.saga, key.saga, key))
    case .sagaIntervention(let key, _, _):
      let from = sender(of: node)
      return ConversationLanes.Row(node: place, from: from, to: lane(.saga, key.saga, key))
    case .clock, .group, .parkedEdited, .parkedDropped, .trimmed, .trouble:
      return own(place, node.parent.flatMap { targets[$0] } ?? sender(of: node))
    }
  }

  private func own(_ place: Int, _ lane: Int) -> ConversationLanes.Row {
    ConversationLanes.Row(node: place, from: nil, to: lane)
  }

  /// Who asked for what a node did: the step that caused it, else whoever is outside.
  private mutating func sender(of node: Conversation.Node) -> Int {
    if let parent = node.parent, let lane = targets[parent] { return lane }
    switch node.origin {
    case .person: return lane(.person, "you")
    case .imported: return lane(.outside, "import")
    case .timer: return lane(.outside, "clock")
    case .backend: return lane(.outside, "backend")
    case .program, .delivery, nil: return lane(.outside, "program")
    }
  }

  /// Whom a command is about: the owner of what it made, else of the stream that it writes to.
  private mutating func target(ofCommand type: String, at place: Int) -> Int {
    for child in children[place] ?? [] {
      if case .append(let position, _) = conversation.nodes[child].kind {
        return owner(of: position)
      }
    }
    guard let stream = moment.domain.command(type)?.stream else { return lane(.outside, type) }
    return owner(of: stream)
  }

  private mutating func owner(of position: Position) -> Int {
    guard let stream = moment.log.stream(at: position) else { return lane(.stream, "the log") }
    return owner(of: stream)
  }

  private mutating func owner(of stream: StreamName) -> Int {
    let name = stream.logical
    if let root = moment.domain.aggregates.first(where: { $0.stream == name }) {
      return lane(.aggregate, root.type)
    }
    return lane(.stream, name.text)
  }

  private mutating func owner(of timer: TimerKey) -> Int {
    if timer.isOfCommand { return lane(.outside, "clock") }
    if moment.domain.saga(timer.owner.saga) != nil {
      return lane(.saga, timer.owner.saga, timer.owner)
    }
    let machine = moment.domain.aggregates.first {
      timer.owner.saga.hasSuffix("aggregate:\($0.type)")
    }
    return machine.map { lane(.aggregate, $0.type) }
      ?? lane(.saga, timer.owner.saga, timer.owner)
  }

  private mutating func lane(of consumer: ConsumerName, _ instance: String?) -> Int {
    switch consumer.kind {
    case .saga: lane(.saga, consumer.name, instance.map { SagaKey(consumer.name, $0) })
    case .view: lane(.view, consumer.name)
    case .adapter, .subscription: lane(.adapter, consumer.name)
    }
  }
}
