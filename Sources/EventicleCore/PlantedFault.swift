#if PLANTED_FAULTS
  /// Mistakes that can be put into the engine on purpose, to see whether the simulator finds them.
  ///
  /// They exist only where the engine is built with `PLANTED_FAULTS`.
  package enum PlantedFault: String, CaseIterable, Sendable {
    case rollbackKeepsEvents
    case savepointLeaksRecords
    case countersNotRolledBack
    case retryLosesEvent
    case timerLostWhenStepFails
    case waitingTimerLeftOut
    case waitingTimerCannotBeCalledOff
    case timerForgottenWhileItWaits
    case timersStayAtEnd
    case rearmingKeepsOldDue
    case duplicateStart
    case endedInstanceMatches
    case matchIndexStale
    case parkedTwice
    case retryForgetsAttempts
    case retryOvertakesKey
    case pauseLosesBacklog
    case resumeRedelivers
    case moveIgnored
    case expectedVersionUnchecked
    case revertSkipsQueue
    case snapshotSharesLog
    case adaptersBeforeViews
    case dequeuesWrongEnd
    case duplicateIDsTaken
    case clockGoesBack
    case cronSkipsAMinute
    case processedMarkOutsideStep
    case stopGoesOn
    case busyTimeIgnored
    case handledNotCounted
    case closingKeepsDeliveries
    case acknowledgedBeforeWritten

    // Safe to share: set before any engine runs, and never while one does.
    nonisolated(unsafe) package static var current: PlantedFault?

    /// Whether this is the mistake that is made now.
    package var isPlanted: Bool { PlantedFault.current == self }
  }
#endif
