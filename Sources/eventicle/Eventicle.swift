import ArgumentParser
import EventicleConsole
import EventicleCore
import EventicleSamples
import Glibc

/// The program: a console by default, and subcommands that work without a screen.
@main
struct Eventicle: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eventicle",
    abstract: "An event-sourcing workbench: watch, drive, stop and rewind an Eventicle engine.",
    version: "0.1.0",
    subcommands: [
      OpenCommand.self, AttachCommand.self, DemoCommand.self, NewCommand.self, RunCommand.self,
      ImportCommand.self, ExportCommand.self, FrameCommand.self,
      VerifyCommand.self, RepairCommand.self, BackupCommand.self, UpgradeCommand.self,
      InfoCommand.self, BackendCommand.self,
      KeysCommand.self, BenchCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  /// Parses and runs; exits with 0 for success, 1 failure, 2 wrong usage, 3 a file error,
  /// 130 when ^C ended it.
  static func main() {
    // The runtime takes the signal for a crash, prints a trace and lets the program go on.
    signal(SIGQUIT, SIG_DFL)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Output.complain(failure.message)
      exit(withCode: failure.code)
    } catch let error as ConsoleError {
      Output.complain(error.description)
      exit(withCode: error.isAboutFile ? .store : .usage)
    } catch {
      let code = Eventicle.exitCode(for: error)
      let message = Eventicle.fullMessage(for: error)
      if code.isSuccess {
        Output.line(message)
        exit(withCode: .ok)
      }
      Output.complain(message)
      exit(withCode: .usage)
    }
  }
}
