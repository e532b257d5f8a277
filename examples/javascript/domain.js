"use strict";
// A shop: orders that are paid for and shipped. Open it with: eventicle --domain examples/javascript
const { aggregates, registerCommand, setEventSourceName } = require("@eventicle/eventiclejs");
const { Order, Payment, Shipment, existing, inCents, mustBe, nextID } = require("./aggregates.js");

setEventSourceName("shop");

function command(type, streamToEmit, execute) {
  registerCommand({ type, streamToEmit, execute });
}

// MARK: Orders

command("PlaceOrder", "orders", async ({ customer, total, currency = "GBP", lines }) => {
  const amount = inCents(total);
  if (!customer) throw new Error("An order needs a customer, but the customer is empty; add customer=c-19.");
  if (!(amount > 0)) throw new Error(`An order's total must be more than 0, but it is ${amount}.`);
  const order = new Order();
  const domainId = await nextID("order");
  order.raiseEvent({ type: "OrderCreated", domainId, data: { customer, total: amount, currency, lines } });
  order.raiseEvent({ type: "OrderPriced", data: { total: amount, currency } });
  return { response: { orderId: order.id }, events: await aggregates.persist(order) };
});

/** Changes an order's status, if the present one allows it. */
async function changeOrder(orderId, accepted, participle, type, data = {}) {
  const order = await existing(Order, orderId, "PlaceOrder");
  mustBe(order, accepted, participle);
  order.raiseEvent({ type, data });
  return { events: await aggregates.persist(order) };
}

command("HoldOrder", "orders", ({ orderId, reason }) =>
  changeOrder(orderId, ["placed", "paying"], "held", "OrderOnHold", { reason }));
command("ResumeOrder", "orders", ({ orderId }) => changeOrder(orderId, ["onHold"], "resumed", "OrderResumed"));
command("MarkOrderPaid", "orders", ({ orderId, paymentId }) =>
  changeOrder(orderId, ["placed", "paying", "onHold"], "marked as paid", "OrderPaid", { paymentId }));
command("MarkOrderShipped", "orders", ({ orderId, shipmentId }) =>
  changeOrder(orderId, ["paid"], "marked as shipped", "OrderShipped", { shipmentId }));
command("MarkOrderDelivered", "orders", ({ orderId }) =>
  changeOrder(orderId, ["shipped"], "marked as delivered", "OrderDelivered"));
command("CancelOrder", "orders", ({ orderId, reason }) =>
  changeOrder(orderId, ["placed", "paying", "onHold", "paid"], "cancelled", "OrderCancelled", { reason }));

// MARK: Payments

command("RequestPayment", "payments", async ({ orderId, amount, currency }) => {
  const cents = inCents(amount);
  if (!(cents > 0)) throw new Error(`A payment's amount must be more than 0, but it is ${cents}.`);
  const payment = new Payment();
  payment.raiseEvent({ type: "PaymentRequested", domainId: await nextID("pay"), data: { orderId, amount: cents, currency } });
  return { response: { paymentId: payment.id }, events: await aggregates.persist(payment) };
});

async function settle(paymentId, participle, type, more) {
  const payment = await existing(Payment, paymentId, "RequestPayment");
  mustBe(payment, ["requested"], participle);
  const { orderId, amount, currency } = payment;
  payment.raiseEvent({ type, data: { orderId, amount, currency, ...more } });
  return { events: await aggregates.persist(payment) };
}

command("CapturePayment", "payments", ({ paymentId, auth }) => settle(paymentId, "captured", "PaymentSucceeded", { auth }));
command("DeclinePayment", "payments", ({ paymentId, reason = "card_declined" }) =>
  settle(paymentId, "declined", "PaymentDeclined", { reason }));

// MARK: Shipping

command("CreateShipment", "shipping", async ({ orderId }) => {
  const shipment = new Shipment();
  shipment.raiseEvent({ type: "ShipmentCreated", domainId: await nextID("ship"), data: { orderId } });
  return { response: { shipmentId: shipment.id }, events: await aggregates.persist(shipment) };
});

async function moveShipment(shipmentId, accepted, participle, type, more) {
  const shipment = await existing(Shipment, shipmentId, "CreateShipment");
  mustBe(shipment, accepted, participle);
  shipment.raiseEvent({ type, data: { orderId: shipment.orderId, ...more } });
  return { events: await aggregates.persist(shipment) };
}

command("DispatchShipment", "shipping", ({ shipmentId, carrier, tracking }) =>
  moveShipment(shipmentId, ["created"], "dispatched", "ShipmentDispatched", { carrier, tracking }));
command("DeliverShipment", "shipping", ({ shipmentId }) =>
  moveShipment(shipmentId, ["dispatched"], "delivered", "ShipmentDelivered"));

require("./views.js");
require("./sagas.js");

module.exports = { Order, Payment, Shipment };
