internal import Dispatch

/// Calls back on a queue whenever a file descriptor can be read, until it is released.
final class DescriptorSource {
  let descriptor: Int32
  private let source: any DispatchSourceRead

  init(_ descriptor: Int32, on queue: DispatchQueue, _ body: @escaping @Sendable () -> Void) {
    self.descriptor = descriptor
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler(handler: body)
    source.activate()
  }

  deinit { source.cancel() }
}
