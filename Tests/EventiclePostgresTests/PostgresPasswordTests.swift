import EventiclePostgres
import TestSupport
import Testing

@Suite struct PostgresPasswordTests {
  @Test func `a variable comes before a file`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("from file\nmore\n", to: "secret", mode: 0o600)
    let both = PostgresPassword(variable: "PW", file: file)
    #expect(try both.find(["PW": "from variable"]) == "from variable")
    #expect(try PostgresPassword(file: file).find([:]) == "from file")
    #expect(try PostgresPassword().find(["PW": "x"]) == nil)
  }

  @Test func `a variable that is not set is named`() {
    #expect { try PostgresPassword(variable: "PW").find([:]) } throws: { "\($0)".contains("$PW") }
  }

  @Test func `a file that others may read, or that is none, is refused`() throws {
    let folder = try TemporaryFolder()
    let open = try folder.write("secret", to: "open", mode: 0o640)
    #expect { try PostgresPassword(file: open).find([:]) } throws: {
      "\($0)".contains("chmod 600") && !"\($0)".contains("secret")
    }
    for path in [
      folder.path, folder.file("missing"), try folder.write("", to: "empty", mode: 0o600),
      try folder.write("\nx", to: "blank", mode: 0o600),
      try folder.write(String(repeating: "x", count: 5_000), to: "long", mode: 0o600),
    ] {
      #expect { try PostgresPassword(file: path).find([:]) } throws: { "\($0)".hasSuffix(".") }
    }
  }
}
