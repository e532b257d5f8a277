import EventicleCore
import EventicleWorkbench

/// The conversation of a row of the tail, up to the moment on show.
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

  /// Follows what the beginning of a row's conversation set off; O(entries of the conversation).
  init(of selected: JournalIndex, _ moment: MomentView) {
    let row = LitFlow.beginning(of: selected, moment)
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

  /// The event or the timer with which a conversation began: what a person or the clock did.
  private static func beginning(of row: JournalIndex, _ moment: MomentView) -> JournalIndex {
    var place = row
    for _ in 0..<64 {
      guard let entry = moment.timeline.entry(place), var cause = entry.cause,
        var origin = moment.timeline.entry(cause)
      else { return place }
      if case .command = origin.kind {
        guard let parent = origin.cause, let step = moment.timeline.entry(parent) else {
          return place
        }
        (cause, origin) = (parent, step)
      }
      switch origin.kind {
      case .delivery(let position, _, _, _):
        guard let append = moment.timeline.appendEntry(of: position) else { return place }
        place = append
      case .timerFired: place = cause
      default: return place
      }
    }
    return place
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
