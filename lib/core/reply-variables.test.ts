import { describe, expect, it } from "vitest";
import { fillVariables } from "./reply-variables";

const values = { "customer.name": "陈同学", "agent.name": "小林" };

describe("variables of a quick reply", () => {
  it("are filled, with spaces inside or not", () => {
    expect(fillVariables("{{customer.name}}您好，我是{{ agent.name }}", values)).toBe("陈同学您好，我是小林");
  });

  it("stay as they are when nobody knows them, and a value is never read again", () => {
    expect(fillVariables("{{order.id}}", values)).toBe("{{order.id}}");
    expect(fillVariables("{{customer.name}}", { ...values, "customer.name": "{{agent.name}}" })).toBe("{{agent.name}}");
  });
});
