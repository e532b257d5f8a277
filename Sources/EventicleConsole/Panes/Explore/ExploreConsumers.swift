import EventicleCore

/// The views, adapters and streams of a moment, with how far behind and how many.
enum ExploreConsumers {
  static func views(_ moment: MomentView) -> ExploreAlive.Kind {
    let lag = ConsumerLag(moment)
    return ExploreAlive.Kind(
      moment.domain.views.map { view in
        let behind = lag[ConsumerName(.view, view.name)]
        return ExploreRow(
          subject: .view(view.name), section: .views, title: view.name,
          word: behind?.text.string ?? "", note: "\(moment.world.recordCount(of: view.name))")
      })
  }

  static func adapters(_ moment: MomentView) -> ExploreAlive.Kind {
    let lag = ConsumerLag(moment)
    return ExploreAlive.Kind(
      moment.domain.adapters.map { adapter in
        let behind = lag[ConsumerName(.adapter, adapter.name)]
        return ExploreRow(
          subject: .adapter(adapter.name), section: .adapters, title: adapter.name,
          word: behind?.text.string ?? "up to date",
          note: "\(moment.world.group(adapter.group)?.handled ?? 0)")
      })
  }

  /// What adapters did: mails where all of them send some, else calls.
  static func word(_ domain: Domain) -> String {
    domain.adapters.allSatisfy { $0.name.hasPrefix("Mail") } ? "mails" : "calls"
  }

  static func streams(_ moment: MomentView) -> ExploreAlive.Kind {
    let log = moment.world.log
    var names = PaneText.streams(of: moment.domain)
    for name in log.streamNames where !names.contains(name) { names.append(name) }
    return ExploreAlive.Kind(
      names.map { name in
        ExploreRow(
          subject: .stream(name), section: .streams, title: name.text,
          word: String(name.text.prefix(2)), note: "\(log.count(of: name))")
      })
  }
}
