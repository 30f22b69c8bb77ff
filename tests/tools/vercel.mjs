// Reads the routes of a site with Vercel's own parser: what it makes of them, and what it complains of.
// node vercel.mjs FILE  prints {routes, error, slash} as JSON; `slash` is what `trailingSlash: true` would add.
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import routing from "@vercel/routing-utils";

const { routes, error } = routing.normalizeRoutes(JSON.parse(readFileSync(argv[2], "utf-8")).routes);
const slash = routing.getTransformedRoutes({ trailingSlash: true }).routes;
stdout.write(JSON.stringify({ routes, error, slash }));
