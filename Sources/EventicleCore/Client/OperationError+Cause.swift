extension OperationError.Cause {
  /// Classifies an error of the library; any other error is a ``failure``.
  public init(_ error: any Error) {
    switch error {
    case let error as OperationError: self = error.cause
    case let error as EngineError: self.init(error)
    case let error as TransactionError: self.init(error)
    case is ArgumentError: self = .badArgument
    case is any RejectionError: self = .rejection
    case is JSONError, is JSONCodingError, is NumberError, is QueryError, is TimeZoneError,
      is CronError, is PolicyError, is TraceParentError, is EventFormatError, is EventCodecError:
      self = .badArgument
    default: self = .failure
    }
  }

  private init(_ error: EngineError) {
    switch error {
    case .unknownCommand(let type, let known): self = .unknown(type, known: known)
    case .unknownTimer(let key, let known, _): self = .unknown(key, known: known)
    case .unknownGroup(let group, let known):
      self = .unknown(group.text, known: known.map(\.text))
    case .unknownView(let view, let known): self = .unknown(view, known: known)
    case .unknownStream(let stream, let known):
      self = .unknown(stream.text, known: known.map(\.text))
    case .unknownParked(let number, let known, _):
      self = .unknown("\(number)", known: known.map { "\($0)" })
    case .unknownSchedule(let name, let known): self = .unknown(name, known: known)
    case .unknownSagaInstance(let key, let known, _):
      self = .unknown(key.description, known: known)
    case .groupTaken, .atWork, .sagaHasEnded, .sagaValueTaken, .viewSharesRows: self = .conflict
    case .clockBackwards, .clockTooLate, .emptyGroup, .emptyStream, .nothingToEdit,
      .interventionWithoutReason, .sagaDataNoObject:
      self = .badArgument
    case .nothingToDeliver, .notWaiting, .handledOutside, .endless, .crowded, .notRepeatable,
      .viewOfTrimmed, .nobodyToRedrive, .redriveFailed:
      self = .failure
    }
  }

  private init(_ error: TransactionError) {
    switch error {
    case .eventIDTaken, .versionConflict, .aggregateExists, .streamConflict, .lockTaken,
      .nestedConflict, .commandKeyTaken, .recordExists, .recordConflict, .recordNotUnique:
      self = .conflict
    case .lockWaitOver: self = .conflict
    case .undeclaredCommand(let type, let known): self = .unknown(type, known: known)
    case .aggregateMissing(let key): self = .unknown(key.description, known: [])
    case .recordMissing(let key): self = .unknown(key.description, known: [])
    case .emptyEventType, .emptyStream, .eventTooLarge, .aggregateWithoutID, .eventTimeUnlikely,
      .recordIDSet, .negativeWait, .emptyWorkspace, .workspaceWithColon, .timerNeverDue,
      .scheduleWithoutName:
      self = .badArgument
    case .recordChangedInside, .dispatchTooDeep, .commandTooLong, .transactionOver,
      .transactionWaits, .transactionReads:
      self = .failure
    }
  }
}
