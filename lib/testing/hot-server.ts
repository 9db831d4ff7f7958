/**
 * A program for tests: the routes that the product's server answers ahead of Next, over real HTTP, in a process that may
 * be killed. It tells its parent the port.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { handleHotRoute } from "@/lib/composition/hot-routes";

const server = createServer((request, response) => {
  handleHotRoute(request, response)
    .then((isHot) => isHot || response.writeHead(404).end())
    .catch(() => response.destroy());
});

server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
