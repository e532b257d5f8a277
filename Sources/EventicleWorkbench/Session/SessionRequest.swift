package import EventicleCore

/// An operation that a command line requests from the surrounding program.
package enum SessionRequest: Sendable, Hashable {
  /// Show something on the screen.
  case show(Subject)
  /// Show only the matching events in the tail.
  case filter(FilterExpression?, text: String)
  /// Search for a text in the tail.
  case find(TextPattern)
  /// Stop the engine, or let it go on.
  case pause
  case set(String, value: String?)
  case theme(String?)
  case mouse(Bool?)
  case help(Verb?)
  case info
  /// Play the short story of the domain.
  case story
  /// Show a tape to a team, or go on with one.
  case present(Presenting)
  /// Save to a file, by default the current one; with force, replace what is there.
  case save(String?, force: Bool)
  /// Open a file; with force, even if what is open is not saved.
  case open(String, force: Bool)
  /// Attach to a running system, by an address or the name of a context.
  case attach(String)
  /// Copy the store that keeps the session to a new file.
  case backup(to: String)
  /// Go on with the code of another domain, by its name or its path.
  case domain(String)
  case importFile(ImportedFile)
  /// Show a text.
  case page(title: String, String)
  /// Write the screen to a file; with force, replace what is there.
  case shot(String, force: Bool)
  /// Write what a line found; with force, replace what is there.
  case write(OutputFile, force: Bool)
  /// Compare what a store has with a branch of the session, or with the one in use.
  case compare(with: String, Located<ComparedReference>?, isFirst: Bool)
  /// Ask whether a fork is done in main, with what that would do.
  case agree(toAdopt: String, String)
  case quit(Instruction.QuitMode)

  /// What is presented.
  package enum Presenting: Sendable, Hashable {
    /// The tour of the domain, from its beginning.
    case tour
    /// The tape of a file.
    case tape(String)
    /// One caption of what is presented, from 1.
    case caption(Int)
    /// What was left, else the tour.
    case again
    /// Nothing any more.
    case off
  }

  /// What can be shown.
  package enum Subject: Sendable, Hashable {
    case streams
    case events
    /// The aggregates of a type; of the first one when `nil`.
    case aggregates(String?)
    case aggregate(AggregateKey, Version?)
    case sagas
    case saga(SagaKey)
    case views
    case view(String, key: String?)
    case commands
    case timers
    case queue
    case stops
    case journal(JournalIndex?)
    case comparison(ComparisonNotice)
    case verification(VerificationNotice)
    case why(WhyNotice)
    /// The conversation of an entry.
    case conversation(JournalIndex)
  }
}

extension SessionRequest.Presenting {
  /// Reads what stands behind the verb `present`.
  init(_ word: String?) {
    switch word {
    case nil: self = .again
    case "off": self = .off
    case let word?: self = PositionExpression.count(word).map { .caption($0) } ?? .tape(word)
    }
  }
}

extension Instruction {
  /// What stands behind `demo` where it plays the short story.
  static let story = "story"
}
