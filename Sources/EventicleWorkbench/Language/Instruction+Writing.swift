import EventicleCore

extension Instruction {
  /// Whether the verb asks something of the engine, so that it is refused where history is only
  /// looked at.
  var changesHistory: Bool {
    switch self {
    case .emit, .dispatch, .fire, .clock, .schedule, .cancel, .moveTimer, .endSaga, .correctSaga,
      .group, .redrive, .edit, .drop, .act, .retain, .hold, .release, .importFile, .domain:
      true
    case .demo(let name): name?.value == Instruction.story
    case .rebuild(_, let swaps, _): swaps
    case .expect, .step, .back, .goto, .run, .live, .pause: false
    case .filter, .find, .events, .streams, .journal, .flow, .queue, .timers, .aggregate,
      .aggregates,
      .saga, .sagas, .view, .views, .commands, .groups, .parked, .metrics, .mark, .unmark, .marks:
      false
    // A fork is kept nowhere.
    case .fork, .use, .discard, .forks, .revise, .rebuildSagas: false
    case .compare, .verify, .why, .readers, .whatIf, .probe, .watch: false
    case .undo, .redo, .adopt: true
    case .runBack, .stop, .stops: false
    case .written, .open, .attach, .save, .backup, .export, .shot, .set, .theme, .mouse, .help,
      .info, .reload, .present, .quit:
      false
    }
  }
}
