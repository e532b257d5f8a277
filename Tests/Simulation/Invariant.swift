/// What the engine promises, as the simulator holds it to it.
public enum Invariant: String, Sendable, CaseIterable {
  /// Journal entries are numbered without gaps, and steps begin where the last one ended.
  case journalIsDense
  /// Positions, places in streams and ids of events are what they should be.
  case logIsDense
  /// The clock never goes back.
  case clockGoesForward
  /// What is refused leaves nothing behind.
  case refusalLeavesNothing
  /// What is asked twice is done once.
  case repeatsAreKnown
  /// Commands are carried out, refused or fail as their handlers say.
  case commandsGoAsPlanned
  /// Aggregates are the fold of their events, one version each.
  case aggregatesAreFolds
  /// Views are the fold of the events they handled.
  case viewsAreFolds
  /// Events of one key are handled in their order, views before sagas before adapters.
  case orderIsKept
  /// An event is dealt with once by each consumer.
  case dealtWithOnce
  /// Every event is dealt with by each of its consumers.
  case nothingIsLeftOut
  /// A group that is paused, stopped, closed or moved does what that means.
  case groupsObey
  /// What fails is tried again as its policy says, at the right moment.
  case policiesDecide
  /// Work takes the time that it takes, and its key waits so long.
  case busyKeysWait
  /// What is parked stays parked until somebody deals with it.
  case parkedIsKept
  /// What consumers did is counted.
  case countsAreRight
  /// A key has one live saga instance, and events find their own.
  case oneInstanceAKey
  /// An ended instance takes no step, and its timers are gone.
  case nothingAfterTheEnd
  /// Every step of an instance is kept and counted.
  case sagaStepsAreKept
  /// Timers are armed, rearmed, called off and fired as asked, none early and none lost.
  case timersAreKept
  /// When faults stop, everything comes to rest and every saga to its end.
  case comesToRest
  /// What was acknowledged is never lost.
  case acknowledgedIsKept
  /// What happens outside follows from a step that was written, and follows from each.
  case effectsFollowSteps
  /// What comes back after a crash is what was written.
  case recoveryIsExact
  /// Going back in time leads to the world that was.
  case timeTravelIsExact
  /// What is done in a fork leaves the history it came from as it is.
  case forksLeaveHistory
  /// Events that are carried to another place stay what they are.
  case eventsTravelWhole
  /// The same course leads to the same journal, whichever way it is gone.
  case waysAgree
  /// Observers hear of every step, once.
  case observersHear
}

/// Why a run is not what was promised, in a sentence.
public struct Violation: Error, Sendable, CustomStringConvertible {
  /// What was promised.
  public let invariant: Invariant
  /// The sentence.
  public let description: String

  init(_ invariant: Invariant, _ description: String) {
    self.invariant = invariant
    self.description = description
  }
}
