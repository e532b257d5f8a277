import EventicleCore

/// What a row of the tail set off, up to the moment on show.
struct LitFlow: Hashable, Sendable {
  private(set) var links: Set<FlowLink> = []
  /// Who was woken, where it was one instance alone.
  private(set) var instances: [FlowWaker: String] = [:]
  /// What it was: `#4 PaymentDeclined`.
  private(set) var title = ""
  private var several: Set<FlowWaker> = []

  /// The most entries followed; a conversation that is longer is lit in part.
  private static let most = 1_000

  /// Nothing is lit.
  init() {}

  /// Follows the effects of a row; O(entries of the conversation).
  init(of row: JournalIndex, _ moment: MomentView) {
    guard let entry = moment.timeline.entry(row) else { return }
    title = LitFlow.title(of: entry.kind)
    if case .append = entry.kind, let cause = entry.cause,
      let command = moment.timeline.entry(cause), case .command(let type, _, _, _) = command.kind
    {
      links.insert(.given(type))
    }
    var waiting = [row]
    var next = 0
    while next < waiting.count, next < LitFlow.most {
      let index = waiting[next]
      next += 1
      guard index <= moment.cursor.entry, let entry = moment.timeline.entry(index) else { continue }
      add(entry, moment)
      waiting += moment.timeline.effects(of: index, limit: LitFlow.most)
    }
  }

  private mutating func add(_ entry: JournalEntry, _ moment: MomentView) {
    let found = FlowLink.links(of: entry, moment)
    links.formUnion(found)
    guard case .wakes(let waker)? = found.first else { return }
    let key: SagaKey? =
      switch entry.kind {
      case .delivery(_, let consumer, let instance?, _): SagaKey(consumer.name, instance)
      case .timerFired(let key, _, _): key.owner
      default: nil
      }
    guard let key, !several.contains(waker) else { return }
    let name = moment.timeline.head.sagas.instance(key)?.correlation ?? key.instanceID
    guard let known = instances[waker], known != name else {
      instances[waker] = name
      return
    }
    instances[waker] = nil
    several.insert(waker)
  }

  private static func title(of kind: JournalEntry.Kind) -> String {
    switch kind {
    case .append(let position, let type), .imported(let position, let type): "\(position) \(type)"
    case .timerFired(let key, _, _): "T \(key.name)"
    case .command(let type, _, _, _): "C \(type)"
    case .delivery(let position, let consumer, _, _): "\(consumer) on \(position)"
    default: ""
    }
  }
}
