// Unpacks a file that Brotli has made small: node unpack.mjs FILE TARGET. Prints the size, in bytes, as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { brotliDecompressSync } from "node:zlib";

const [file, target] = argv.slice(2);
const data = brotliDecompressSync(readFileSync(file));
writeFileSync(target, data, { mode: 0o755 });
stdout.write(JSON.stringify(data.length));
