import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

/// What became of tapes, as JUnit's XML, and as texts for a test.
@Suite struct TapeReportTests {
  /// The report of tapes of the shop.
  private func report(_ tapes: (name: String, text: String)...) throws -> String {
    var report = TapeReport()
    for tape in tapes {
      report.begin(tape.name)
      var session = try Session(.shop)
      var runner = TapeRunner()
      for line in try TapeLine.lines(of: Array(tape.text.utf8)) {
        guard let result = runner.run(line, in: &session) else { continue }
        report.add(line, result)
      }
    }
    return report.xml
  }

  @Test func `each tape is a suite, each line a case, each failure has its place and reason`()
    throws
  {
    let xml = try report(
      (
        "tapes/a.tape",
        """
        # A comment is no case.
        do PlaceOrder customer=c-1 total:=59

        expect A Order/order-1.status = paid
        """
      ), ("b.tape", "hold"))
    #expect(
      xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="eventicle" tests="3" failures="1" errors="0">
          <testsuite name="tapes/a.tape" file="tapes/a.tape" tests="2" failures="1" errors="0" skipped="0">
            <testcase name="do PlaceOrder customer=c-1 total:=59" classname="tapes/a" file="tapes/a.tape" line="2"/>
            <testcase name="expect A Order/order-1.status = paid" classname="tapes/a" file="tapes/a.tape" line="4">
              <failure type="expectation" message="\(message)">\(failure)</failure>
            </testcase>
          </testsuite>
          <testsuite name="b.tape" file="b.tape" tests="1" failures="0" errors="0" skipped="0">
            <testcase name="hold" classname="b" file="b.tape" line="1"/>
          </testsuite>
        </testsuites>

        """)
  }

  private let expectation = "expect A Order/order-1.status = paid"

  private var message: String { problem.replacing("\"", with: "&quot;") }

  private var failure: String {
    let texts = (try? texts(of: "\n\ndo PlaceOrder customer=c-1 total:=59\n\(expectation)")) ?? []
    return texts.joined().replacing("\"", with: "&quot;")
  }

  /// What the session itself says of the expectation.
  private var problem: String {
    var session = try? Session(.shop)
    _ = session?.run("do PlaceOrder customer=c-1 total:=59")
    return session?.run(expectation).problem?.message ?? ""
  }

  private func texts(of tape: String) throws -> [String] {
    var session = try Session(.shop)
    return session.run(tape: tape)
  }

  @Test func `the expectation that fails is told to people as to programs`() throws {
    #expect(problem.contains("paying"))
    #expect(failure.hasPrefix("4: \(expectation)\n"))
    #expect(failure.contains("paying"))
  }

  @Test func `a refusal that the next line expects is no failure`() throws {
    let tape = "do PlaceOrder customer=c-1 total:=0\nexpect error ~ \"more than 0\"\n"
    #expect(try report(("a", tape)).contains(#"tests="2" failures="0""#))
    #expect(try texts(of: tape).isEmpty)
    let unexpected = "do PlaceOrder customer=c-1 total:=0\nexpect A Order/order-1 = 1\n"
    #expect(try report(("a", unexpected)).contains(#"tests="2" failures="2""#))
    #expect(try texts(of: unexpected).count == 2)
  }

  @Test func `lines with the same text are told apart by their number`() throws {
    let xml = try report(("a", "clock +1s\nclock +1s\n"))
    #expect(xml.contains(#"name="clock +1s""#))
    #expect(xml.contains(#"name="clock +1s (line 2)""#))
  }

  @Test func `nothing of a line or a reason ends a value, hides, or is no XML`() throws {
    let name = "a\"<&>\u{202E}\u{FFFF}.tape"
    let xml = try report((name, "do Nothing note=\"<b>&\u{7}\u{1B}[31m\u{202E}'\u{FFFE}\"\n"))
    let bad = xml.unicodeScalars.first {
      ($0.value < 0x20 && $0 != "\n") || [0x7F, 0x202E, 0xFFFE, 0xFFFF].contains($0.value)
    }
    #expect(bad == nil)
    #expect(xml.contains(#"file="a&quot;&lt;&amp;&gt;\u{202e}\u{ffff}.tape""#))
    #expect(xml.contains(#"note=&quot;&lt;b&gt;&amp;\u{7}\u{1b}[31m\u{202e}'\u{fffe}&quot;"#))
    #expect(!xml.contains("<b>"))
  }

  @Test func `a tape that does not run is an error, and the next one goes on`() {
    var report = TapeReport()
    report.begin("a.tape")
    report.stop(because: "There is no domain <x>.\nName another.")
    report.begin("b.tape")
    let message = "There is no domain &lt;x&gt;."
    #expect(
      report.xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="eventicle" tests="1" failures="0" errors="1">
          <testsuite name="a.tape" file="a.tape" tests="1" failures="0" errors="1" skipped="0">
            <testcase name="the tape runs" classname="a" file="a.tape">
              <error type="tape" message="\(message)">\(message)
        Name another.</error>
            </testcase>
          </testsuite>
          <testsuite name="b.tape" file="b.tape" tests="0" failures="0" errors="0" skipped="0">
          </testsuite>
        </testsuites>

        """)
  }

  @Test func `a tape in a test ends where it says so, and does not reach for files`() throws {
    #expect(try texts(of: "quit\nnonsense\n").isEmpty)
    let said = try texts(of: "import nowhere.ndjson\n")
    #expect(said.count == 1 && said[0].contains("use eventicle run"))
    #expect(try texts(of: "nonsense\n").count == 1)
  }
}
