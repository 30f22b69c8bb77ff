// Prints, as JSON, what the script of bills makes of numbers and of what people type. The arguments are the script and a
// JSON file: a list of {bill, amounts, texts}. For each amount: its parts, written; for each text: the number read.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { divide, read, writeAmount, writeRange } = await import(pathToFileURL(process.argv[2]));
const jobs = JSON.parse(readFileSync(process.argv[3], "utf8"));
const found = jobs.map(({ bill, amounts, texts }) => ({
  written: amounts.map((amount) => {
    const { part, rest, year } = divide(amount, bill);
    return [writeAmount(amount, bill.style), ...[part, rest, year].map((ends) => writeRange(ends, bill.style))];
  }),
  read: texts.map((text) => read(text, bill.style)),
}));
process.stdout.write(JSON.stringify(found));
