/// The engine's promises that the simulator checks.
public enum Invariant: String, Sendable, CaseIterable {
  /// Journal entries are numbered without gaps, and each step begins where the last one ended.
  case journalIsDense
  /// Positions, stream positions and ids of events are without gaps or repeats.
  case logIsDense
  /// The clock never goes back.
  case clockGoesForward
  /// Rejected work leaves nothing behind.
  case refusalLeavesNothing
  /// A repeated command or event takes effect once.
  case repeatsAreKnown
  /// Commands succeed, are rejected or fail as their handlers say.
  case commandsGoAsPlanned
  /// Aggregates are the fold of their events, one version per event.
  case aggregatesAreFolds
  /// Views are the fold of the events they handled.
  case viewsAreFolds
  /// Events of one key are handled in order, by views before sagas before adapters.
  case orderIsKept
  /// Each consumer deals with an event once.
  case dealtWithOnce
  /// Each consumer deals with every one of its events.
  case nothingIsLeftOut
  /// A group that is paused, stopped, closed or moved behaves accordingly.
  case groupsObey
  /// Failed deliveries are retried as their policy says, at the right time.
  case policiesDecide
  /// Work takes its time, and its key stays busy until then.
  case busyKeysWait
  /// Parked work stays parked until somebody deals with it.
  case parkedIsKept
  /// The counts of what consumers did are right.
  case countsAreRight
  /// A key has one live saga instance, and events find their instance.
  case oneInstanceAKey
  /// An ended instance takes no step and has no timers.
  case nothingAfterTheEnd
  /// Every step of an instance is kept and counted.
  case sagaStepsAreKept
  /// Timers are armed, rearmed, removed and fired as requested, none early and none lost.
  case timersAreKept
  /// When faults stop, all work finishes and every saga can end.
  case comesToRest
  /// Acknowledged events are never lost.
  case acknowledgedIsKept
  /// External effects happen only for written steps, and for each of them.
  case effectsFollowSteps
  /// Recovery after a crash restores exactly what was written.
  case recoveryIsExact
  /// Going back in time restores the earlier world.
  case timeTravelIsExact
  /// The recorded inputs, performed again, give the same steps and the same worlds.
  case inputsRepeat
  /// Work in a fork leaves the original history unchanged.
  case forksLeaveHistory
  /// Exported and imported events stay the same.
  case eventsTravelWhole
  /// The same course leads to the same journal, whichever way it is run.
  case waysAgree
  /// Observers are told of every step exactly once.
  case observersHear
}

/// A broken invariant, described in a sentence.
public struct Violation: Error, Sendable, CustomStringConvertible {
  /// The broken invariant.
  public let invariant: Invariant
  /// The description.
  public let description: String

  init(_ invariant: Invariant, _ description: String) {
    self.invariant = invariant
    self.description = description
  }
}
