import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What is told when a store is opened by another program, or for another declaration of its domain.
@Suite struct RunNotesTests {
  private func session(
    _ bench: StoreBench, _ library: Library = Library(), code: String? = "build-1"
  ) throws -> Session {
    var opening = SQLiteJournal.Opening(path: bench.path("library"), now: 1)
    opening.run = StoreRun(of: "tests", code: code)
    return try Session(library.domain, store: try Store.open(opening, .write))
  }

  private func tell(_ bench: StoreBench) throws {
    var session = try session(bench)
    for line in Library.story { _ = session.run(line) }
    session.leaveStore()
  }

  @Test func `nothing is told of a new store, and of the same program with the same domain`() throws
  {
    let bench = try StoreBench()
    for _ in 0..<2 {
      var session = try session(bench)
      #expect(session.storeRemark == nil)
      #expect(session.run("emit notes Noted n-9").problem == nil)
      session.leaveStore()
    }
    // Only a run that wrote is noted, and a shape only when it is another one.
    let database = try Database(bench.path("library"), .read)
    defer { database.close() }
    #expect(try database.number("SELECT count(*) FROM opening") == 2)
    #expect(try database.number("SELECT count(*) FROM opening WHERE shape IS NOT NULL") == 1)
    #expect(try database.number("SELECT count(*) FROM opening WHERE code = 'build-1'") == 2)
  }

  @Test func `what the domain declares besides is told with what was done about it`() throws {
    let bench = try StoreBench()
    try tell(bench)
    let count = try Store.open(bench.path("library"), .read).entryCount
    var changed = try session(
      bench, Library(sagaVersion: 2, hasReaders: true, hasMailer: false, takesReturns: false))
    #expect(
      changed.storeRemark
        == "The domain library has changed since j\(count): view Readers is new, it is offered what "
        + "it handles of the 4 events of its streams; saga Reminder is version 2, 3 instances are taken over; adapter "
        + "Mailer is gone, it is offered nothing more; 1 more difference.")
    // The engine does what the sentence says.
    #expect(changed.run("run").problem == nil)
    func books(_ reader: String) -> Int? {
      changed.head.record(RecordKey("Readers", reader))?.content["books"].integer
    }
    #expect(books("ada") == 2 && books("ben") == 1)
    changed.leaveStore()
    let again = try session(
      bench, Library(sagaVersion: 2, hasReaders: true, hasMailer: false, takesReturns: false))
    #expect(again.storeRemark == nil)
  }

  @Test func `another build of the program is told, unless the domain is another one as well`()
    throws
  {
    let bench = try StoreBench()
    try tell(bench)
    let count = try Store.open(bench.path("library"), .read).entryCount
    #expect(
      try session(bench, code: "build-2").storeRemark
        == "The program is not the one that wrote up to j\(count); verify --rerun says whether it would "
        + "decide the same.")
    // A program that cannot be told from others is not.
    #expect(try session(bench, code: nil).storeRemark == nil)
    let both = try session(bench, Library(hasReaders: true), code: "build-2").storeRemark
    #expect(both?.contains("view Readers is new") ?? false)
  }

  @Test func `a service is told the same`() throws {
    let bench = try StoreBench()
    try tell(bench)
    let app = try Eventicle(
      Library(hasReaders: true).domain, store: .open(bench.path("library")))
    #expect(
      app.storeRemark?.contains("view Readers is new, it is offered what it handles") ?? false)
    try app.shutdown()
  }

  @Test func `the history of another domain is refused until it is adopted`() throws {
    let bench = try StoreBench()
    try tell(bench)
    let other = Library(name: "archive", hasReaders: true)
    let store = try Store.open(bench.path("library"))
    #expect {
      try Session(other.domain, store: store)
    } throws: { error in
      "\(error)".contains("of the domain library, not of archive") && "\(error)".contains("--adopt")
    }
    try store.adopt("archive")
    #expect(store.domain == "archive")
    let session = try Session(other.domain, store: store)
    #expect(session.storeRemark?.contains("view Readers is new") ?? false)
    store.close()
    #expect(try Store.verify(bench.path("library")) == [])
    let again = try Store.open(bench.path("library"))
    #expect(again.domain == "archive")
    #expect(throws: StoreError.self) { try Session(Library().domain, store: again) }
    again.close()
    let new = try Store.open(bench.path("new"))
    #expect(throws: StoreError.self) { try new.adopt("archive") }
  }

  @Test func `a program is known by its file, and by the linker's id where it has one`() throws {
    let bench = try StoreBench()
    let (first, second) = (ProgramFile("/proc/self/exe"), ProgramFile("/proc/self/exe"))
    #expect(first.code != nil && first.code == second.code && !first.name.isEmpty)
    #expect(ProgramFile(bench.folder.file("none")).code == nil)
    try bench.folder.write("#!/bin/sh\n", to: "script")
    let script = ProgramFile(bench.folder.file("script"))
    #expect(script.name == "script" && script.code?.hasPrefix("10-") ?? false)
    let note: [UInt8] =
      [4, 0, 0, 0, 8, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4E, 0x55, 0] + [1, 2, 3, 0xAB, 5, 6, 7, 8]
    let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46] + Array(repeating: 4, count: 60) + note
    #expect(ProgramFile.buildID(in: elf) == "010203ab05060708")
    #expect(ProgramFile.buildID(in: note) == nil)
  }
}
