import EventicleCore
import EventicleWorkbench

/// Reads tapes that are to be presented.
enum PresentedFile {
  /// The tour of a domain; `nil` when it has none.
  ///
  /// - Throws: ``FileProblem`` with a sentence.
  static func tour(of domain: String) throws(FileProblem) -> PresentedTape? {
    guard let tape = ShippedTours.tape(of: domain) else { return nil }
    return try presented(tape, named: "tour", beginsEmpty: true)
  }

  /// The tape of a file.
  ///
  /// - Throws: ``FileProblem`` with a sentence: the file cannot be read, says nothing, or names keys
  ///   that are none.
  static func read(_ path: String) throws(FileProblem) -> PresentedTape {
    let bytes = try Files.bytes(path, limit: Limits.tapeBytes)
    let lines: [TapeLine]
    do throws(TapeError) { lines = try TapeLine.lines(of: bytes) } catch {
      throw FileProblem("\(path), \(error)")
    }
    let tape = CaptionedTape(lines)
    guard tape.saysAnything else {
      throw FileProblem(
        "\(path) has nothing to say: its comments, lines that begin with #, are the captions.")
    }
    let name = path.split(separator: "/").last.map { String($0) } ?? path
    do throws(FileProblem) { return try presented(tape, named: name) } catch {
      throw FileProblem("\(path), \(error.text)")
    }
  }

  private static func presented(
    _ tape: CaptionedTape, named name: String, beginsEmpty: Bool = false
  ) throws(FileProblem) -> PresentedTape {
    do throws(PresentedTape.Problem) {
      return try PresentedTape(
        tape.savingBeside(Files.isThere), named: name, beginsEmpty: beginsEmpty)
    } catch {
      throw FileProblem(error.sentence)
    }
  }
}

extension CaptionedTape {
  /// The tape with a free name in place of each that a line saves in and that is there already, so
  /// that nothing of an earlier time is in the way, or lost.
  fileprivate func savingBeside(_ isThere: (String) -> Bool) -> CaptionedTape {
    func freed(_ words: String) -> String {
      var parts = words.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
      for place in parts.indices.dropFirst() where [":save", "save"].contains(parts[place - 1]) {
        parts[place] = CaptionedTape.freeName(for: parts[place], isThere)
      }
      return parts.joined(separator: " ")
    }
    return CaptionedTape(
      opening: opening,
      captions: captions.map { caption in
        Caption(
          heading: caption.heading, text: caption.text,
          deeds: caption.deeds.map { deed in
            switch deed {
            case .line(let line): .line(freed(line))
            case .keys(let keys, let number): .keys(freed(keys), line: number)
            case .check: deed
            }
          })
      })
  }

  /// `shop.eventicle`, or `shop-2.eventicle` when that is there.
  private static func freeName(for path: String, _ isThere: (String) -> Bool) -> String {
    guard isThere(path) else { return path }
    let dot = path.lastIndex { $0 == "." || $0 == "/" }.flatMap { path[$0] == "." ? $0 : nil }
    let (base, end) = (path[..<(dot ?? path.endIndex)], path[(dot ?? path.endIndex)...])
    for number in 2...999 {
      let name = "\(base)-\(number)\(end)"
      if !isThere(name) { return name }
    }
    return path
  }
}
