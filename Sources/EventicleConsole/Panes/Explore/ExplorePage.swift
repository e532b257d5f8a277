import EventicleCore
import EventicleWorkbench

/// The rows of the tree at a moment, made once for each: what is alive, at most a window of each kind.
struct ExplorePage: Sendable {
  /// What the rows depend on.
  struct Key: Hashable, Sendable {
    let end: JournalIndex
    let entries: Int
    let branches: [BranchNotice]
    let watches: [WatchNotice]
    let stops: [StopList.Kept]
    /// The number of hits of all stops.
    let hits: Int
    /// The streams of the attached system.
    let remote: [RemoteStream]
    let folded: Set<ExploreModel.Section>
    let opened: Set<String>
    let order: ExploreModel.Order
    /// Whether something is searched for, for which all kinds are opened.
    let opensAll: Bool
  }

  private(set) var key: Key?
  private(set) var rows: [ExploreRow] = []

  /// How many of a kind are shown at once, and how many when more are asked for.
  static let few = 12
  static let most = 200

  /// No rows yet.
  init() {}

  /// - Complexity: O(rows shown + the windows that ``ExploreAlive`` looks through).
  init(_ key: Key, _ context: PaneContext) {
    self.key = key
    let alive = ExploreAlive(context.shown)
    for section in ExploreModel.Section.allCases {
      add(section, alive, context)
    }
  }

  private mutating func add(
    _ section: ExploreModel.Section, _ alive: ExploreAlive, _ context: PaneContext
  ) {
    let moment = context.shown
    let world = moment.world
    let isFolded = key?.folded.contains(section) ?? false
    func head(_ note: String) {
      rows.append(
        ExploreRow(
          subject: .section(section), section: section, title: section.rawValue, note: note))
    }
    switch section {
    case .watches:
      guard !context.watches.isEmpty else { return }
      head("since")
      guard !isFolded else { return }
      let rows = context.watches.map { watch in
        ExploreRow(
          subject: .watch(watch.subject), section: section, title: watch.subject,
          word: ExplorePage.value(watch), note: watch.changed.map { "\($0)" } ?? "")
      }
      add(ExploreAlive.Kind(rows), section.rawValue, section)
    case .sagas:
      let sagas = alive.sagas
      head(ExplorePage.running(sagas))
      if !isFolded { add(sagas, section.rawValue, section) }
    case .aggregates:
      let kinds = moment.domain.aggregates.map(\.type)
      let count = kinds.reduce(0) { $0 + world.histories.count(of: $1) }
      head(count == 0 ? "none alive" : "\(count) alive")
      guard !isFolded else { return }
      for type in kinds {
        // One more than is shown tells that there are more.
        let most = isOpen(type) || key?.order == .name ? ExplorePage.most : ExplorePage.few + 1
        add(alive.aggregates(of: type, most: most), type, section)
      }
    case .views:
      guard !moment.domain.views.isEmpty else { return }
      head("rows")
      if !isFolded { add(ExploreConsumers.views(moment), section.rawValue, section) }
    case .adapters:
      guard !moment.domain.adapters.isEmpty else { return }
      head(ExploreConsumers.word(moment.domain))
      if !isFolded { add(ExploreConsumers.adapters(moment), section.rawValue, section) }
    case .streams:
      head("events")
      if !isFolded {
        let streams =
          key.map { ExploreRemote.streams($0.remote, moment) } ?? ExploreConsumers.streams(moment)
        add(streams, section.rawValue, section)
      }
    case .groups:
      let groups = ExploreRemote.groups(key?.remote ?? [])
      guard groups.count > 0 else { return }
      head("behind")
      if !isFolded { add(groups, section.rawValue, section) }
    case .forks:
      head("at")
      guard !isFolded else { return }
      let forks = context.branches.map { branch in
        ExploreRow(
          subject: .fork(branch.name, isCurrent: branch.isCurrent), section: section,
          title: branch.name, word: branch.isCurrent && context.branches.count > 1 ? "in use" : "",
          note: "\(branch.head)")
      }
      add(ExploreAlive.Kind(forks), section.rawValue, section)
    case .stops:
      head("hits")
      guard !isFolded else { return }
      let stops = context.stops.all.map { item in
        let hits = item.hits.partitioningIndex { Int($0) > moment.cursor.entry.number }
        return ExploreRow(
          subject: .troubles("stop \(item.number)"), section: section,
          title: StopText.words(item.stop.selector).string, word: item.isOn ? "" : "off",
          note: "\(hits)")
      }
      add(ExploreAlive.Kind(stops + alive.troubles), section.rawValue, section)
    }
  }

  /// Whether many of a kind are asked for.
  private func isOpen(_ name: String) -> Bool {
    key?.opensAll ?? false || key?.opened.contains(name) ?? false
  }

  /// `70 ▁▄█▅`, `"paying"`, `–`.
  private static func value(_ watch: WatchNotice) -> String {
    let value = watch.value.map { value in
      if case .string(let text) = value { text } else { value.description }
    }
    let trail = NumberTrail(watch.numbers).map { " " + $0.text.string } ?? ""
    return (value ?? "–") + trail
  }

  private static func running(_ sagas: ExploreAlive.Kind) -> String {
    guard sagas.count > 0 else { return "none runs" }
    if sagas.isMost { return "up to \(sagas.count)" }
    return sagas.count == 1 ? "1 runs" : "\(sagas.count) run"
  }

  /// Adds the first of a kind, or many of them when they are asked for, and how many more there are.
  private mutating func add(
    _ kind: ExploreAlive.Kind, _ name: String, _ section: ExploreModel.Section
  ) {
    let isOpen = isOpen(name)
    var items = kind.rows
    if key?.order == .name { items.sort { $0.title < $1.title } }
    let shown = items.prefix(
      isOpen ? ExplorePage.most : kind.count > ExplorePage.few ? ExplorePage.few : items.count)
    for (place, row) in shown.enumerated() {
      var row = row
      // The type stands before the first of its instances alone.
      if section == .aggregates, place > 0 { row.kind = "" }
      rows.append(row)
    }
    let more = kind.count - shown.count
    guard more > 0 else { return }
    let isListed = shown.count >= min(items.count, ExplorePage.most)
    rows.append(
      ExploreRow(
        subject: .more(name, section, isListed: isListed), section: section,
        title: kind.isMost ? "up to \(more) more" : "\(more) more"))
  }
}
