import EventicleCore
import EventicleWorkbench

/// The state of the tree of what is alive.
struct ExploreModel: Sendable {
  /// The sections of the tree, in order.
  enum Section: String, CaseIterable, Hashable, Sendable {
    case watches
    case sagas
    case aggregates
    case views
    case adapters
    case streams
    case groups = "groups of others"
    case forks
    case stops
  }

  /// In which order things of a kind stand.
  enum Order: Hashable, Sendable {
    /// What matters now first: the worst, the next due, the last touched.
    case news
    case name
  }

  var list = ListCursor()
  /// The folded sections.
  var folded: Set<Section> = []
  /// The kinds of which more than the first are shown.
  var opened: Set<String> = []
  var order = Order.news
  /// The rows for a moment.
  private(set) var page = ExplorePage()

  /// Makes the rows, unless they are known; the selection stays on its thing.
  mutating func prepare(_ context: PaneContext) {
    let key = ExplorePage.Key(
      end: context.shown.cursor.entry, entries: context.shown.timeline.count,
      branches: context.branches, watches: context.watches, stops: context.stops.kept,
      hits: context.stops.hits, remote: context.remote?.streams ?? [],
      folded: folded, opened: opened, order: order,
      opensAll: context.find != nil)
    guard page.key != key else { return }
    let selected = page.rows.indices.contains(list.selected) ? page.rows[list.selected] : nil
    page = ExplorePage(key, context)
    let rows = page.rows
    if let selected {
      // What is gone passes the selection on to the first of its section.
      let place =
        rows.firstIndex { $0.subject == selected.subject }
        ?? rows.firstIndex { $0.section == selected.section && !$0.isHead }
      list.selected = place ?? list.selected
    } else if list.selected == 0 {
      list.selected = rows.firstIndex { !$0.isHead } ?? 0
    }
  }

  /// The same state with the rows for a context.
  func prepared(_ context: PaneContext) -> ExploreModel {
    var state = self
    state.prepare(context)
    return state
  }
}
