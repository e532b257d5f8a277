import EventicleConsole
import TestSupport
import Testing

@Suite struct PasswordSourceTests {
  @Test func `a variable comes before a file`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("from file\nmore\n", to: "secret", mode: 0o600)
    let both = PasswordSource(variable: "PW", file: file)
    #expect(try both?.read(["PW": "from variable"]) == "from variable")
    #expect(try PasswordSource(variable: nil, file: file)?.read([:]) == "from file")
    #expect(PasswordSource(variable: nil, file: nil) == nil)
  }

  @Test func `a variable that is not set is named`() {
    let problem = #expect(throws: FileProblem.self) { try PasswordSource.variable("PW").read([:]) }
    #expect(problem?.text.contains("$PW") == true)
  }

  @Test func `a file that others may read, or that is none, is refused`() throws {
    let folder = try TemporaryFolder()
    let open = try folder.write("secret word", to: "open", mode: 0o640)
    let problem = #expect(throws: FileProblem.self) { try PasswordSource.file(open).read([:]) }
    #expect(problem?.text.contains("chmod 600") == true)
    #expect(problem?.text.contains("secret word") == false)
    for path in [
      folder.path, folder.file("missing"), try folder.write("", to: "empty", mode: 0o600),
      try folder.write("\nx", to: "blank", mode: 0o600),
      try folder.write(String(repeating: "x", count: 5_000), to: "long", mode: 0o600),
    ] {
      let problem = #expect(throws: FileProblem.self) { try PasswordSource.file(path).read([:]) }
      #expect(problem?.text.hasSuffix(".") == true)
    }
  }
}
