extension Action {
  /// The sections of the help, in its order.
  enum Group: String, CaseIterable, Hashable, Sendable {
    case time = "Time"
    case lists = "Lists"
    case goTo = "Go to"
    case events = "Events"
    case panes = "Panes"
    case view = "View"
    case app = "Console"
  }

  /// The section of the help that lists it.
  var group: Group {
    switch self {
    case .stopOrGo, .stepEvent, .backEvent, .stepDelivery, .backDelivery, .finishCascade, .run,
      .runBack, .stopHere, .turnStop, .nextSagaStep, .previousSagaStep, .live, .fire, .fork, .undo,
      .redo, .compare, .verify, .why, .skipEvent, .delayDelivery, .dropDelivery, .doubleDelivery,
      .crashDelivery:
      .time
    case .down, .up, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .top, .bottom, .open,
      .search, .nextMatch, .previousMatch, .sort:
      .lists
    case .goCause, .goEffects, .goFlow, .goAggregate, .goSaga, .goTimers, .goView, .goNextError,
      .goto,
      .back, .forward:
      .goTo
    case .editAsEvent, .reEmit, .copy, .copyCommand, .diff: .events
    case .nextPane, .previousPane, .pane1, .pane2, .pane3, .pane4, .pane5, .pane6, .pane7, .pane8,
      .pane9, .zoom,
      .nextTab, .previousTab:
      .panes
    case .fold, .unfoldAll, .foldAll, .scrollLeft, .scrollRight, .centre, .wrap, .timeForm,
      .columns, .gaps:
      .view
    case .help, .command, .palette, .cancel, .quit, .interrupt, .suspend, .redraw, .mouse,
      .previousCaption:
      .app
    }
  }

  /// Whether the list of keys that follow a prefix names it; the others work all the same.
  var isInMenus: Bool {
    switch self {
    case .unfoldAll, .foldAll, .centre: false
    default: true
    }
  }

  /// Whether the start list that was asked for stays while it is done.
  var staysAtStart: Bool {
    switch self {
    case .down, .up, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .top, .bottom, .open, .help,
      .command, .palette, .mouse, .redraw:
      true
    default: false
    }
  }

  /// Whether it does something to the selected row.
  var isAboutSelection: Bool {
    switch self {
    case .editAsEvent, .reEmit, .copy, .copyCommand, .goCause, .goEffects, .goFlow, .goAggregate,
      .goSaga,
      .goView, .fork, .stopHere:
      true
    default: false
    }
  }

  /// What it does, as the help says.
  var title: String {
    switch self {
    case .help: "show the keys and verbs"
    case .command: "type a command, a name or a moment"
    case .palette: "everything there is: commands, actions, things, help"
    case .goto: "go to a position: #12, j40, -5m, 50%, start, live"
    case .search: "find in this list; Tab shows only what was found"
    case .back: "back to where you were"
    case .forward: "forward again"
    case .cancel: "close, or end a search"
    case .quit: "back one level; leave at the top"
    case .interrupt: "stop what runs; twice leaves"
    case .suspend: "suspend; fg comes back"
    case .redraw: "draw the screen anew"
    case .mouse: "mouse on or off"
    case .previousCaption: "while presenting: the caption before"
    case .nextPane: "next pane"
    case .previousPane: "previous pane"
    case .pane1: "Tail"
    case .pane2: "Event"
    case .pane3: "State"
    case .pane4: "Saga"
    case .pane5: "Next"
    case .pane6: "Views"
    case .pane7: "Map"
    case .pane8: "Explore"
    case .pane9: "Tools"
    case .zoom: "this pane alone, and back"
    case .nextTab: "next tab"
    case .previousTab: "previous tab"
    case .stopOrGo: "stop and go: HELD and LIVE; in the past it plays; presenting: next caption"
    case .stepEvent: "one event forward"
    case .backEvent: "one event back"
    case .stepDelivery: "one delivery forward"
    case .backDelivery: "one delivery back"
    case .finishCascade: "the rest of this cascade: all that follows from its first event"
    case .run: "run on to the next stop, else to the end"
    case .runBack: "back to the last stop that was hit"
    case .stopHere: "stop on what this row is about, or no longer"
    case .turnStop: "in Stops: turn the stop on or off"
    case .nextSagaStep: "next step of this saga"
    case .previousSagaStep: "previous step of this saga"
    case .live: "the newest moment, running"
    case .fire: "fire the next timer"
    case .fork: "what if: a fork from this moment"
    case .undo: "undo the last line; what it did is kept as a fork"
    case .redo: "do again what was undone last"
    case .compare: "how this fork differs from where it left"
    case .verify: "do everything again with the code of now"
    case .skipEvent: "in a fork: leave the event out, and do the rest again"
    case .why: "every step that changed what State, Saga or Views shows"
    case .delayDelivery: "in Next: make the delivery later"
    case .dropDelivery: "in Next: never make the delivery"
    case .doubleDelivery: "in Next: make the delivery twice"
    case .crashDelivery: "in Next: make the delivery, lose its acknowledgement"
    case .down: "down"
    case .up: "up"
    case .halfPageDown: "half a page down"
    case .halfPageUp: "half a page up"
    case .pageDown: "a page down"
    case .pageUp: "a page up"
    case .top: "to the top"
    case .bottom: "to the end; in the tail: the newest moment"
    case .open: "open"
    case .nextMatch: "next hit"
    case .previousMatch: "previous hit"
    case .sort: "sort by the column, then the other way round"
    case .editAsEvent: "edit the event and emit it as a new one"
    case .reEmit: "emit the event again"
    case .copy: "copy the event as JSON"
    case .copyCommand: "copy the event as an emit command"
    case .diff: "what the event changed; saga: whole states; history: compare"
    case .goCause: "its cause"
    case .goEffects: "its first effect"
    case .goFlow: "all that led to it and followed: its conversation"
    case .goAggregate: "its aggregate"
    case .goSaga: "its saga"
    case .goTimers: "timers and queue"
    case .goView: "rows of the first view that folds it"
    case .goNextError: "next trouble: a failure or a refusal; when all is well, bad news"
    case .fold: "fold or unfold; with a search: only what was found, or all"
    case .unfoldAll: "unfold all"
    case .foldAll: "fold all"
    case .scrollLeft: "scroll left; in the map: back along the flow"
    case .scrollRight: "scroll right; in the map: along the flow"
    case .centre: "put the row in the middle"
    case .wrap: "wrap: long lines go on below, or are cut"
    case .timeForm: "time: of day, since the row above, or since the cause"
    case .columns: "columns: all, without who reacted, or only what happened"
    case .gaps: "gaps: pauses have a row, or none"
    }
  }

  /// Its short name in the footer.
  var hint: String {
    switch self {
    case .stopOrGo: "stop"
    case .stepEvent: "forward"
    case .backEvent: "back"
    case .stepDelivery: "deliver"
    case .backDelivery: "take back"
    case .finishCascade: "rest of this cascade"
    case .run: "run to a stop"
    case .runBack: "back to a stop"
    case .stopHere: "stop here"
    case .turnStop: "on · off"
    case .nextSagaStep: "saga step"
    case .live: "live"
    case .fire: "next timer"
    case .fork: "what if"
    case .undo: "undo"
    case .redo: "redo"
    case .compare: "compare"
    case .verify: "verify"
    case .skipEvent: "leave out"
    case .why: "why"
    case .delayDelivery: "delay"
    case .dropDelivery: "drop"
    case .doubleDelivery: "twice"
    case .crashDelivery: "crash in it"
    case .open: "open"
    case .help: "help"
    case .command: "command"
    case .palette: "all"
    case .search: "find"
    case .sort: "sort"
    case .goSaga: "saga"
    case .goAggregate: "aggregate"
    case .goCause: "cause"
    case .goFlow: "conversation"
    case .nextTab: "tabs"
    case .fold: "fold"
    case .diff: "diff"
    case .previousCaption: "caption before"
    case .quit: "leave"
    case .nextPane: "pane"
    case .zoom: "zoom"
    case .cancel: "clear"
    case .back: "back"
    default: title
    }
  }
}
