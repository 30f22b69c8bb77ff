// Prints, as JSON, what the scripts of quizzes make of patterns of answers. The first argument is a JSON file: a list
// of [script, patterns]. For each pattern: level, median, held, deciding, way up, sureness, fragment, what it is read as.
// The second, if there is one, is a file with what is expected: the first script that gives something else is the last.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [jobs, expected] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const found = [];
for (const [script, patterns] of jobs) {
  const { explain, shortestWayUp, sureness, write, read } = await import(pathToFileURL(script));
  const results = patterns.map((answers) => {
    const { level, median, held, deciding } = explain(answers);
    const fragment = write(answers);
    return [level, median, held, deciding, shortestWayUp(answers), sureness(answers), fragment, read(fragment)];
  });
  const isExpected = !expected || JSON.stringify(results) === JSON.stringify(expected[found.length]);
  found.push(results);
  if (!isExpected) break;
}
process.stdout.write(JSON.stringify(found));
