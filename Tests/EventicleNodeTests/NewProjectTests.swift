import Foundation
import TestSupport
import Testing

@testable import EventicleNode

/// `eventicle new`, and the report of `eventicle run`.
@Suite(.serialized, .timeLimit(.minutes(5))) struct NewProjectTests {
  let program: NodeProgram

  init() throws { program = try NodeProgram() }

  @Test(arguments: ["", "--js", "--ts", "--swift"])
  func `a folder is made with all that its README names, and nothing beside it`(
    option: String
  ) throws {
    let run = try program.shell("eventicle new \(option) library")
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.split(separator: "\n").count == 3)
    #expect(program.names() == ["library"])
    let own: [String] =
      switch option {
      case "--ts":
        [".gitignore", "README.md", "lending.tape", "package.json", "src", "tsconfig.json"]
      case "--swift": [".gitignore", "Package.swift", "README.md", "Sources", "lending.tape"]
      default: [".gitignore", "README.md", "domain.js", "lending.tape", "package.json"]
      }
    #expect(program.names("library") == own)
    let readme = try #require(program.folder.text("work/library/README.md"))
    #expect(readme.hasPrefix("# library\n"))
    for link in readme.split(separator: "](").dropFirst() {
      let file = "work/library/\(link.prefix { $0 != ")" })"
      #expect(program.folder.text(file) != nil, "\(file)")
    }
    for file in own where program.folder.text("work/library/\(file)")?.contains("{{") == true {
      Issue.record("\(file) has a blank that was not filled")
    }
  }

  @Test(.enabled(if: NodeUnderTest.isThere, NodeUnderTest.skipped))
  func `what it says next is what can be done, from any folder and in one that was empty`() throws {
    let made = try program.shell(
      "mkdir -p \"it's here/shelf\" && eventicle new \"it's here/shelf/\"")
    #expect(made.status == 0, "\(made.output)")
    let test = try #require(made.output.split(separator: "\n").first { $0.hasPrefix("its test:") })
    let run = try program.shell(String(test.dropFirst("its test:".count)))
    #expect(run.status == 0, "\(run.output)")
    // Each command of its README, from within it.
    let readme = try #require(program.folder.text("work/it's here/shelf/README.md"))
    let commands = readme.split(separator: "\n").filter { $0.hasPrefix("eventicle run ") }
    #expect(commands.count == 2)
    for command in commands {
      let run = try program.shell("cd \"it's here/shelf\" && \(command)")
      #expect(run.status == 0, "\(command): \(run.output)")
    }
  }

  @Test func `what is no name, or is there already, is refused, and nothing is changed`() throws {
    try program.folder.write("mine", to: "work/file")
    _ = try program.shell("mkdir full && touch full/.mine && ln -s full link && mkdir readonly")
    let refusals: [(given: String, status: Int32, said: String)] = [
      ("''", 2, "names no new folder"), (".", 2, "names no new folder"),
      ("..", 2, "names no new folder"), ("/", 2, "names no new folder"),
      ("full/..", 2, "names no new folder"), ("full", 3, "is not empty"),
      ("full/", 3, "is not empty"), ("file", 3, "is no folder"), ("link", 3, "is no folder"),
      ("file/a", 3, "There is no folder"), ("nowhere/a", 3, "There is no folder"),
      (".hidden", 2, "no name for a project"), ("-- -rf", 2, "no name for a project"),
      ("'a b'", 2, "no name for a project"), ("'a;b'", 2, "no name for a project"),
      ("'$(x)'", 2, "no name for a project"), ("node_modules", 2, "no name for a project"),
      (String(repeating: "a", count: 65), 2, "no name for a project"),
      ("$'a\\nb'", 2, "U+A"), ("$'a\\e[31m'", 2, "U+1B"), ("$'a\\u202eb'", 2, "U+202E"),
    ]
    for refusal in refusals {
      let run = try program.shell("eventicle new \(refusal.given)")
      #expect(run.status == refusal.status, "\(refusal.given): \(run.output)")
      #expect(run.output.contains(refusal.said), "\(refusal.given): \(run.output)")
      #expect(run.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
      #expect(!run.output.contains("\u{202E}"))
    }
    #expect(program.names() == ["file", "full", "link", "readonly"])
    #expect(program.names("full") == [".mine"])
    #expect(try program.shell("eventicle new --js --ts a").status == 2)
    #expect(try program.shell("eventicle new --sources . a").status == 2)
    #expect(try program.shell("eventicle new --swift --sources full a").status == 2)
    #expect(program.names() == ["file", "full", "link", "readonly"])
  }

  @Test func `a name of any script is taken, and the package gets one that managers take`() throws {
    #expect(try program.shell("eventicle new Bücherei").status == 0)
    #expect(try program.shell("eventicle new 図書館").status == 0)
    #expect(program.folder.text("work/Bücherei/package.json")?.contains(#""b-cherei""#) == true)
    #expect(program.folder.text("work/図書館/package.json")?.contains(#""lending""#) == true)
  }

  @Test func `a package in Swift depends on the sources that are named`() throws {
    let run = try program.shell("eventicle new --swift --sources \"\(Repository.root)\" library")
    #expect(run.status == 0, "\(run.output)")
    let manifest = try #require(program.folder.text("work/library/Package.swift"))
    #expect(manifest.contains(#"path: "\#(Repository.root)""#))
  }

  // MARK: - The report

  @Test func `a report says what failed, replaces a report, and nothing else`() throws {
    try program.folder.write("expect count(type:X) = 1\n", to: "work/bad.tape")
    try program.folder.write("expect count(type:X) = 0\n", to: "work/good.tape")
    let bad = try program.shell("eventicle run good.tape bad.tape --junit r.xml")
    #expect(bad.status == 1, "\(bad.output)")
    #expect(bad.output.contains("1 of 2 tapes failed."))
    let report = try #require(program.folder.text("work/r.xml"))
    #expect(report.contains(#"tests="2" failures="1" errors="0">"#))
    #expect(report.contains(#"<failure type="expectation" message=""#))
    #expect(try program.shell("eventicle run good.tape --junit r.xml").status == 0)
    #expect(program.folder.text("work/r.xml")?.contains(#"tests="1" failures="0""#) == true)
    for (place, said) in [
      ("good.tape", "is no report"), ("nowhere/r.xml", "There is no folder"), (".", "is no file"),
    ] {
      let refused = try program.shell("eventicle run good.tape --junit \(place)")
      #expect(refused.status == 3 && refused.output.contains(said), "\(refused.output)")
    }
    #expect(program.folder.text("work/good.tape") == "expect count(type:X) = 0\n")
    #expect(program.names() == ["bad.tape", "good.tape", "r.xml"])
  }

  @Test func `a tape that cannot run is an error in the report, and the others run`() throws {
    try program.folder.write("hold\n", to: "work/good.tape")
    let run = try program.shell("eventicle run nowhere.tape good.tape --junit r.xml")
    #expect(run.status == 3, "\(run.output)")
    let report = try #require(program.folder.text("work/r.xml"))
    #expect(report.contains(#"tests="2" failures="0" errors="1">"#))
    #expect(report.contains(#"<error type="tape" message="nowhere.tape"#))
    let domain = try program.shell("eventicle run good.tape --domain nowhere --junit r.xml")
    #expect(domain.status == 2)
    #expect(program.folder.text("work/r.xml")?.contains("There is no domain") == true)
    #expect(try program.shell("eventicle run - - < good.tape").status == 2)
  }
}
