import Foundation
import TestSupport
import Testing

/// Events in and out of the real program: files, pipes and packed files.
@Suite(.serialized, .timeLimit(.minutes(5))) struct InterchangeJourneys {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var environment: [String: String] {
    get throws {
      ProcessInfo.processInfo.environment.merging(
        ["E": try ProgramUnderTest.path(), "R": Repository.root]) { $1 }
    }
  }

  func process(_ script: String) throws -> Process {
    Shell.process(script, in: folder.path, try environment)
  }

  /// Runs a shell script in which `$E` is the program and `$R` the root of the sources.
  func shell(_ script: String) throws -> (status: Int32, output: String) {
    try Shell.run(script, in: folder.path, try environment)
  }

  func line(_ number: Int, note: String = "") -> String {
    #"{"id":"e\#(number)","type":"OrderNoted","source":"shop","stream":"orders","#
      + #""domainId":"order-\#(number % 7)","createdAt":\#(1_767_258_000_000 + number),"#
      + #""data":{"n":\#(number).0,"note":"\#(note)"},"seen":[\#(number)]}"#
  }

  func lines(_ numbers: ClosedRange<Int>, note: String = "") -> String {
    numbers.map { line($0, note: note) + "\n" }.joined()
  }

  @Test func `what is imported is exported byte for byte, through files, pipes and gzip`() throws {
    try folder.write(lines(1...300), to: "a.ndjson")
    let script = """
      set -e -o pipefail
      "$E" import a.ndjson --store a.eventicle
      "$E" export --store a.eventicle | cmp - a.ndjson
      gzip -k a.ndjson
      "$E" import a.ndjson.gz --store b.eventicle
      cat a.ndjson.gz | "$E" import - --store c.eventicle
      "$E" export c.ndjson.gz --store c.eventicle
      zcat c.ndjson.gz | cmp - a.ndjson
      "$E" export --store b.eventicle | "$E" import - --store d.eventicle
      "$E" export d.ndjson --store d.eventicle
      cmp d.ndjson a.ndjson
      "$E" import a.ndjson --store d.eventicle
      """
    let run = try shell(script)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("d.ndjson has 300 events."))
    #expect(run.output.hasSuffix("0 events imported; 300 events were there already\n"))
    // Nothing that a pipe brought is left beside the stores.
    #expect(!folder.names.contains { $0.hasSuffix(".import") })
  }

  @Test func `bad lines go to a file of their own or take nothing, and the status says so`() throws
  {
    try folder.write("\(line(1))\n{bad\n\(line(2))\nworse\n", to: "a.ndjson")
    for input in ["import a.ndjson", "import - < a.ndjson", "import - < <(cat a.ndjson)"] {
      let refused = try shell("\"$E\" \(input) --store s.eventicle")
      #expect(refused.status == 1)
      #expect(refused.output.contains(", line 2, column 2: expected a member name"))
      #expect(refused.output.contains("Nothing of the file was taken"))
      // What comes through a pipe is not there any more to be counted.
      #expect(refused.output.contains("1 more line is no event.") == (input == "import a.ndjson"))
      #expect(!folder.names.contains { $0.hasPrefix("s.eventicle") }, "\(folder.names)")
    }
    let unkept = try shell(
      "sed -n 1p a.ndjson > one; \"$E\" import one && \"$E\" import one --json")
    #expect(unkept.output.hasPrefix("1 event imported; "))
    #expect(unkept.output.contains("; nothing is kept of it without --store FILE"))
    #expect(unkept.output.hasSuffix("{\"imported\":1,\"position\":1}\n"), "\(unkept.output)")
    let taken = try shell("\"$E\" import a.ndjson --store s.eventicle --skip-bad bad.ndjson")
    #expect(taken.status == 0)
    #expect(
      taken.output.hasPrefix("2 events imported; 2 bad lines were passed over"), "\(taken.output)")
    #expect(taken.output.contains("  line 4, column 1: expected an event as a JSON object"))
    #expect(folder.text("bad.ndjson") == "{bad\nworse\n")
    let json = try shell(
      "\"$E\" import a.ndjson --store s.eventicle --skip-bad bad.ndjson --json")
    let counts = #"{"imported":0,"position":2,"known":2,"skipped":2,"reasons":[{"#
    #expect(json.output.hasPrefix(counts), "\(json.output)")
    let occupied = try shell("\"$E\" import a.ndjson --skip-bad a.ndjson")
    #expect(occupied.status == 3 && occupied.output.contains("holds something else"))
    #expect(folder.text("a.ndjson")?.hasPrefix(line(1)) == true)
    let tape = try shell("echo 'import a.ndjson skip-bad worse' | \"$E\" run - --store t.eventicle")
    #expect(tape.status == 0, "\(tape.output)")
    #expect(folder.text("worse") == "{bad\nworse\n")
  }

  @Test func `another event with an id is refused before anything is taken`() throws {
    try folder.write(lines(1...20), to: "a.ndjson")
    try folder.write(lines(21...60) + line(7, note: "other") + "\n", to: "b.ndjson")
    try folder.write(lines(21...60) + line(30, note: "other") + "\n", to: "c.ndjson")
    #expect(try shell("\"$E\" import a.ndjson --store s.eventicle").status == 0)
    for (name, words) in [
      ("b", "line 41: an event with the id e7 is in the log already, with other data"),
      ("c", "line 41: the id e30 is the same as in line 10, but with other data"),
    ] {
      let run = try shell("\"$E\" import \(name).ndjson --store s.eventicle")
      #expect(run.status == 1 && run.output.contains(words), "\(run.output)")
      #expect(try shell("\"$E\" export --store s.eventicle").output == lines(1...20))
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `an import that is ended goes on when it is run again`(signal: Int32) throws {
    let text = lines(1...600, note: String(repeating: "x", count: 300))
    try folder.write(text, to: "a.ndjson")
    let process = try process("exec \"$E\" import - --store s.eventicle --skip-bad bad.ndjson")
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardError = output
    process.standardOutput = output
    try process.run()
    // More than a pipe holds, so that some of it is read when this returns.
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    kill(process.processIdentifier, signal)
    // One that does not hear it comes to the end of its input.
    try input.fileHandleForWriting.close()
    let said = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130, "\(said)")
    #expect(said.contains("imported; the same command goes on."), "\(said)")
    let again = try shell("\"$E\" import a.ndjson --store s.eventicle")
    #expect(again.status == 0, "\(again.output)")
    #expect(try shell("\"$E\" export --store s.eventicle").output == text)
  }

  @Test func `an export to a reader that has enough ends without a word`() throws {
    let note = String(repeating: "x", count: 300)
    try folder.write(lines(1...600, note: note), to: "a.ndjson")
    #expect(try shell("\"$E\" import a.ndjson --store s.eventicle").status == 0)
    let run = try shell("\"$E\" export --store s.eventicle | head -n 1")
    #expect(run.status == 0 && run.output == line(1, note: note) + "\n")
    let ignoring = try shell("trap '' PIPE; \"$E\" export --store s.eventicle | head -n 1")
    #expect(ignoring.output == line(1, note: note) + "\n")
    #expect(try shell("\"$E\" verify s.eventicle").status == 0)
  }

  @Test func `what an export cannot do is told, and the file that is there stays`() throws {
    try folder.write(lines(1...5), to: "a.ndjson")
    try folder.write("my notes\n", to: "notes")
    #expect(try shell("\"$E\" import a.ndjson --store s.eventicle").status == 0)
    let there = try shell("\"$E\" export notes --store s.eventicle")
    #expect(there.status == 3 && there.output.contains("--force replaces it"))
    #expect(folder.text("notes") == "my notes\n")
    #expect(try shell("\"$E\" export notes --force --store s.eventicle").status == 0)
    #expect(folder.text("notes") == lines(1...5))
    let none = try shell("\"$E\" export --store none.eventicle")
    #expect(none.status == 3 && none.output.contains("none.eventicle"))
    #expect(try shell("\"$E\" export").status == 2)
    let full = try shell("\"$E\" export --store s.eventicle > /dev/full")
    #expect(full.status == 3 && full.output.contains("the output cannot be written"))
    #expect(!folder.names.contains { $0.hasSuffix(".tmp") || $0 == "none.eventicle" })
  }

  @Test func `damaged packed files and unknown formats have their status`() throws {
    try folder.write(lines(1...200), to: "a.ndjson")
    let cut = try shell(
      "gzip a.ndjson && head -c 900 a.ndjson.gz > b && \"$E\" import b --store s.eventicle")
    #expect(cut.status == 3 && cut.output.contains("its end is missing"), "\(cut.output)")
    // A store that was only made for the import is not left behind.
    #expect(!folder.names.contains { $0.hasPrefix("s.eventicle") }, "\(folder.names)")
    let format = try shell("\"$E\" import a.ndjson.gz --format xml")
    #expect(format.status == 2 && format.output.contains("--format is eventicle, kcat, console"))
    let mapping = try shell("\"$E\" import a.ndjson.gz --mapping none")
    #expect(mapping.status == 2)
    #expect(mapping.output.contains("There is no format and no mapping none"))
    try folder.write("mappings:\n  a:\n    id: $..x\n", to: "eventicle.yaml")
    let wrong = try shell("mkdir sub && cd sub && \"$E\" import ../a.ndjson.gz --mapping a")
    #expect(wrong.status == 2 && wrong.output.contains("eventicle.yaml, line 3: $..x is no path"))
  }

  @Test func `envelopes of kcat come out as the events in them`() throws {
    let events = lines(1...50)
    let script = """
      set -e -o pipefail
      python3 -c 'import json,sys
      for n, line in enumerate(sys.stdin):
        print(json.dumps({"topic": "orders", "partition": 0, "offset": n, "tstype": "create",
          "ts": 1767258000000 + n, "headers": ["type", "x"], "key": "k", "payload": line[:-1]}))' \\
        < a.ndjson > kcat.ndjson
      "$E" import kcat.ndjson --store s.eventicle
      "$E" export --store s.eventicle | cmp - a.ndjson
      "$E" import kcat.ndjson --format kcat --store s.eventicle
      """
    try folder.write(events, to: "a.ndjson")
    guard try shell("command -v python3").status == 0 else { return }
    let run = try shell(script)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("50 events were there already"))
  }

  // MARK: - Examples

  @Test(arguments: [
    (
      "kurrentdb", "kurrent",
      [
        #"{"id":"0191d4a2-6f3e-4b1c-9d57-0c2b6b7f3a10","type":"OrderCreated","source":"kurrentdb","#
          + #""stream":"orders","domainId":"order-1","createdAt":1767258000123,"#
          + #""data":{"customer":"c-19","total":59.90,"currency":"GBP"},"#
          + #""eventNumber":0,"created":"2026-01-01T09:00:00.1234567Z","#
          + #""metadata":{"$correlationId":"b7c1"}}"#
      ]
    ),
    (
      "marten", "marten",
      [
        #"{"id":"5d0f1c52-30ad-4c6f-8f6b-0f6f7a0c1b01","type":"order_created","source":"marten","#
          + #""stream":"orders","domainId":"order-1","createdAt":1767258000123,"#
          + #""data":{"customer": "c-19", "total": 59.90, "currency": "GBP"},"seq_id":1,"#
          + #""version":1,"timestamp":"2026-01-01T09:00:00.123456+00:00","#
          + #""tenant_id":"*DEFAULT*","mt_dotnet_type":"Shop.OrderCreated, Shop","#
          + #""is_archived":false}"#
      ]
    ),
  ])
  func `the example of another tool is imported by its mapping`(
    folderName: String, mapping: String, first: [String]
  ) throws {
    let run = try shell(
      """
      set -e
      S="$PWD/s.eventicle"
      cd "$R/examples/\(folderName)"
      "$E" import orders.ndjson --mapping \(mapping) --store "$S" >&2
      "$E" export --store "$S"
      """)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains(first[0]), "\(run.output)")
    let count = Repository.text(at: "examples/\(folderName)/orders.ndjson")?
      .split(separator: "\n").count
    #expect(run.output.contains("\(count ?? 0) events imported"))
  }

  @Test func `no file of a store, and none that is there, is written over`() throws {
    try folder.write("\(line(1))\n{bad\n", to: "a.ndjson")
    let script = """
      set -e
      "$E" import a.ndjson --store s.eventicle --skip-bad b.ndjson
      cmp <(echo '{bad') b.ndjson
      ! "$E" export s.eventicle --store s.eventicle --force
      ! "$E" import a.ndjson --store s.eventicle --skip-bad s.eventicle-wal
      ! "$E" import a.ndjson --store s.eventicle --skip-bad s.eventicle
      "$E" verify s.eventicle
      : > empty
      sed -n 1p a.ndjson > good.ndjson
      "$E" import good.ndjson --store s.eventicle --skip-bad empty
      test -e empty
      """
    let run = try shell(script)
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("s.eventicle is a file of a store; name another file"))
  }
}
