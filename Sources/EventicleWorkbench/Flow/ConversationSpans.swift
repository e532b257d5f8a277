package import EventicleCore

/// A conversation in groups that each last for a time: a command with its events, a saga instance
/// with its steps, a timer from when it is armed until it fires or is called off.
package struct ConversationSpans: Sendable, Hashable {
  /// What a group is.
  package enum Kind: Sendable, Hashable {
    case command
    /// An event that no command made.
    case event
    case saga(SagaKey)
    case timer(TimerKey)
    case consumer(ConsumerName)
    /// Anything else, such as an act on a group.
    case other
  }

  /// How a group ended.
  package enum Ending: Sendable, Hashable {
    case done
    /// A timer fired, or was called off.
    case fired
    case off
    /// A timer was called off or armed anew by an entry of another conversation.
    case elsewhere(JournalIndex, Instant)
    /// It goes on; a timer falls due at an instant.
    case open(due: Instant?)
  }

  /// One group.
  package struct Span: Sendable, Hashable {
    package let kind: Kind
    /// The places of its nodes in the conversation, in the order of the journal; never empty.
    package fileprivate(set) var marks: [Int]
    package fileprivate(set) var ending: Ending
  }

  /// The groups, by their beginnings.
  package let spans: [Span]

  /// Groups a conversation; O(nodes · log nodes), and the entries of sagas whose timers are open.
  package init(_ conversation: Conversation, _ moment: MomentView) {
    var maker = SpanMaker(conversation)
    let order = conversation.nodes.indices.sorted {
      conversation.nodes[$0].index < conversation.nodes[$1].index
    }
    for place in order { maker.add(place) }
    spans = maker.spans.map { span in
      guard case .timer(let key) = span.kind, case .open = span.ending,
        let end = Self.end(of: key, after: conversation.nodes[span.marks[0]].index, moment)
      else { return span }
      var span = span
      span.ending = end
      return span
    }
  }

  /// Where a timer that a conversation armed was called off or armed anew by another one.
  private static func end(
    of key: TimerKey, after start: JournalIndex, _ moment: MomentView
  ) -> Ending? {
    let timeline = moment.timeline
    for index in timeline.entries(of: key.owner, upTo: timeline.last) where index > start {
      guard let entry = timeline.entry(index) else { continue }
      switch entry.kind {
      case .timerCancelled(key), .timerArmed(key, _, _, _): return .elsewhere(index, entry.instant)
      default: continue
      }
    }
    return nil
  }

  /// The group of a node, and its place among the marks.
  ///
  /// A step belongs to its saga, and one of a timer to the timer's group too, which comes second.
  package func place(of node: Int) -> (span: Int, mark: Int)? {
    for (index, span) in spans.enumerated() {
      if let mark = span.marks.firstIndex(of: node) { return (index, mark) }
    }
    return nil
  }
}

private struct SpanMaker {
  private let conversation: Conversation
  private(set) var spans: [ConversationSpans.Span] = []
  private var sagas: [SagaKey: Int] = [:]
  private var timers: [TimerKey: Int] = [:]
  private var consumers: [ConsumerName: Int] = [:]
  /// The group of a node, by its place.
  private var homes: [Int: Int] = [:]

  init(_ conversation: Conversation) { self.conversation = conversation }

  mutating func add(_ place: Int) {
    let node = conversation.nodes[place]
    switch node.kind {
    case .command: begin(.command, place, .done)
    case .append, .imported:
      if let parent = node.parent, case .command = conversation.nodes[parent].kind,
        let home = homes[parent]
      {
        join(home, place)
      } else {
        begin(.event, place, .done)
      }
    case .delivery(_, let consumer, let instance?, let outcome) where consumer.kind == .saga:
      let key = SagaKey(consumer.name, instance)
      // One that has ended hears nothing more.
      if case .ignored = outcome, sagas[key] == nil { return begin(.saga(key), place, .done) }
      step(of: key, place)
    case .delivery(_, let consumer, _, _), .acted(_, let consumer, _):
      if let home = consumers[consumer] {
        join(home, place)
      } else {
        begin(.consumer(consumer), place, .done)
        consumers[consumer] = spans.count - 1
      }
    case .timerArmed(let key, let due, _, _):
      if let home = timers[key] { spans[home].ending = .off }
      begin(.timer(key), place, .open(due: due))
      timers[key] = spans.count - 1
    case .timerCancelled(let key):
      guard let home = timers[key] else { return begin(.timer(key), place, .off) }
      join(home, place)
      spans[home].ending = .off
      timers[key] = nil
    case .timerFired(let key, _, _): fire(key, place)
    case .sagaEnded(let key, _):
      step(of: key, place)
      if let home = sagas[key] { spans[home].ending = .done }
    case .sagaIntervention(let key, let intervention, _):
      step(of: key, place)
      if case .ended = intervention, let home = sagas[key] { spans[home].ending = .done }
    case .clock, .group, .parkedEdited, .parkedDropped, .trimmed, .trouble:
      begin(.other, place, .done)
    }
  }

  private mutating func begin(
    _ kind: ConversationSpans.Kind, _ place: Int, _ ending: ConversationSpans.Ending
  ) {
    homes[place] = spans.count
    spans.append(ConversationSpans.Span(kind: kind, marks: [place], ending: ending))
  }

  private mutating func join(_ span: Int, _ place: Int) {
    homes[place] = homes[place] ?? span
    spans[span].marks.append(place)
  }

  private mutating func step(of key: SagaKey, _ place: Int) {
    if let home = sagas[key] { return join(home, place) }
    begin(.saga(key), place, .open(due: nil))
    sagas[key] = spans.count - 1
  }

  private mutating func fire(_ key: TimerKey, _ place: Int) {
    let node = conversation.nodes[place]
    let recurs: Bool
    if let parent = node.parent,
      case .timerArmed(_, _, let schedule, _) =
        conversation.nodes[parent].kind
    {
      recurs = schedule.recurs
    } else {
      recurs = false
    }
    // It is a step of its saga in the first place.
    if !key.isOfCommand { step(of: key.owner, place) }
    guard let home = node.parent.flatMap({ homes[$0] }) ?? timers[key] else { return }
    join(home, place)
    guard !recurs else { return }
    spans[home].ending = .fired
    if timers[key] == home { timers[key] = nil }
  }
}
