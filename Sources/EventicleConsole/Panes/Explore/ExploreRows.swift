import EventicleCore

/// The rows of the tree for a world and the folded sections.
struct ExploreRows: Sendable {
  /// One row.
  struct Row: Hashable, Sendable {
    /// The subject of a row.
    enum Subject: Hashable, Sendable {
      case section(ExploreModel.Section)
      case stream(StreamName)
      case aggregates(String)
      case saga(String)
      case view(String)
      case command(String)
      case adapter(String)
    }

    let subject: Subject
    let title: String
    /// The number of items that the subject stands for or contains.
    let count: Int?
    /// A short remark: `lag 3`, `2 live`.
    let note: String
  }

  let rows: [Row]

  /// Makes the rows of a tree; O(rows of the tree).
  init(_ model: ExploreModel, _ moment: MomentView) {
    var rows: [Row] = []
    for section in ExploreModel.Section.allCases {
      let content = ExploreRows.content(of: section, moment)
      guard !content.isEmpty || section != .adapters else { continue }
      rows.append(
        Row(
          subject: .section(section), title: section.rawValue, count: content.count, note: ""))
      if !model.folded.contains(section) { rows += content }
    }
    self.rows = rows
  }

  private static func content(of section: ExploreModel.Section, _ moment: MomentView) -> [Row] {
    let world = moment.world
    let domain = moment.domain
    switch section {
    case .streams:
      var names = world.log.streamNames
      for name in declaredStreams(domain) where !names.contains(name) { names.append(name) }
      return names.map {
        Row(subject: .stream($0), title: $0.text, count: world.log.count(of: $0), note: "")
      }
    case .aggregates:
      return domain.aggregates.map {
        Row(
          subject: .aggregates($0.type), title: $0.type,
          count: world.histories.count(of: $0.type), note: "")
      }
    case .sagas:
      return domain.sagas.map {
        Row(
          subject: .saga($0.name), title: $0.name, count: world.sagas.count(of: $0.name), note: "")
      }
    case .views:
      return domain.views.map { view in
        let waiting = waiting(for: view.name, world)
        return Row(
          subject: .view(view.name), title: view.name, count: world.recordCount(of: view.name),
          note: waiting == 0 ? "" : "lag \(waiting)")
      }
    case .commands:
      return domain.commands.map {
        Row(subject: .command($0.type), title: $0.type, count: nil, note: "")
      }
    case .adapters:
      return domain.adapters.map {
        Row(
          subject: .adapter($0.name), title: $0.name, count: world.group($0.group)?.handled ?? 0,
          note: "")
      }
    }
  }

  private static func declaredStreams(_ domain: Domain) -> [StreamName] {
    var names: [StreamName] = []
    for stream in domain.aggregates.map(\.stream) + domain.commands.map(\.stream)
    where !names.contains(stream) { names.append(stream) }
    return names
  }

  /// The number of deliveries waiting for a view, among the first thousand of the queue.
  private static func waiting(for view: String, _ world: World) -> Int {
    let consumer = ConsumerName(.view, view)
    let queue = world.queue
    return (0..<min(queue.count, 1_000)).count { queue[$0].consumer == consumer }
  }
}
