// Reads a site's settings with Netlify's own parsers: what they make of them, and what they complain of.
// node netlify.mjs FOLDER [netlify.toml]  prints {headers, redirects, errors} as JSON.
import { join } from "node:path";
import { argv, stdout } from "node:process";
import { parseAllHeaders } from "netlify-headers-parser";
import { parseAllRedirects } from "netlify-redirect-parser";

const [folder, netlifyConfigPath] = argv.slice(2);
const [headers, redirects] = await Promise.all([
  parseAllHeaders({ headersFiles: [join(folder, "_headers")], netlifyConfigPath, minimal: true }),
  parseAllRedirects({ redirectsFiles: [join(folder, "_redirects")], netlifyConfigPath, minimal: true }),
]);
const errors = [...headers.errors, ...redirects.errors].map((error) => error.message);
stdout.write(JSON.stringify({ headers: headers.headers, redirects: redirects.redirects, errors }));
