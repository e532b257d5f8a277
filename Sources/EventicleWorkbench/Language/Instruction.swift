package import EventicleCore

/// One command of a command line, understood.
package enum Instruction: Hashable, Sendable {
  // MARK: - Act

  case emit(Emission)
  case dispatch(CommandRequest)
  /// Fires a timer; the next one when absent.
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
  /// Does parked work again, with other data if there are items.
  case redrive(Located<Int>, Items)
  /// Puts down other data for parked work; without items takes it back.
  case edit(Located<Int>, Items)
  case drop(Located<Int>)
  /// Folds a view anew and compares, or puts the new rows in place.
  case rebuild(Located<String>, swaps: Bool, anyway: Bool)
  case retain(Located<StreamName>, count: Located<Int>, anyway: Bool)

  // MARK: - Time

  case step(count: Int, unit: Located<StepUnit>)
  case back(count: Int, unit: Located<StepUnit>)
  case goto(Located<PositionExpression>)
  /// Goes on until a stop, or until nothing is queued.
  case run(to: Located<Selector>?, condition: Located<FilterExpression>?)
  case hold
  /// Makes queued deliveries; all when no number is given.
  case release(count: Located<Int>?)
  case live
  case pause

  // MARK: - Look

  /// Filters what is shown; `nil` clears. The text is what was typed, to be edited again.
  case filter(Located<FilterExpression>?, text: String)
  case find(Located<TextPattern>)
  case events(Located<FilterExpression>?)
  case streams
  case journal(Located<JournalRange>?)
  case queue
  case timers
  case aggregate(Located<AggregateReference>, version: Located<Version>?)
  case aggregates
  case saga(Located<SagaReference>)
  case sagas
  /// Shows a view, or the row of a key.
  case view(name: Located<String>, key: Located<String>?)
  case views
  case commands
  case groups
  /// Lists what is parked, or shows what is parked under a number.
  case parked(Located<Int>?)
  case metrics

  // MARK: - Files

  case open(Located<String>)
  case save(Located<String>?)
  case importFile(Located<String>)

  // MARK: - App

  /// Changes a setting; without a value, says what it is.
  case set(Located<String>, value: Located<String>?)
  case theme(Located<String>?)
  /// Turns the mouse on or off; turns it over when nothing is said.
  case mouse(Bool?)
  case help(Located<Verb>?)
  case info
  case demo(Located<String>?)
  case quit(QuitMode)

  /// How to leave.
  package enum QuitMode: Hashable, Sendable {
    /// DeferredInputs when something is not saved.
    case asking
    /// Leaves what is not saved.
    case withoutSaving
    /// Saves first, to a file if one is named.
    case saving(Located<String>?)
  }
}

extension Instruction {
  /// Reads the commands of a line; `;` and line breaks separate them.
  ///
  /// - Parameters:
  ///   - text: The line, with or without a colon in front.
  ///   - comments: Whether `#` begins a comment, as in tapes; `#12` is always a position.
  /// - Returns: The commands in order; none for a blank line.
  /// - Throws: ``LanguageError`` at the column of the first mistake.
  package static func parse(
    _ text: String, comments: Bool = false
  ) throws(LanguageError) -> [Instruction] {
    try parseLocated(text, comments: comments).map(\.value)
  }

  /// Reads the commands of a line, each with the stretch it was written in.
  package static func parseLocated(
    _ text: String, comments: Bool = false
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
      let verb = try Verb.resolve(token)
      let instruction: Instruction
      if verb.takesExpression {
        let text = lexer.expression()
        instruction = try ExpressionCommands.parse(verb, text)
      } else {
        let words = try lexer.words()
        var arguments = Arguments(verb: verb, words, end: lexer.here)
        instruction = try arguments.instruction()
        try arguments.finish()
      }
      let command = line.slice(start..<lexer.index).trimmed
      instructions.append(Located(instruction, command.span))
    }
    return instructions
  }
}
