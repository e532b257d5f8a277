import EventicleCore
import EventicleWorkbench

/// The actions of the console itself: help, prompts, leaving.
enum AppUpdate {
  /// Performs an action of the console itself.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    switch action {
    case .help: model.overlay = .help(HelpModel())
    case .command:
      // A pane whose selection is a command fills the prompt with it.
      let filled = PaneUpdate.send(.action(action), to: model.focus, &model)
      guard let filled else { return open(&model) }
      return filled
    case .palette: PaletteUpdate.open(&model)
    case .cancel: return cancel(&model)
    case .quit: return back(&model)
    case .interrupt: return interrupt(&model)
    case .suspend: return [.suspend]
    case .previousCaption: return PresenterUpdate.previous(&model)
    case .redraw: return [.redraw]
    case .mouse:
      model.isMouseOn.toggle()
      model.message = StatusMessage(model.isMouseOn ? "mouse on" : "mouse off: select text freely")
      return [.setMouse(model.isMouseOn)]
    default: break
    }
    return []
  }

  private static func open(_ model: inout Model) -> [Effect] {
    BarUpdate.open(.command, text: "", &model)
    return []
  }

  /// Closes what the focused pane has open; else ends a search, else full screen, else focuses the
  /// tail; never leaves.
  private static func cancel(_ model: inout Model) -> [Effect] {
    if let closed = PaneUpdate.send(.action(.cancel), to: model.focus, &model) { return closed }
    if let pane = [model.focus, .tail].first(where: { FindUpdate.isActive($0, model) }) {
      return FindUpdate.clear(pane, &model)
    } else if model.isZoomed {
      model.isZoomed = false
    } else if model.focus != .tail {
      FocusUpdate.focus(.tail, &model)
    }
    return []
  }

  /// Goes back one level, also out of a presentation; leaves at the top level.
  private static func back(_ model: inout Model) -> [Effect] {
    if model.isZoomed {
      model.isZoomed = false
      return []
    }
    if model.presented != nil {
      PresenterUpdate.leave(&model)
      return []
    }
    return quit(.asking, &model)
  }

  private static func interrupt(_ model: inout Model) -> [Effect] {
    if model.isQuitting {
      model.isQuitting = false
      return QuestionUpdate.leave(&model)
    }
    model.isQuitting = true
    let (again, leave) = (model.keymap.label(of: .interrupt), model.keymap.label(of: .quit))
    let key = again == "Ctrl-C" ? "^C" : again
    model.message = StatusMessage("\(key) again leaves; \(leave) leaves too", .warning)
    return []
  }

  // MARK: - Long work

  /// Whether something runs that Ctrl-C ends: work for a line, or a search.
  static func hasWork(_ model: Model) -> Bool { model.work.isRunning || isSearching(model) }

  private static func isSearching(_ model: Model) -> Bool { model.tail.find?.isLong == true }

  /// Ends what runs: the search first, because it is newer.
  static func endWork(_ model: inout Model) -> [Effect] {
    model.pendingKeys = []
    model.isQuitting = false
    if isSearching(model) { return TailReadingUpdate.end(&model) }
    model.work.isEnding = true
    // Its moment is dropped with what waits, so that nothing would end the wait for it.
    model.seeking = nil
    model.message = nil
    return [.endWork]
  }

  /// Leaves in a given mode.
  static func quit(_ mode: Instruction.QuitMode, _ model: inout Model) -> [Effect] {
    switch mode {
    case .asking: return QuestionUpdate.leave(&model)
    case .withoutSaving: return [.quit]
    case .saving(let path, let force): return [.saveAndQuit(path?.value, force: force)]
    }
  }
}
