import EventicleCore
import EventicleWorkbench

/// The state of the tools: which is open, and where the selection of each stands.
struct ToolsModel: Hashable, Sendable {
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case stops = "Stops"
    case forks = "Forks"
    case log = "Log"
    case consumers = "Consumers"
    case verify = "Verify"
    case why = "Why"
  }

  var tab = Tab.stops
  private var lists: [Tab: ListCursor] = [:]
  /// Whether the selection stays at the end of the log as lines arrive.
  var followsLog = true
  /// How two histories differ, as it was asked last; `nil` before that, and when it was put away.
  var comparison: ComparisonNotice?
  /// What came of performing recorded inputs again, as it was asked last.
  private(set) var verification: VerificationNotice?
  /// What changed something, as it was asked last.
  private(set) var why: WhyNotice?
  /// When each consumer was at work last, and the moment for which that was looked up.
  private(set) var last = LastWork()

  /// The selection in the open tab.
  var list: ListCursor {
    get { lists[tab] ?? ListCursor() }
    set { lists[tab] = newValue }
  }

  /// The same tools over another history.
  var forAnotherHistory: ToolsModel {
    var tools = self
    tools.last = LastWork()
    // A comparison names its histories; the others are of the one that was.
    (tools.verification, tools.why) = (nil, nil)
    return tools
  }

  /// Shows how two histories differ, from the first difference on.
  mutating func show(_ notice: ComparisonNotice, branches: Int) {
    comparison = notice
    tab = .forks
    let first = notice.rows.firstIndex { $0.relation != .same }
    list = ListCursor()
    list.select(
      ComparisonRows.place(ofRow: first ?? 0, branches: branches),
      count: ComparisonRows.count(notice, branches: branches))
  }

  /// Shows what came of performing recorded inputs again.
  mutating func show(_ notice: VerificationNotice) {
    verification = notice
    tab = .verify
    list = ListCursor()
  }

  /// Shows what changed something, the last change first in view.
  mutating func show(_ notice: WhyNotice) {
    why = notice
    tab = .why
    list = ListCursor()
    list.select(max(0, 2 * notice.rows.count - 2), count: 2 * notice.rows.count)
  }

  /// Looks up when each consumer was at work last, unless that is known.
  mutating func findLastWork(_ moment: MomentView) {
    guard last.end != moment.cursor.entry else { return }
    last = LastWork(moment)
  }
}

/// When each consumer handled something last, up to a moment.
struct LastWork: Hashable, Sendable {
  /// The last entry looked at; `nil` before the first look.
  private(set) var end: JournalIndex?
  private(set) var times: [ConsumerName: Instant] = [:]

  /// The most entries read; who did nothing in these has done nothing for long.
  private static let most = 4_096

  /// Nothing is known.
  init() {}

  /// Reads back from a moment until all consumers are found, or far enough.
  init(_ moment: MomentView) {
    end = moment.cursor.entry
    let domain = moment.domain
    let all = domain.views.count + domain.sagas.count + domain.adapters.count
    let last = moment.cursor.entry.number
    for number in stride(from: last, to: max(0, last - LastWork.most), by: -1)
    where times.count < all {
      guard let entry = moment.timeline.entry(JournalIndex(number)) else { continue }
      let consumer: ConsumerName
      switch entry.kind {
      case .delivery(_, let name, _, .handled), .delivery(_, let name, _, .started): consumer = name
      case .timerFired(let key, _, .handled): consumer = ConsumerName(.saga, key.owner.saga)
      default: continue
      }
      if times[consumer] == nil { times[consumer] = entry.instant }
    }
  }
}
