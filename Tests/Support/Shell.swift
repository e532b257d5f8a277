public import Foundation

/// Lines of a shell, run by tests.
public enum Shell {
  /// Runs a script, and returns its status and all that it printed.
  ///
  /// - Parameters:
  ///   - folder: The folder to run in.
  ///   - environment: All variables that it has.
  public static func run(
    _ script: String, in folder: String, _ environment: [String: String]
  ) throws -> (status: Int32, output: String) {
    try finish(process(script, in: folder, environment))
  }

  /// Runs a process that is not started yet, without input, and returns its status and all that it
  /// printed.
  public static func finish(_ process: Process) throws -> (status: Int32, output: String) {
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// A script that is not started yet.
  public static func process(
    _ script: String, in folder: String, _ environment: [String: String]
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = environment
    return process
  }
}
