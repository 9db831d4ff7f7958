import { expect, it } from "vitest";
import { checkFiles } from "./file-rules";

const file = (name: string, type: string, size: number) => ({ name, type, size });

it("takes what fits and says of each other file why not", () => {
  const { accepted, refused } = checkFiles(
    [
      file("a.CSV", "", 10),
      file("b.png", "image/png", 10),
      file("c.exe", "application/x-msdownload", 10),
      file("d.csv", "text/csv", 1_000),
      file("e.csv", "text/csv", 10),
    ],
    { accept: [".csv", "image/*"], maxBytes: 100, maxFiles: 2 },
  );
  expect(accepted.map(({ name }) => name)).toEqual(["a.CSV", "b.png"]);
  expect(refused).toEqual([
    { name: "c.exe", reason: "wrongType" },
    { name: "d.csv", reason: "tooLarge" },
    { name: "e.csv", reason: "tooMany" },
  ]);
});
