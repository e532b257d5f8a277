import EventicleCore
import EventicleWorkbench

extension KeptLook {
  /// The look as JSON; what is as in a new console is left out.
  var json: JSON {
    let usual = KeptLook()
    var json: JSON = ["focus": .string("\(focus)")]
    if !focused.isEmpty { json["focused"] = .array(focused.map { .string("\($0)") }) }
    if isZoomed { json["zoomed"] = true }
    if !find.isEmpty {
      json["filter"] = .string(find)
      if !isFindFolded { json["aside"] = true }
    }
    if !subjects.isEmpty { json["shown"] = .array(subjects.map { $0.json }) }
    if eventTab != usual.eventTab { json["event"] = .string(eventTab.rawValue) }
    if stateTab != usual.stateTab { json["state"] = .string(stateTab.rawValue) }
    if mapTab != usual.mapTab { json["map"] = .string(mapTab.rawValue) }
    if showsWholeStates { json["whole"] = true }
    if !foldedSections.isEmpty {
      json["folded"] = .array(foldedSections.map(\.rawValue).sorted().map { .string($0) })
    }
    if form.time != usual.form.time { json["time"] = .string(form.time.rawValue) }
    if form.columns != usual.form.columns { json["columns"] = .string(form.columns.rawValue) }
    if !form.hasGaps { json["gaps"] = false }
    if wraps { json["wraps"] = true }
    if let theme { json["theme"] = .string(theme) }
    if !isMouseOn { json["mouse"] = false }
    return json
  }

  /// Reads a look; what is missing or unknown is as in a new console.
  init(_ json: JSON) {
    self.init()
    func pane(_ name: JSON) -> PaneID? {
      PaneID.allCases.first { name.string == "\($0)" }
    }
    focus = pane(json["focus"]) ?? focus
    focused = (json["focused"].array ?? []).prefix(PaneID.allCases.count).compactMap(pane)
    isZoomed = json["zoomed"].bool ?? false
    find = json["filter"].string ?? ""
    isFindFolded = !find.isEmpty && json["aside"].bool != true
    // Before, a text and a filter were kept apart.
    if find.isEmpty, let text = json["search"].string {
      find =
        json["pattern"].bool == true ? text : TextPattern(containing: text).description
    }
    subjects = (json["shown"].array ?? []).compactMap { PaneSubject($0) }
    eventTab = json["event"].string.flatMap { .init(rawValue: $0) } ?? eventTab
    stateTab = json["state"].string.flatMap { .init(rawValue: $0) } ?? stateTab
    mapTab = json["map"].string.flatMap { .init(rawValue: $0) } ?? mapTab
    showsWholeStates = json["whole"].bool ?? false
    foldedSections = Set(
      (json["folded"].array ?? []).compactMap {
        $0.string.flatMap { ExploreModel.Section(rawValue: $0) }
      })
    form.time = json["time"].string.flatMap { .init(rawValue: $0) } ?? form.time
    form.columns = json["columns"].string.flatMap { .init(rawValue: $0) } ?? form.columns
    form.hasGaps = json["gaps"].bool ?? true
    wraps = json["wraps"].bool ?? false
    theme = json["theme"].string
    isMouseOn = json["mouse"].bool ?? true
  }
}

extension PaneSubject {
  /// The subject as JSON: its kind, and what names it.
  var json: JSON {
    switch self {
    case .aggregates(let type): ["aggregates": .string(type)]
    case .aggregate(let key): ["aggregate": PaneSubject.json(key.type, key.id.text, key.workspace)]
    case .version(let key, let version):
      [
        "aggregate": PaneSubject.json(key.type, key.id.text, key.workspace),
        "version": .int(version.number),
      ]
    case .view(let name): ["view": .string(name)]
    case .record(let key): ["record": PaneSubject.json(key.type, key.id, key.workspace)]
    case .sagas(let name): ["sagas": name.map { .string($0) } ?? .null]
    case .saga(let key): ["saga": [.string(key.saga), .string(key.instanceID)]]
    case .conversation(let entry): ["conversation": .int(entry.number)]
    }
  }

  /// Reads a subject; `nil` for what is none.
  init?(_ json: JSON) {
    guard let member = json.object?.members.first else { return nil }
    let (kind, value) = (member.key, member.value)
    let words = (value.array ?? []).compactMap(\.string)
    let workspace = words.count > 2 ? Workspace(words[2]) : .system
    switch (kind, words.count) {
    case ("aggregates", _): self = .aggregates(value.string ?? "")
    case ("aggregate", 2...):
      let key = AggregateKey(words[0], DomainID(words[1]), in: workspace)
      let version = json["version"].integer
      self = version.map { .version(key, Version($0)) } ?? .aggregate(key)
    case ("view", _): self = .view(value.string ?? "")
    case ("record", 2...): self = .record(RecordKey(words[0], words[1], in: workspace))
    case ("conversation", _):
      guard let number = value.integer else { return nil }
      self = .conversation(JournalIndex(number))
    case ("sagas", _): self = .sagas(value.string)
    case ("saga", 2...): self = .saga(SagaKey(words[0], words[1]))
    default: return nil
    }
  }

  private static func json(_ type: String, _ id: String, _ workspace: Workspace) -> JSON {
    .array(
      [type, id].map { .string($0) } + (workspace == .system ? [] : [.string(workspace.text)]))
  }
}
