// Types only, so that node can strip them.
import { registerCommand, type EventicleEvent } from "@eventicle/eventiclejs";

interface Order {
  readonly total: number;
}

registerCommand<Order, number>({
  type: "Typed",
  streamToEmit: "orders",
  execute: async (order: Order) => {
    const event: EventicleEvent<Order> = { type: "Typed", data: order };
    return { response: order.total * 2, events: [event] };
  },
});
