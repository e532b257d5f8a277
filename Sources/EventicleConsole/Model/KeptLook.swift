import EventicleCore
import EventicleWorkbench

/// What of the screen stays with a session: how it is laid out, and what it shows and hides.
struct KeptLook: Hashable, Sendable {
  var focus = PaneID.tail
  /// The panes that had the focus, the newest first.
  var focused: [PaneID] = []
  var isZoomed = false
  /// What the tail is searched for, as it was typed; empty when it is for nothing.
  var find = ""
  /// Whether the rows that were not found are folded.
  var isFindFolded = false
  /// What the panes show, in the order in which they are to be shown again.
  var subjects: [PaneSubject] = []
  var eventTab = EventModel().tab
  var stateTab = StateModel().tab
  var mapTab = MapModel.Tab.map
  var showsWholeStates = false
  var foldedSections: Set<ExploreModel.Section> = []
  /// How the rows of the tail are laid out.
  var form = TailForm()
  /// Whether long lines go on below.
  var wraps = false
  /// The theme that was chosen while the session was open; `nil` when none was.
  var theme: String?
  var isMouseOn = true
}

extension KeptLook {
  /// What of it is the same for every history of a domain: the panes and how they show things, not
  /// what they show.
  var layout: KeptLook {
    var layout = KeptLook()
    (layout.focus, layout.focused, layout.isZoomed) = (focus, focused, isZoomed)
    (layout.eventTab, layout.stateTab, layout.mapTab) = (eventTab, stateTab, mapTab)
    layout.showsWholeStates = showsWholeStates
    layout.foldedSections = foldedSections
    (layout.form, layout.wraps) = (form, wraps)
    return layout
  }
}

extension Model {
  /// What of the screen stays with the session.
  var look: KeptLook {
    var look = KeptLook()
    (look.focus, look.focused, look.isZoomed) = (focus, focused, isZoomed)
    (look.find, look.isFindFolded) = (tail.find?.text ?? "", tail.find?.isFolded ?? false)
    look.subjects = subjects
    (look.eventTab, look.stateTab) = (event.tab, state.tab)
    look.mapTab = panes[MapPane.self].tab
    look.showsWholeStates = saga.showsWholeState
    look.foldedSections = explore.folded
    (look.form, look.wraps) = (tail.form, wraps)
    look.theme = themeName == firstThemeName ? nil : themeName
    look.isMouseOn = isMouseOn
    return look
  }

  private var subjects: [PaneSubject] {
    var subjects: [PaneSubject] = []
    switch saga.subject {
    case .nothing: break
    case .instances(let name): subjects.append(.sagas(name))
    case .instance(let key): subjects.append(.saga(key))
    }
    let view: PaneSubject? =
      switch views.subject {
      case .nothing: nil
      case .rows(let name): .view(name)
      case .row(let key): .record(key)
      }
    let state: PaneSubject? =
      switch self.state.subject {
      case .nothing: nil
      case .instances(let type): .aggregates(type)
      case .instance(let key): self.state.version.map { .version(key, $0) } ?? .aggregate(key)
      }
    return subjects + [view, state].compactMap { $0 }
  }

  /// Shows a kept look again.
  ///
  /// - Returns: What has to be done for it.
  mutating func restore(_ look: KeptLook) -> [Effect] {
    let said = message
    FocusUpdate.focus(look.focus, &self)
    (focused, isZoomed) = (look.focused, look.isZoomed)
    explore.folded = look.foldedSections
    wraps = look.wraps
    (tail.form.time, tail.form.columns) = (look.form.time, look.form.columns)
    tail.showGaps(look.form.hasGaps)
    var effects: [Effect] = []
    if !look.find.isEmpty, let filter = try? FilterExpression(parsing: look.find) {
      effects = PaneUpdate.changeTail(&self) { tail, context in
        TailPane.find(filter, text: look.find, isFolded: look.isFindFolded, &tail, context)
      }
    }
    show(look)
    if tail.lacksNewRows(of: shown) || !tail.hasRow(of: moment.cursor.entry) {
      // Rows that are still to come select another one, which the panes would follow.
      restoring = look
    }
    message = said
    if look.isMouseOn != isMouseOn {
      isMouseOn = look.isMouseOn
      effects.append(.setMouse(isMouseOn))
    }
    return effects
  }

  /// Lays the screen out as it was kept for the domain, with the mouse and the rest as they are.
  ///
  /// Before anything has happened the start list stays in front.
  mutating func lay(out layout: KeptLook) -> [Effect] {
    var look = layout
    look.isMouseOn = isMouseOn
    let isEmpty = showsStart
    let effects = restore(look)
    if isEmpty { (focus, isZoomed) = (.tail, false) }
    return effects
  }

  /// Shows the row of the moment and the subjects of a kept look.
  mutating func show(_ look: KeptLook) {
    if !moment.isAtHead, let entry = NoticeUpdate.cursorEntry(moment) {
      tail.select(entry)
      tail.isFollowing = false
    }
    for subject in look.subjects {
      guard let row = PaneTable.row(for: subject) else { continue }
      _ = PaneUpdate.send(.show(subject), to: row.id, &self)
    }
    event.tab = look.eventTab
    state.tab = look.stateTab
    panes[MapPane.self].tab = look.mapTab
    saga.showsWholeState = look.showsWholeStates
  }
}
