"use strict";
// What goes on by itself: collecting the money, and shipping the goods.
const { aggregates, dispatchCommand, registerSaga, saga } = require("@eventicle/eventiclejs");
const { Order } = require("./aggregates.js");

const ofOrder = { matchInstance: (event) => ({ instanceProperty: "orderId", value: event.data.orderId }) };
const dispatch = (type, data) => dispatchCommand({ type, data });
const minutes = (count) => ({ isCron: false, timeout: count * 60_000 });

function requestPayment(step) {
  return dispatch("RequestPayment", {
    orderId: step.get("orderId"), amount: step.get("amount"), currency: step.get("currency"),
  });
}

registerSaga(
  saga("PaymentSaga")
    .subscribeStreams(["orders", "payments"])
    .startOn("OrderCreated", {}, async (step, event) => {
      step.set("orderId", event.domainId);
      step.set("amount", event.data.total);
      step.set("currency", event.data.currency);
      step.set("attempts", 0);
      step.set("status", "awaitingPayment");
      await requestPayment(step);
      step.upsertTimer("timeout", minutes(5));
    })
    .on("PaymentDeclined", ofOrder, async (step, event) => {
      const orderId = step.get("orderId");
      step.set("attempts", step.get("attempts") + 1);
      if (step.get("attempts") >= 3) {
        step.set("status", "failed");
        await dispatch("CancelOrder", { orderId, reason: "payment failed after 3 attempts" });
        return step.endSaga(true);
      }
      step.set("status", "declined");
      await dispatch("HoldOrder", { orderId, reason: event.data.reason });
      step.upsertTimer("retry", minutes(0.5));
    })
    .on("PaymentSucceeded", ofOrder, async (step, event) => {
      step.removeTimer("retry");
      step.removeTimer("timeout");
      await dispatch("MarkOrderPaid", { orderId: step.get("orderId"), paymentId: event.domainId });
      step.set("status", "paid");
      step.endSaga(true);
    })
    .onTimer("retry", async (step) => {
      step.set("status", "retrying");
      await dispatch("ResumeOrder", { orderId: step.get("orderId") });
      await requestPayment(step);
    })
    .onTimer("timeout", async (step) => {
      const orderId = step.get("orderId");
      step.set("status", "expired");
      const order = await aggregates.load(Order, orderId);
      if (order?.status !== "cancelled") await dispatch("CancelOrder", { orderId, reason: "no payment within 5 minutes" });
      step.endSaga(true);
    }),
);

registerSaga(
  saga("ShippingSaga")
    .subscribeStreams(["orders", "shipping"])
    .startOn("OrderPaid", {}, async (step, event) => {
      step.set("orderId", event.domainId);
      step.set("reminders", 0);
      step.set("status", "preparing");
      await dispatch("CreateShipment", { orderId: event.domainId });
      step.upsertTimer("poll", { isCron: true, crontab: "0 4 * * *" });
    })
    .on("ShipmentCreated", ofOrder, async (step, event) => step.set("shipmentId", event.domainId))
    .on("ShipmentDispatched", ofOrder, async (step, event) => {
      await dispatch("MarkOrderShipped", { orderId: step.get("orderId"), shipmentId: event.domainId });
      step.set("status", "onItsWay");
    })
    .on("ShipmentDelivered", ofOrder, async (step) => {
      step.removeTimer("poll");
      await dispatch("MarkOrderDelivered", { orderId: step.get("orderId") });
      step.set("status", "delivered");
      step.endSaga(true);
    })
    .onTimer("poll", async (step) => step.set("reminders", step.get("reminders") + 1)),
);
