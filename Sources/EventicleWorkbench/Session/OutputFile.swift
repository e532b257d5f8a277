import EventicleCore

/// What a line finds, as the content of a file: `events type:Payment* > payments.ndjson`.
package struct OutputFile: Sendable, Hashable {
  /// The path that the line names.
  package let path: String
  package let bytes: [UInt8]
  /// How many things it holds, one a line.
  package let rows: Int

  /// The content for a path: in a `.json` file one array, in a `.csv` or `.md` file a table,
  /// elsewhere one JSON value a line.
  ///
  /// - Parameter rows: JSON values.
  package init(_ path: String, rows: [[UInt8]], isList: Bool = true) {
    self.path = path
    self.rows = rows.count
    // A file that is packed is what its name says before that.
    let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    let isMarkdown = name.hasSuffix(".md")
    if isMarkdown || name.hasSuffix(".csv") {
      let table = ListTable(rows.map { (try? JSON(parsing: $0)) ?? .null })
      bytes = isMarkdown ? table.markdown : table.csv
      return
    }
    let isDocument = name.hasSuffix(".json") && isList
    var bytes: [UInt8] = isDocument ? Array("[\n".utf8) : []
    for (index, row) in rows.enumerated() {
      bytes += row
      if isDocument, index + 1 < rows.count { bytes.append(Byte.comma) }
      bytes.append(Byte.newline)
    }
    if isDocument { bytes += "]\n".utf8 }
    self.bytes = bytes
  }

  /// A text for a path.
  package init(_ path: String, text: String) {
    self.path = path
    bytes = Array(text.utf8)
    rows = text.utf8.count { $0 == Byte.newline }
  }

  /// What is said when it is written: `wrote 12 lines to payments.ndjson`.
  package var report: String { "wrote \(rows) \(rows == 1 ? "line" : "lines") to \(path)" }
}

extension Session {
  /// Carries out a looking verb and asks for its result to be written.
  mutating func write(
    _ instruction: Instruction, to path: Located<String>, force: Bool
  ) throws(LanguageError) -> Reply {
    let rows: [[UInt8]]
    var isList = true
    if case .events(let filter) = instruction {
      // In the form of a file of events, so that it can be imported.
      guard let found = eventLines(filter?.value) else {
        return Reply(problem: Reply.Problem("Ended by you; nothing was written."))
      }
      rows = found
    } else {
      let found = try perform(instruction)
      if let document = found.document {
        var reply = Reply()
        reply.requests = [.write(OutputFile(path.value, text: document), force: force)]
        return reply
      }
      guard found.problem == nil, let output = found.output else { return found }
      let values = output.array
      isList = values != nil
      rows = (values ?? [output]).map { Array($0.printed.utf8) }
    }
    var reply = Reply()
    reply.requests = [
      .write(OutputFile(path.value, rows: rows, isList: isList), force: force)
    ]
    return reply
  }
}
