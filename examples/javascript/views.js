"use strict";
// What can be looked up about orders, and the mails to customers.
const { aggregates, dataStore, registerAdapter, registerView } = require("@eventicle/eventiclejs");
const { Order, inCents, nextID, row } = require("./aggregates.js");

async function change(type, id, body) {
  const one = await row(type, id);
  body(one.content);
  await dataStore().saveEntity("system", type, one);
}

const board = {
  OrderCreated: (order, { customer, total, currency }) =>
    Object.assign(order, { customer, total, currency, status: "placed", attempts: 0 }),
  OrderPriced: (order, { total, currency }) => Object.assign(order, { total, currency, status: "paying" }),
  OrderOnHold: (order) => { order.status = "onHold"; },
  OrderResumed: (order) => { order.status = "paying"; },
  OrderPaid: (order) => { order.status = "paid"; },
  OrderShipped: (order) => { order.status = "shipped"; },
  OrderDelivered: (order) => { order.status = "delivered"; },
  OrderCancelled: (order) => { order.status = "cancelled"; },
  PaymentDeclined: (order) => { order.attempts += 1; },
};

registerView({
  consumerGroup: "OrderBoard", streamsToSubscribe: ["orders", "payments"],
  async handleEvent({ type, domainId, createdAt, data }) {
    if (!board[type]) return;
    await change("OrderBoard", type === "PaymentDeclined" ? data.orderId : domainId, (order) => {
      board[type](order, data);
      order.updatedAt = new Date(createdAt).toISOString();
    });
  },
});

async function addUp(currency, body) {
  await change("Revenue", currency, (sum) => {
    Object.assign(sum, { orders: 0, ordered: 0, paid: 0, ...sum });
    body(sum);
  });
}

registerView({
  consumerGroup: "Revenue", streamsToSubscribe: ["orders"],
  async handleEvent({ type, domainId, data }) {
    if (type === "OrderCreated") {
      await addUp(data.currency, (sum) => {
        sum.orders += 1;
        sum.ordered = inCents(sum.ordered + data.total);
      });
    } else if (type === "OrderPaid") {
      const order = await aggregates.load(Order, domainId);
      await addUp(order.currency, (sum) => { sum.paid = inCents(sum.paid + order.total); });
    }
  },
});

const subjects = {
  OrderPaid: "Thank you, your order is paid", OrderShipped: "Your order is on its way",
  OrderCancelled: "Your order is cancelled", ShipmentDelivered: "Your order has arrived",
};

registerAdapter({
  name: "Mailer", consumerGroup: "mailer", streamsToSubscribe: ["orders", "shipping"],
  async handleEvent({ type, domainId, data }) {
    if (!subjects[type]) return;
    // Events of a shipment have the order's id in their data.
    const orderId = data.orderId ?? domainId;
    const order = await aggregates.load(Order, orderId);
    if (!order) return;
    const content = { to: order.customer, subject: subjects[type], orderId };
    await dataStore().saveEntity("system", "mail", { id: await nextID("mail"), type: "mail", content });
  },
});
