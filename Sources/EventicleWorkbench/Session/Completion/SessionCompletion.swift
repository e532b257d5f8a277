package import EventicleCore

/// Completes names with what exists in a session.
///
/// However large the world is, it looks only at the newest ``eventScan`` events and the newest
/// ``instanceScan`` aggregates, instances or rows, and folds at most ``foldBudget`` events into
/// states.
package struct SessionCompletion: CompletionSource {
  /// The number of newest events to look at.
  package static let eventScan = 2_000
  /// The number of newest aggregates, instances, rows or timers to look at.
  package static let instanceScan = 500
  /// The number of events to fold for the states in one list.
  package static let foldBudget = 2_000
  /// The number of newest events whose data is searched.
  package static let dataScan = 200
  /// The number of bytes of data to parse for one list.
  package static let byteBudget = 1_048_576

  let moment: MomentView
  let themeNames: [String]
  let knownSettings: [(name: String, values: [String])]
  let domainNames: [String]
  let places: Marks
  let branchNames: [String]
  let listing: FolderListing?

  /// Completes from a moment and from what the surrounding program offers.
  package init(
    _ moment: MomentView, themes: [String] = [], settings: [(name: String, values: [String])] = [],
    domains: [String] = [], marks: Marks = Marks(), branches: [String] = [],
    listing: FolderListing? = nil
  ) {
    self.listing = listing
    places = marks
    branchNames = branches
    self.moment = moment
    themeNames = themes
    knownSettings = settings
    domainNames = domains
  }

  var world: World { moment.world }
  var domain: Domain { moment.domain }

  // MARK: - From the surrounding program

  package func themes() -> [CompletionCandidate] {
    themeNames.map { CompletionCandidate($0) }
  }

  package func settings() -> [CompletionCandidate] {
    knownSettings.map { setting in
      CompletionCandidate(setting.name, note: setting.values.joined(separator: ", "))
    }
  }

  package func values(ofSetting setting: String) -> [CompletionCandidate] {
    let known = knownSettings.first { isSameText($0.name, setting) }
    return (known?.values ?? []).map { CompletionCandidate($0) }
  }

  package func marks() -> [CompletionCandidate] {
    places.all.map {
      CompletionCandidate($0.name, note: moment.timeline.name(of: $0.cursor).description)
    }
  }

  package func branches() -> [CompletionCandidate] {
    branchNames.map { CompletionCandidate($0) }
  }

  package func paths(prefix: String, limit: Int) -> [CompletionCandidate] {
    Array((listing?.paths(behind: prefix) ?? []).prefix(limit))
  }

  package func domains() -> [CompletionCandidate] {
    domainNames.isEmpty
      ? [CompletionCandidate(domain.name, note: domain.summary)]
      : domainNames.map { CompletionCandidate($0) }
  }

  // MARK: - Commands

  package func commands() -> [CompletionCandidate] {
    domain.commands.map { CompletionCandidate($0.type, note: $0.summary) }
  }

  package func fields(ofCommand command: String) -> [FieldHint] {
    (domain.command(command)?.fields ?? []).map { field in
      FieldHint(
        field.name, isRequired: field.isRequired, isText: field.kind == .text,
        example: field.standard.map { $0.string ?? $0.description },
        idType: field.idOf ?? idType(of: field.name))
    }
  }

  package func ids(
    forField field: String, ofCommand command: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] {
    let declared = domain.command(command)?.fields.first { isSameText($0.name, field) }
    guard let type = declared?.idOf ?? idType(of: field) else { return [] }
    return aggregateIDs(type: type, prefix: prefix, limit: limit)
  }

  /// The aggregate type whose ids a field holds, by its name: `orderId` belongs to `Order`.
  func idType(of field: String) -> String? {
    let plain = field.lowercased().filter { $0 != "_" && $0 != "-" }
    guard plain.hasSuffix("id") else { return nil }
    let noun = plain.dropLast(2)
    return domain.aggregates.first { $0.type.lowercased() == noun }?.type
  }

  // MARK: - Aggregates

  package func aggregateTypes() -> [CompletionCandidate] {
    domain.aggregates.map { root in
      CompletionCandidate(root.type, note: counted(world.histories.count(of: root.type), "known"))
    }
  }

  package func aggregateIDs(
    type: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] {
    var folding = Folding(self)
    var found: [CompletionCandidate] = []
    let exact = AggregateKey(type, DomainID(prefix))
    if world.histories.version(of: exact).number > 0 {
      found.append(CompletionCandidate(prefix, note: folding.note(of: exact)))
    }
    let count = world.histories.count(of: type)
    for index in stride(from: count - 1, through: max(0, count - Self.instanceScan), by: -1) {
      guard found.count < limit else { break }
      guard let id = world.histories.id(of: type, at: index), fits(id.text, prefix),
        id != exact.id
      else { continue }
      found.append(
        CompletionCandidate(id.text, note: folding.note(of: AggregateKey(type, id))))
    }
    return found
  }

  // MARK: - Sagas, views, timers

  package func sagas() -> [CompletionCandidate] {
    domain.sagas.map {
      CompletionCandidate($0.name, note: counted(world.sagas.count(of: $0.name), "known"))
    }
  }

  package func sagaKeys(
    of saga: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] {
    var found: [CompletionCandidate] = []
    var seen: Set<String> = []
    func add(_ instance: SagaInstance) {
      let text = instance.correlation ?? instance.key.instanceID
      guard seen.insert(text).inserted else { return }
      found.append(CompletionCandidate(text, note: note(of: instance)))
    }
    if !prefix.isEmpty, let exact = world.sagas.find(saga, prefix) { add(exact) }
    let count = world.sagas.count(of: saga)
    for index in stride(from: count - 1, through: max(0, count - Self.instanceScan), by: -1) {
      guard found.count < limit else { break }
      guard let instance = world.sagas.instance(of: saga, at: index) else { continue }
      if fits(instance.correlation ?? instance.key.instanceID, prefix) { add(instance) }
    }
    return found
  }

  private func note(of instance: SagaInstance) -> String {
    let status = instance.data["status"].string ?? (instance.hasEnded ? "" : "live")
    let parts = [status, instance.hasEnded ? "ended" : "", ago(instance.changedAt)]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  package func views() -> [CompletionCandidate] {
    domain.views.map {
      CompletionCandidate($0.name, note: counted(world.recordCount(of: $0.name), "rows"))
    }
  }

  package func viewKeys(
    of view: String, prefix: String, limit: Int
  ) -> [CompletionCandidate] {
    guard domain.view(view) != nil else { return [] }
    var found: [CompletionCandidate] = []
    if let exact = world.record(RecordKey(view, prefix)) {
      found.append(CompletionCandidate(prefix, note: brief(exact.content)))
    }
    let count = world.recordCount(of: view)
    for index in stride(from: count - 1, through: max(0, count - Self.instanceScan), by: -1) {
      guard found.count < limit else { break }
      guard let row = world.record(of: view, at: index), fits(row.id, prefix),
        !isSameText(row.id, prefix)
      else { continue }
      found.append(CompletionCandidate(row.id, note: brief(row.content)))
    }
    return found
  }

  package func timers() -> [CompletionCandidate] {
    var found: [CompletionCandidate] = []
    world.timers.forEach { timer in
      let owner = timer.key.owner
      let key = world.sagas.instance(owner)?.correlation ?? owner.instanceID
      let text = [owner.saga, key, timer.key.name].map(Quoting.word).joined(separator: "/")
      let left = timer.due - world.clock
      found.append(CompletionCandidate(text, note: "due in \(left.brief)"))
      return found.count < Self.instanceScan
    }
    return found
  }
}

extension MomentView {
  /// A source of completions from the moment that is shown.
  package func completions(
    themes: [String] = [], settings: [(name: String, values: [String])] = [],
    domains: [String] = [], marks: Marks = Marks(), branches: [String] = [],
    listing: FolderListing? = nil
  ) -> some CompletionSource {
    SessionCompletion(
      self, themes: themes, settings: settings, domains: domains, marks: marks,
      branches: branches, listing: listing)
  }
}
