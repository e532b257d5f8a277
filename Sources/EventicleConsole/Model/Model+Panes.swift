import EventicleCore

extension Model {
  /// Whether the start list stands in place of the tail: before anything has happened, and when it
  /// is asked for.
  var showsStart: Bool {
    guard presented == nil else { return false }
    return asksForStart || tail.count == 0 && tail.find == nil && shown.log.count == 0
  }

  /// The places of all parts of the screen.
  var layout: Layout {
    Layout(
      LayoutInput(
        size: size, isZoomed: isZoomed || showsStart && focus == .tail, focus: focus,
        recent: focused, isPresented: presented != nil))
  }

  /// The number of list rows that a pane shows.
  func listRows(of pane: PaneID) -> Int {
    PaneTable[pane]?.listRows(layout.inside(of: pane)) ?? 0
  }

  /// The context that a pane receives.
  ///
  /// - Parameters:
  ///   - inside: The size inside its border; the size on the screen when `nil`.
  ///   - isFocused: Whether the pane is drawn as focused; its real state when `nil`.
  func context(of pane: PaneID, inside: Size? = nil, isFocused: Bool? = nil) -> PaneContext {
    PaneContext(
      shown: shown, now: now, isHeld: isHeld, canTry: runsHandlersInPlace,
      isSeeking: seeking != nil,
      row: selectedEntry, event: selectedPosition, hasRows: tail.count > 0,
      firstLine: remote == nil ? FirstLine.text(for: shown.domain) : nil,
      start: showsStart ? startRows : [],
      startClosing: showsStart
        ? StartList.closing(StartFlow.lines(of: shown.domain), keymap, isEmpty: !asksForStart) : [],
      isFocused: isFocused ?? (pane == focus && overlay == nil),
      inside: inside ?? layout.inside(of: pane), folds: folds, log: log, keymap: keymap,
      branches: forks, stops: stops, watches: watches,
      prospects: shown.isAtHead ? prospects : [], wraps: wraps,
      isPresented: presented != nil, find: finds[pane], remote: remote)
  }

  private var startRows: [StartRow] {
    StartList.rows(
      for: shown.domain, recent, keymap, captions: ShippedTours.captions(of: shown.domain.name))
  }

  // The panes that the console itself refers to.

  var explore: ExploreModel {
    get { panes[ExplorePane.self] }
    set { panes[ExplorePane.self] = newValue }
  }
  var event: EventModel {
    get { panes[EventPane.self] }
    set { panes[EventPane.self] = newValue }
  }
  var state: StateModel {
    get { panes[StatePane.self] }
    set { panes[StatePane.self] = newValue }
  }
  var tools: ToolsModel {
    get { panes[ToolsPane.self] }
    set { panes[ToolsPane.self] = newValue }
  }
  var views: ViewsModel {
    get { panes[ViewsPane.self] }
    set { panes[ViewsPane.self] = newValue }
  }
  var saga: SagaModel {
    get { panes[SagaPane.self] }
    set { panes[SagaPane.self] = newValue }
  }
}
