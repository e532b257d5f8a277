internal import EventicleCore

/// What became of the lines of tapes, in the XML of JUnit, which programs that build and test read.
///
/// Each tape is a suite, and each of its lines that is run a case, because each may fail. Nothing in it
/// depends on when or how fast the tapes ran: the same runs give the same bytes.
package struct TapeReport: Sendable {
  /// A line that was run.
  private struct Case {
    let name: String
    let line: Int
    var failure: Failure?
  }

  private struct Failure {
    let kind: String
    let message: String
    let text: String
  }

  private struct Suite {
    let tape: String
    var cases: [Case] = []
    var names: Set<String> = []
    /// Why the tape did not run, or not to its end.
    var error: String?

    var failures: Int { cases.count { $0.failure != nil } }
    var errors: Int { error == nil ? 0 : 1 }
    var tests: Int { cases.count + errors }
  }

  private var suites: [Suite] = []

  /// Creates a report without tapes.
  package init() {}

  /// Begins with a tape; lines that are added after this are its lines.
  ///
  /// - Parameter tape: The path of the tape.
  package mutating func begin(_ tape: String) { suites.append(Suite(tape: tape)) }

  /// Adds a line of the tape that was begun last.
  package mutating func add(_ line: TapeLine, _ result: TapeRunner.Result) {
    guard let place = suites.indices.last else { return }
    if result.forgives, let last = suites[place].cases.indices.last {
      suites[place].cases[last].failure = nil
    }
    let text = TapeReport.shortened(line.text)
    let isNew = suites[place].names.insert(text).inserted
    let name = isNew ? text : "\(text) (line \(line.number))"
    var failure: Failure?
    if result.hasFailed {
      failure = Failure(
        kind: text.hasPrefix("expect") ? "expectation" : "line",
        message: result.json["error"].string ?? "", text: result.text.joined(separator: "\n"))
    }
    suites[place].cases.append(Case(name: name, line: line.number, failure: failure))
  }

  /// Notes why the tape that was begun last did not run, or not to its end.
  package mutating func stop(because reason: String) {
    guard let place = suites.indices.last else { return }
    suites[place].error = reason
  }

  // MARK: - Writing

  /// The report as a document, its end included.
  package var xml: String {
    let tests = suites.reduce(0) { $0 + $1.tests }
    let failures = suites.reduce(0) { $0 + $1.failures }
    let errors = suites.reduce(0) { $0 + $1.errors }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="eventicle" tests="\#(tests)" failures="\#(failures)" errors="\#(errors)">"#,
    ]
    for suite in suites { lines += TapeReport.lines(of: suite) }
    return lines.joined(separator: "\n") + "\n</testsuites>\n"
  }

  private static func lines(of suite: Suite) -> [String] {
    let tape = attribute(suite.tape)
    let group = attribute(
      suite.tape.hasSuffix(".tape") ? String(suite.tape.dropLast(5)) : suite.tape)
    let counts =
      #"tests="\#(suite.tests)" failures="\#(suite.failures)" errors="\#(suite.errors)" skipped="0""#
    var lines = [#"  <testsuite name="\#(tape)" file="\#(tape)" \#(counts)>"#]
    for one in suite.cases {
      let place = #"file="\#(tape)" line="\#(one.line)""#
      let head = #"    <testcase name="\#(attribute(one.name))" classname="\#(group)" \#(place)"#
      guard let failure = one.failure else {
        lines.append(head + "/>")
        continue
      }
      let message = #"message="\#(attribute(shortened(failure.message)))""#
      lines += [
        head + ">",
        #"      <failure type="\#(failure.kind)" \#(message)>\#(content(failure.text))</failure>"#,
        "    </testcase>",
      ]
    }
    if let error = suite.error {
      let message = #"message="\#(attribute(shortened(error)))""#
      lines += [
        #"    <testcase name="the tape runs" classname="\#(group)" file="\#(tape)">"#,
        #"      <error type="tape" \#(message)>\#(content(error))</error>"#,
        "    </testcase>",
      ]
    }
    return lines + ["  </testsuite>"]
  }

  /// The longest name and message, in characters; the text of a failure has all.
  private static let longest = 200

  /// The first line of a text, cut when it is long.
  private static func shortened(_ text: String) -> String {
    let first = text.split(separator: "\n", maxSplits: 1).first ?? ""
    let plain = first.drop { $0 == " " || $0 == "\t" }
    let cut = plain.prefix(longest)
    return cut.endIndex < plain.endIndex ? "\(cut)…" : String(cut)
  }

  private static func attribute(_ text: String) -> String {
    XMLText.escaped(HiddenScalar.visible(text))
  }

  private static func content(_ text: String) -> String {
    XMLText.escaped(HiddenScalar.visible(text, newlines: true))
  }
}
