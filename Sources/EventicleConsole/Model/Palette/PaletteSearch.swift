import EventicleCore
import EventicleWorkbench

/// Finds what the palette offers: what can be done to the selection, then recent lines, then
/// everything there is.
enum PaletteSearch {
  /// The most events, and instances of each kind, that are looked at.
  static let mostEvents = 400
  static let mostInstances = 200

  /// Finds again what fits, after what is typed has changed; the best of the list is selected.
  static func refresh(_ palette: inout PaletteModel) {
    let words = palette.typed.text.lowercased().split(separator: " ")
    let ranked = palette.entries.enumerated().compactMap { place, entry in
      rank(of: entry, words).map { (rank: $0, place: place, entry: entry) }
    }.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
    palette.found = ranked.prefix(PaletteModel.most).map(\.entry)
    palette.fitting = ranked.count
    palette.list = ListCursor()
  }

  /// How well an entry fits, 0 the best; `nil` when it lacks one of the words.
  private static func rank(of entry: PaletteEntry, _ words: [Substring]) -> Int? {
    guard let first = words.first else { return 0 }
    let text = entry.text.lowercased()
    let whole = "\(text) \(entry.note.lowercased()) \(entry.how.lowercased()) \(entry.keywords)"
    guard words.allSatisfy({ whole.contains($0) }) else { return nil }
    let begins = text.hasPrefix(first) || text.contains(" \(first)")
    return (begins ? 0 : text.contains(first) ? 1 : 2) + (entry.disabled == nil ? 0 : 1)
  }

  // MARK: - Entries

  /// Everything there is, in the order in which it is offered.
  static func entries(_ model: Model) -> [PaletteEntry] {
    let moment = model.shown
    let selection = Selection(model)
    let commands = commands(selection, moment)
    let actions = actions(model)
    let isAboutRow: (PaletteEntry) -> Bool = { entry in
      if case .perform(let action) = entry.act {
        return action.isAboutSelection && entry.disabled == nil
      }
      return false
    }
    // First what concerns the selected thing itself, then what only mentions it.
    let own = model.shown.domain.aggregates.first { $0.type == selection.aggregate?.type }?.stream
    let about = commands.filter(\.isAboutSelection)
    return about.filter { $0.stream == own }.map(\.entry)
      + about.filter { $0.stream != own }.map(\.entry) + actions.filter(isAboutRow)
      + recent(model) + commands.filter { !$0.isAboutSelection }.map(\.entry)
      + filters(model) + sagas(moment) + aggregates(moment) + views(moment) + events(moment)
      + actions.filter { !isAboutRow($0) } + start + verbs + topics(model.keymap)
  }

  /// What the selected row is about.
  private struct Selection {
    let aggregate: AggregateKey?
    let saga: SagaKey?

    init(_ model: Model) {
      aggregate = model.selectedEntry.flatMap { Related.aggregate(of: $0, model.shown) }
      saga = model.selectedEntry.flatMap { Related.saga(of: $0, model.shown) }
    }
  }

  private static func commands(
    _ selection: Selection, _ moment: MomentView
  ) -> [(isAboutSelection: Bool, stream: StreamName, entry: PaletteEntry)] {
    moment.domain.commands.map { command in
      let field = command.fields.first { $0.idOf != nil && $0.idOf == selection.aggregate?.type }
      let item = field.flatMap { field in
        selection.aggregate.map { "\(field.name)=\(Quoting.word($0.id.text))" }
      }
      let line = [command.type, item].compactMap { $0 }.joined(separator: " ")
      let lacks = command.fields.contains { $0.isRequired && $0.name != field?.name }
      return (
        item != nil, command.stream,
        PaletteEntry(
          letter: "C", text: line, how: lacks ? "form" : "run", note: command.summary,
          act: .run(line), line: line)
      )
    }
  }

  private static func recent(_ model: Model) -> [PaletteEntry] {
    let lines = model.history.lines(of: .command).suffix(6).reversed()
    return lines.filter { !$0.contains(SecretMask.mask) }.map { line in
      PaletteEntry(
        letter: ":", text: line, how: "run", note: "typed before", act: .run(line), line: line)
    }
  }

  private static func actions(_ model: Model) -> [PaletteEntry] {
    let known = Action.allCases.filter { action in
      action != .palette && !model.keymap.notations(of: action).isEmpty
    }
    return known.map { action in
      let reason = action.disabledReason(model)
      return PaletteEntry(
        letter: " ", text: action.title, how: model.keymap.label(of: action), note: reason ?? "",
        act: .perform(action), disabled: reason, keywords: action.rawValue)
    }
  }

  private static let start = [
    PaletteEntry(
      letter: " ", text: "start: the list to begin with", how: "show",
      note: "a first event, a story, the map, files", act: .start)
  ]

  private static let verbs: [PaletteEntry] = Verb.all.map { verb in
    PaletteEntry(
      letter: ":", text: verb.name.rawValue, how: "type", note: verb.summary,
      act: .fill(verb.arguments.isEmpty ? verb.name.rawValue : "\(verb.name.rawValue) "),
      line: "\(verb.name.rawValue) ", keywords: verb.aliases.joined(separator: " "))
  }

  private static func filters(_ model: Model) -> [PaletteEntry] {
    model.namedFilters.map { filter in
      PaletteEntry(
        letter: "/", text: "filter \(filter.name)", how: "show", note: filter.text,
        act: .run("filter \(filter.text)"), line: "filter \(filter.text)")
    }
  }

  // MARK: - Things

  private static func sagas(_ moment: MomentView) -> [PaletteEntry] {
    moment.domain.sagas.flatMap { saga -> [PaletteEntry] in
      let count = moment.world.sagas.count(of: saga.name)
      return (max(0, count - mostInstances)..<count).reversed().compactMap { place in
        guard let instance = moment.world.sagas.instance(of: saga.name, at: place) else {
          return nil
        }
        let name = "\(saga.name) \(instance.correlation ?? instance.key.instanceID)"
        let status = instance.data.object?["status"]?.string ?? ""
        return PaletteEntry(
          letter: "S", text: name, how: "open", note: instance.hasEnded ? "■ \(status)" : status,
          act: .open(.saga(instance.key)),
          line: "\(saga.name) \(Quoting.word(instance.correlation ?? instance.key.instanceID))")
      }
    }
  }

  private static func aggregates(_ moment: MomentView) -> [PaletteEntry] {
    let histories = moment.world.histories
    return moment.domain.aggregates.map(\.type).flatMap { type -> [PaletteEntry] in
      let count = histories.count(of: type)
      return (max(0, count - mostInstances)..<count).reversed().compactMap { place in
        guard let id = histories.id(of: type, at: place) else { return nil }
        let key = AggregateKey(type, id)
        return PaletteEntry(
          letter: "A", text: "\(type) \(id.text)", how: "open",
          note: "v\(histories.version(of: key))", act: .open(.aggregate(key)),
          line: Quoting.word(id.text))
      }
    }
  }

  private static func views(_ moment: MomentView) -> [PaletteEntry] {
    moment.domain.views.map { view in
      let rows = moment.world.recordCount(of: view.name)
      return PaletteEntry(
        letter: "V", text: view.name, how: "open", note: "\(rows) \(rows == 1 ? "row" : "rows")",
        act: .open(.view(view.name)), line: Quoting.word(view.name))
    }
  }

  private static func events(_ moment: MomentView) -> [PaletteEntry] {
    let count = moment.log.count
    return (max(0, count - mostEvents)..<count).reversed().compactMap { place in
      let position = Position(place + 1)
      guard let type = moment.log.type(at: position),
        let entry = moment.timeline.appendEntry(of: position)
      else { return nil }
      let id = moment.log.event(at: position)?.domainID.map { " \($0.text)" } ?? ""
      let time = moment.log.createdAt(at: position).map { CivilTime($0).timeText } ?? ""
      return PaletteEntry(
        letter: "E", text: "\(position) \(type)\(id)", how: "go", note: String(time.prefix(8)),
        act: .jump(entry), line: "\(position)")
    }
  }

  // MARK: - Help

  private static func topics(_ keymap: Keymap) -> [PaletteEntry] {
    HelpTopic.all(keymap).map { topic in
      PaletteEntry(
        letter: "?", text: topic.title, how: "help", note: "",
        act: .page(title: topic.title, lines: topic.lines),
        keywords: topic.lines.joined().lowercased())
    }
  }
}
