import EventicleCore

/// The possible continuations of a line.
package struct CompletionResult: Hashable, Sendable {
  /// The characters that a candidate replaces, from the start of the line.
  package let replaceRange: Range<Int>
  /// The candidates, best first.
  package let candidates: [CompletionCandidate]
  /// The arguments still to be written: required ones, then optional ones in brackets.
  package let signature: String
  /// The text to show in grey after the caret, when one continuation is likely.
  package let ghost: String?
  /// The folder whose names belong here, when a file is to be named.
  package var folder: String?
}

/// Finds the possible continuations of a line.
package enum Completion {
  /// The default limit of candidates; there is room for every verb.
  package static let defaultLimit = 100

  /// The continuations at a place of a line.
  ///
  /// - Parameters:
  ///   - line: The line so far; what follows the caret is ignored.
  ///   - caret: The place, in characters from the start.
  ///   - source: The names that exist.
  ///   - limit: The greatest number of candidates.
  /// - Returns: The candidates, what they replace, and what is still to be written.
  package static func complete(
    _ line: String, caret: Int, source: some CompletionSource, limit: Int = defaultLimit
  ) -> CompletionResult {
    let typed = String(line.prefix(max(0, caret)))
    guard typed.utf8.count <= Limits.lineBytes else {
      return CompletionResult(
        replaceRange: typed.count..<typed.count, candidates: [], signature: "", ghost: nil)
    }
    var completer = Completer(SourceText(typed), source: source, limit: max(0, limit))
    completer.run()
    return completer.result
  }
}

/// Computes one completion.
struct Completer<Source: CompletionSource> {
  let text: SourceText
  let source: Source
  let limit: Int
  private(set) var candidates: [CompletionCandidate] = []
  var signature = ""
  private(set) var ghost: String?
  private var folder: String?
  /// The first byte that a candidate replaces.
  private var start: Int

  init(_ text: SourceText, source: Source, limit: Int) {
    self.text = text
    self.source = source
    self.limit = limit
    start = text.count
  }

  var result: CompletionResult {
    let end = text.source.character(at: text.count)
    return CompletionResult(
      replaceRange: min(text.source.character(at: start), end)..<end, candidates: candidates,
      signature: signature, ghost: ghost, folder: folder)
  }

  mutating func run() {
    var lexer = Lexer(text, comments: false, isLenient: true)
    while lexer.moveToCommand() {
      let token = lexer.verb()
      let word = token.string
      if lexer.index == text.count, word != "&" { return offerVerbs(word, at: token) }
      if Verb.exact(word) == nil, let verb = verb(ofName: word) {
        guard let words = try? lexer.words() else { return }
        guard lexer.index < text.count else {
          return completeWords(.named(verb), [token] + words)
        }
        continue
      }
      if Verb.exact(word) == nil, isNameWithKeys(word) {
        guard let words = try? lexer.words() else { return }
        guard lexer.index < text.count else { return offerKeys(of: word, words) }
        continue
      }
      guard case .found(let verb) = Verb.lookup(word) else { return }
      let begin = lexer.index
      if verb.takesExpression {
        _ = lexer.expression()
        guard lexer.index < text.count else { return completeExpression(verb, from: begin) }
      } else {
        guard let words = try? lexer.words() else { return }
        guard lexer.index < text.count else { return completeWords(verb, words) }
      }
    }
    offerVerbs("", at: nil)
  }

  private mutating func offerVerbs(_ prefix: String, at token: Token?) {
    signature = "VERB"
    if case .found(let verb) = Verb.lookup(prefix) { signature = verb.arguments }
    let verbs = Verb.all.filter { prefix.isEmpty || !$0.name.rawValue.hasSuffix("!") }
    // What the domain has comes first: it is what a line is about.
    offer(
      source.commands() + names(startingWith: prefix)
        + verbs.map { CompletionCandidate($0.name.rawValue, note: $0.summary) }, prefix: prefix,
      from: token?.span.bytes.lowerBound ?? text.count, quoting: false)
  }

  /// The names that may stand for a verb; ids only once something of them is typed.
  private func names(startingWith prefix: String) -> [CompletionCandidate] {
    guard !prefix.isEmpty else { return [] }
    let types = source.aggregateTypes()
    let ids = types.flatMap { source.aggregateIDs(type: $0.text, prefix: prefix, limit: 20) }
    return source.views() + source.sagas() + types + ids
  }

  /// The verb that a line with a name of the domain in its place stands for.
  private func verb(ofName word: String) -> Verb.Name? {
    func has(_ names: [CompletionCandidate]) -> Bool { names.contains { $0.text == word } }
    return has(source.commands()) ? .dispatch : nil
  }

  private func isNameWithKeys(_ word: String) -> Bool {
    (source.sagas() + source.aggregateTypes() + source.views()).contains { $0.text == word }
  }

  /// The instances of a saga, the rows of a view, or the aggregates of a type.
  private mutating func offerKeys(of name: String, _ words: [Token]) {
    signature = "[KEY]"
    let typed = words.last.flatMap { $0.span.bytes.upperBound == text.count ? $0 : nil }
    guard words.count == (typed == nil ? 0 : 1) else { return }
    let prefix = typed?.string ?? ""
    let keys =
      if source.sagas().contains(where: { $0.text == name }) {
        source.sagaKeys(of: name, prefix: prefix, limit: limit)
      } else if source.views().contains(where: { $0.text == name }) {
        source.viewKeys(of: name, prefix: prefix, limit: limit)
      } else {
        source.aggregateIDs(type: name, prefix: prefix, limit: limit)
      }
    offer(
      keys, prefix: prefix, from: typed?.span.bytes.lowerBound ?? text.count)
  }

  private mutating func completeWords(_ verb: Verb, _ words: [Token]) {
    var words = words
    var partial: Token?
    if let last = words.last, last.span.bytes.upperBound == text.count {
      partial = last
      words.removeLast()
    }
    var parts = CompletionParts(verb: verb, words: words, partial: partial, end: text.count)
    parts.complete(&self)
  }

  /// Offers the candidates that match what is typed.
  ///
  /// - Parameters:
  ///   - all: The names that exist.
  ///   - prefix: What is typed of one.
  ///   - from: Where it starts, in bytes.
  ///   - quoting: Whether a candidate is a value, to be quoted where necessary.
  mutating func offer(
    _ all: [CompletionCandidate], prefix: String, from: Int, quoting: Bool = true
  ) {
    start = from
    candidates = []
    let lower = prefix.lowercased()
    var ranked: [[CompletionCandidate]] = [[], [], []]
    for candidate in all {
      if candidate.text.hasPrefix(prefix) {
        ranked[0].append(candidate)
      } else if candidate.text.lowercased().hasPrefix(lower) {
        ranked[1].append(candidate)
      } else if prefix.utf8.count >= 2, candidate.text.lowercased().contains(lower) {
        ranked[2].append(candidate)
      }
      if ranked[0].count >= limit { break }
    }
    if !prefix.isEmpty, let best = ranked[0].first, best.text.count > prefix.count {
      ghost = String(best.text.dropFirst(prefix.count))
    }
    candidates = ranked.joined().prefix(limit).map {
      quoting ? CompletionCandidate(Quoting.word($0.text), note: $0.note) : $0
    }
  }

  /// Offers the files behind a path that is typed.
  mutating func offerPaths(_ typed: String, from: Int) {
    folder = FolderListing.folder(of: typed)
    offer(source.paths(prefix: typed, limit: limit), prefix: typed, from: from)
  }

  /// Shows a likely text of which nothing is typed yet.
  mutating func suggest(_ text: String) {
    if ghost == nil { ghost = text }
  }
}
