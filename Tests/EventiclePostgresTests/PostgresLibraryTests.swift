import EventiclePostgres
import TestSupport
import Testing

@Suite struct PostgresLibraryTests {
  /// Asks each function of a build without the library's header that needs no connection.
  private static let program = """
    #include "cpostgres.h"
    #include <stdio.h>
    int main(void) {
      const char *none[] = {0};
      puts(cpg_load("libpq.so.5"));
      printf("%d %d\\n", cpg_library_version(), cpg_start(none, none) == NULL);
      return 0;
    }
    """

  @Test func `without the library's header every function says so`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.program, to: "main.c")
    let sources = "\(Repository.root)/Sources/CPostgres"
    let made = try Shell.run(
      "clang=$(dirname \"$(command -v swift)\")/clang; [ -x \"$clang\" ] || clang=clang; "
        + "\"$clang\" -std=gnu11 -Wall -Wextra -Werror -DEVENTICLE_WITHOUT_BACKENDS "
        + "-I \(sources)/include \(sources)/*.c main.c -o main && ./main",
      in: folder.path,
      ["PATH": (TestEnvironment.variables["PATH"] ?? "/usr/bin:/bin") + ":/opt/swift/usr/bin"])
    #expect(made.status == 0)
    #expect(made.output == "built without PostgreSQL\n0 1\n")
  }

  @Test func `a library that cannot be loaded is named with its package`() throws {
    let folder = try TemporaryFolder()
    let junk = try folder.write("no library", to: "libpq.so.5")
    let program = try ProgramUnderTest.path()
    let environment = [
      "LD_LIBRARY_PATH": folder.path, "PATH": "/usr/bin:/bin", "HOME": folder.path,
    ]
    let check = try Shell.run(
      "\(program) backend check postgres://127.0.0.1:1/x", in: folder.path, environment)
    #expect(check.status == 3, "\(junk)")
    #expect(check.output.contains("install the package libpq5"))
    // What needs no database does not miss it.
    let info = try Shell.run("\(program) info", in: folder.path, environment)
    #expect(info.status == 0 && info.output.contains("limits"))
  }

  @Test func `versions are written as people do`() {
    #expect(PostgresLibrary.text(of: 150_018) == "15.18")
    #expect(PostgresLibrary.text(of: 90_624) == "9.6.24")
  }
}
