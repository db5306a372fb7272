import { expect, it } from "vitest";
import { isReturnAddress, signInAddress } from "./return-address.ts";

it("leads back to a page of a tenant or of the platform, and nowhere else", () => {
  expect(signInAddress("/t/skyline/jobs?status=failed")).toBe(
    "/sign-in?next=%2Ft%2Fskyline%2Fjobs%3Fstatus%3Dfailed",
  );
  expect(signInAddress("/admin/health")).toBe("/sign-in?next=%2Fadmin%2Fhealth");
  for (const address of [
    "/admin//evil.example",
    "/admin",
    "/administrators",
    "//evil.example",
    "https://evil.example/t/a",
    "/t//evil.example",
    "/",
    "",
  ]) {
    expect(isReturnAddress(address)).toBe(false);
    expect(signInAddress(address)).toBe("/sign-in");
  }
});
