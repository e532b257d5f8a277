package import EventicleCore

/// One parsed command of a command line.
package indirect enum Instruction: Hashable, Sendable {
  // MARK: - Act

  case emit(Emission)
  case dispatch(CommandRequest)
  /// Fires a timer, by default the next one.
  case fire(Located<TimerReference>?)
  case clock(Located<ClockChange>)
  case expect(Located<Expectation>)
  /// Lets a command be carried out later, or again and again.
  case schedule(Scheduling)
  /// Calls a timer off.
  case cancel(Located<TimerReference>)
  /// Lets a timer fall due so much later or earlier than it would, or at a moment.
  case moveTimer(Located<TimerReference>, Located<TimeExpression>)
  case endSaga(Located<SagaReference>, removes: Bool, reason: Located<String>)
  case correctSaga(Located<SagaReference>, Items, reason: Located<String>)
  case group(GroupChange)
  /// Retries a parked delivery, with other data if there are items.
  case redrive(Located<Int>, Items)
  /// Sets other data for a parked delivery; without items restores its own.
  case edit(Located<Int>, Items)
  /// Drops parked work; or a delivery that waits under the number, unless parked work is said.
  case drop(Located<Int>, isParked: Bool)
  /// Does something to a delivery that waits.
  case act(DeliveryVerb, on: Located<DeliveryReference>)
  /// Rebuilds a view and compares, or replaces its rows.
  case rebuild(Located<String>, swaps: Bool, anyway: Bool)
  case retain(Located<StreamName>, count: Located<Int>, anyway: Bool)

  // MARK: - Time

  case step(count: Int, unit: Located<StepUnit>)
  case back(count: Int, unit: Located<StepUnit>)
  case goto(Located<PositionExpression>)
  /// Runs until a stop, or until nothing is queued.
  case run(to: Located<Selector>?, condition: Located<FilterExpression>?)
  /// Goes back to the last hit of a stop, or of a selector.
  case runBack(to: Located<Selector>?, condition: Located<FilterExpression>?)
  /// Sets a stop, turns it on or off, or removes it.
  case stop(StopChange)
  case hold
  /// Makes a number of queued deliveries, by default all.
  case release(count: Located<Int>?)
  case live
  case pause
  /// Makes a fork that leaves at a position, by default where the time cursor is, and uses it.
  case fork(Located<String>, at: Located<PositionExpression>?)
  /// Uses another branch.
  case use(Located<String>)
  case discard(Located<String>)
  /// Takes back the last line, and runs it again.
  case undo
  case redo
  /// Changes the history of the fork in use.
  case revise(HistoryChange)
  /// Makes the sagas of the fork in use from its events as facts.
  case rebuildSagas
  /// Does in main what was done in a fork; unless that is agreed, asks first.
  case adopt(Located<String>, isAgreed: Bool)

  // MARK: - Look

  /// Filters what is shown; `nil` clears. The text is kept for editing again.
  case filter(Located<FilterExpression>?, text: String)
  case find(Located<TextPattern>)
  case events(Located<FilterExpression>?)
  case streams
  case journal(Located<JournalRange>?)
  /// Shows the conversation of a place, by default of the event at the time cursor.
  case flow(Located<PositionExpression>?)
  case queue
  case timers
  case aggregate(Located<AggregateReference>, version: Located<Version>?)
  /// Shows the aggregates, of a type or of the first one.
  case aggregates(Located<String>?)
  case saga(Located<SagaReference>)
  case sagas
  /// Shows a view, or the row of a key.
  case view(name: Located<String>, key: Located<String>?)
  case views
  case commands
  case groups
  /// Lists the parked deliveries, or shows the one with a number.
  case parked(Located<Int>?)
  case metrics
  /// Gives a name to a position, by default to where the time cursor is.
  case mark(Located<String>, at: Located<PositionExpression>?)
  case unmark(Located<String>)
  case marks
  /// Lists the branches.
  case forks
  /// Says how two histories differ.
  case compare(Located<ComparedReference>?, Located<ComparedReference>?)
  /// Performs recorded inputs again.
  case verify(Located<MomentRange>?)
  case why(Located<FieldReference>)
  /// Lists what handles a type of event.
  case readers(Located<EventType>)
  /// Pins a value.
  case watch(WatchChange)
  /// Prints a line for each place of history that fits.
  case probe(Probe)
  /// Tries a command at the moment that is shown.
  case whatIf(Located<String>)
  /// Lists the stops with their hits.
  case stops

  // MARK: - Files

  /// Writes what a looking verb finds to a file; with force, replaces what is there.
  case written(Instruction, to: Located<String>, force: Bool)

  /// Opens a file; with force, even if what is open is not saved.
  case open(Located<String>, force: Bool)
  /// Attaches to a running system; an address, or the name of a context.
  case attach(Located<String>)
  /// Saves to a named file or the current one; with force, replaces what is there.
  case save(Located<String>?, force: Bool)
  /// Copies the store that keeps the session.
  case backup(to: Located<String>)
  case domain(Located<String>)
  case importFile(ImportedFile)
  /// Tells what happened as a test or a diagram.
  case export(ExportRequest)
  /// Writes the screen; with force, replaces what is there.
  case shot(Located<String>, force: Bool)

  // MARK: - App

  /// Changes a setting; without a value shows it.
  case set(Located<String>, value: Located<String>?)
  case theme(Located<String>?)
  /// Turns the mouse on or off; toggles it by default.
  case mouse(Bool?)
  case help(Located<Verb>?)
  case info
  /// Loads the domain again that another program runs.
  case reload
  /// Takes the tour of the domain, or plays its story.
  case demo(Located<String>?)
  /// Shows a tape, goes to a caption, leaves it, or goes on with it.
  case present(Located<String>?)
  case quit(QuitMode)

  /// What to do about unsaved work when quitting.
  package enum QuitMode: Hashable, Sendable {
    /// Asks when something is not saved.
    case asking
    /// Discards what is not saved.
    case withoutSaving
    /// Saves first, as ``Instruction/save(_:force:)`` does.
    case saving(Located<String>?, force: Bool)
  }
}

extension Instruction {
  /// Reads the commands of a line; `;` and line breaks separate them.
  ///
  /// - Parameters:
  ///   - text: The line, with or without a leading colon.
  ///   - comments: Whether `#` begins a comment, as in tapes; `#12` is always a position.
  ///   - names: The names that may stand where a verb does.
  /// - Returns: The commands in order; none for a blank line.
  /// - Throws: ``LanguageError`` at the column of the first mistake.
  package static func parse(
    _ text: String, comments: Bool = false, names: DomainNames = .none
  ) throws(LanguageError) -> [Instruction] {
    try parseLocated(text, comments: comments, names: names).map(\.value)
  }

  /// Reads the commands of a line, each with where it was written.
  package static func parseLocated(
    _ text: String, comments: Bool = false, names: DomainNames = .none
  ) throws(LanguageError) -> [Located<Instruction>] {
    guard text.utf8.count <= Limits.lineBytes else {
      throw LanguageError.tooLong(text.utf8.count)
    }
    let line = SourceText(text)
    var lexer = Lexer(line, comments: comments)
    var instructions: [Located<Instruction>] = []
    while lexer.moveToCommand() {
      let start = lexer.index
      let token = lexer.verb()
      if let position = try PositionExpression(alone: token.text) {
        if let extra = try lexer.words().first {
          throw extra.error(
            "After a position alone nothing more is expected; it is gone to as with goto.")
        }
        instructions.append(Located(.goto(Located(position, token.span)), token.span))
        continue
      }
      if Verb.exact(token.string) == nil, let named = try named(token, names, &lexer) {
        let command = line.slice(start..<lexer.index).trimmed
        instructions.append(Located(named, command.span))
        continue
      }
      let verb = try Verb.resolve(token, names)
      var instruction: Instruction
      if verb.takesExpression {
        let text = lexer.expression()
        instruction = try ExpressionCommands.parse(verb, text)
      } else {
        var words = try lexer.words()
        let redirection = try Redirection.take(from: &words, of: verb)
        var arguments = Arguments(
          verb: verb, words, end: lexer.here,
          isForced: verb.takesForce && token.string.last == "!")
        instruction = try arguments.instruction()
        try arguments.finish()
        if let redirection { instruction = redirection.applied(to: instruction) }
      }
      let command = line.slice(start..<lexer.index).trimmed
      instructions.append(Located(instruction, command.span))
    }
    return instructions
  }
}
