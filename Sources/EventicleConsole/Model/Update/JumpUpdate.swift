import EventicleCore

/// Jumps to related rows and panes, and returns with every position restored.
enum JumpUpdate {
  /// Performs a jump.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    switch action {
    case .goto: BarUpdate.open(.goto, text: "", &model)
    case .back: return back(&model)
    case .forward: return forward(&model)
    case .goCause: return jump(to: Related.cause(model), &model)
    case .goEffects: return jump(to: Related.effect(model), &model)
    case .goFlow:
      if let entry = model.selectedEntry {
        remember(&model)
        SubjectUpdate.open(.conversation(entry), &model)
      }
    case .goAggregate:
      if let key = model.selectedEntry.flatMap({ Related.aggregate(of: $0, model.shown) }) {
        remember(&model)
        SubjectUpdate.open(.aggregate(key), &model)
      }
    case .goSaga:
      if let key = model.selectedEntry.flatMap({ Related.saga(of: $0, model.shown) }) {
        remember(&model)
        SubjectUpdate.open(.saga(key), &model)
      }
    case .goTimers:
      remember(&model)
      FocusUpdate.focus(.next, &model)
    case .goView:
      if let view = Related.view(model) {
        remember(&model)
        SubjectUpdate.open(.view(view), &model)
      }
    case .goNextError: return jump(to: Related.trouble(model), &model)
    default: break
    }
    return []
  }

  // MARK: - Places

  /// Remembers the current place before a jump.
  static func remember(_ model: inout Model) { remember(place(model), &model) }

  /// Remembers a place before a jump.
  static func remember(_ place: NavigationEntry, _ model: inout Model) {
    model.back.append(place)
    if model.back.count > 100 { model.back.removeFirst() }
    model.forward = []
  }

  /// The current place.
  static func place(_ model: Model) -> NavigationEntry {
    NavigationEntry(
      focus: model.focus, focused: model.focused, tailEntry: model.tail.selectedEntry,
      tailTop: model.tail.list.top, isFollowing: model.tail.isFollowing,
      panes: model.panes)
  }

  private static func back(_ model: inout Model) -> [Effect] {
    guard let target = model.back.popLast() else { return [] }
    model.forward.append(place(model))
    return restore(target, &model)
  }

  private static func forward(_ model: inout Model) -> [Effect] {
    guard let target = model.forward.popLast() else { return [] }
    model.back.append(place(model))
    return restore(target, &model)
  }

  private static func restore(_ target: NavigationEntry, _ model: inout Model) -> [Effect] {
    let selected = model.selectedEntry
    model.focus = target.focus
    model.focused = target.focused
    model.panes = target.panes
    if let entry = target.tailEntry { model.tail.select(entry) }
    model.tail.list.top = target.tailTop
    model.tail.isFollowing = target.isFollowing
    return model.selectedEntry == selected ? [] : SeekUpdate.seek(&model)
  }

  // MARK: - Targets

  /// Selects the tail row of a journal entry, and goes to its moment.
  static func jump(to entry: JournalIndex?, _ model: inout Model) -> [Effect] {
    guard let entry else { return [] }
    remember(&model)
    let context = model.context(of: .tail)
    TailPane.select(entry, &model.tail, context)
    return SeekUpdate.seek(&model)
  }
}
