// Prints, as JSON, what the scripts of quizzes make of patterns of answers. The one argument is a JSON file: a list
// of [script, patterns]. For each pattern: level, median, speaking, held, way up, fragment, and what it is read as.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const found = [];
for (const [script, patterns] of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const { explain, shortestWayUp, write, read } = await import(pathToFileURL(script));
  found.push(
    patterns.map((answers) => {
      const { level, median, speaking, held } = explain(answers);
      const fragment = write(answers);
      return [level, median, speaking, held, shortestWayUp(answers), fragment, read(fragment)];
    }),
  );
}
process.stdout.write(JSON.stringify(found));
