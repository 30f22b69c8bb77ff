// Prints, as JSON, what the scripts of quizzes make of patterns of answers. The one argument is a JSON file: a list
// of [script, patterns]. For each pattern: level, median, held, deciding, way up, sureness, fragment, what it is read as.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const found = [];
for (const [script, patterns] of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const { explain, shortestWayUp, sureness, write, read } = await import(pathToFileURL(script));
  found.push(
    patterns.map((answers) => {
      const { level, median, held, deciding } = explain(answers);
      const fragment = write(answers);
      return [level, median, held, deciding, shortestWayUp(answers), sureness(answers), fragment, read(fragment)];
    }),
  );
}
process.stdout.write(JSON.stringify(found));
