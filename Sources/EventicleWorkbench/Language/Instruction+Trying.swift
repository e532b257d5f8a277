import EventicleCore

extension Instruction {
  /// Whether the verbs of a line can be tried where nothing may leave the process: all are inputs
  /// for the engine, and none costs more than its steps.
  package static func isTriable(_ line: String, names: DomainNames = .none) -> Bool {
    (try? parse(line, names: names)).map { areTriable($0) } ?? false
  }

  /// The same of a line that is read.
  package static func areTriable(_ instructions: [Instruction]) -> Bool {
    !instructions.isEmpty && instructions.allSatisfy(\.isTriable)
  }

  private var isTriable: Bool {
    switch self {
    case .emit, .dispatch, .fire, .clock, .schedule, .cancel, .moveTimer, .endSaga, .correctSaga,
      .group, .redrive, .edit, .drop, .act, .hold, .release:
      true
    // A rebuild folds the whole history of a view, and a trim looks through a stream.
    case .rebuild, .retain: false
    case .expect, .step, .back, .goto, .run, .live, .pause, .fork, .use, .discard, .undo,
      .redo, .revise, .rebuildSagas, .adopt, .compare, .verify, .why, .readers, .whatIf,
      .probe, .watch:
      false
    case .filter, .find, .events, .streams, .journal, .flow, .queue, .timers, .aggregate,
      .aggregates,
      .saga, .sagas, .view, .views, .commands, .groups, .parked, .metrics, .mark, .unmark, .marks,
      .forks, .runBack, .stop, .stops:
      false
    case .written: false
    case .open, .attach, .save, .backup, .domain, .export, .shot, .importFile, .set, .theme, .mouse,
      .help,
      .info, .reload, .demo, .present, .quit:
      false
    }
  }
}
