internal import CSupervisor

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One descriptor that can be read while any of several can.
///
/// Descriptors that are closed leave it by themselves.
final class NodeGathering {
  let descriptor = supervisor_gather()

  deinit { if descriptor >= 0 { close(descriptor) } }

  func add(_ other: Int32) {
    if other >= 0, descriptor >= 0 { supervisor_gather_add(descriptor, other) }
  }
  func remove(_ other: Int32) {
    if other >= 0, descriptor >= 0 { supervisor_gather_remove(descriptor, other) }
  }

  /// Waits until one of them can be read; returns whether one can.
  func wait(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) > 0
  }
}
