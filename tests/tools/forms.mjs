// Runs the formats of the browser editor over jobs: `node forms.mjs forms.js jobs.json`.
// A job is a text to read, or a kind of file with a text and changes to its form: pairs of a way and a value.
import { readFileSync } from "node:fs";

const [script, list] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const forms = new Function(`${script}; return { KINDS, readYaml, makeFormat };`)();

const run = (job) => {
  if (job.read !== undefined) return forms.readYaml(job.read);
  const format = forms.makeFormat(forms.KINDS[job.kind]);
  const form = structuredClone(job.text === null ? {} : format.fromFile(job.text));
  for (const [way, value] of job.changes) {
    const last = way.at(-1);
    const holder = way.slice(0, -1).reduce((each, key) => each[key], form);
    if (value === null) Array.isArray(holder) ? holder.splice(last, 1) : delete holder[last];
    else holder[last] = value;
  }
  return format.toFile(form);
};

const answers = JSON.parse(list).map((job) => {
  try {
    return { value: run(job) };
  } catch (error) {
    return { error: String(error) };
  }
});
console.log(JSON.stringify(answers));
