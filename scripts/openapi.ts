/** Writes public/openapi.json from the contracts: `npm run openapi`. A test fails while the file is behind. */
import { writeFileSync } from "node:fs";
import { apiDocument } from "@/lib/composition/api-document";

writeFileSync("public/openapi.json", `${JSON.stringify(apiDocument(), null, 2)}\n`);
process.stdout.write("public/openapi.json\n");
