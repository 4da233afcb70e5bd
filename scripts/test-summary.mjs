// Names every failed test and counts all of them. Argument: a folder with a report of each part that ran, Vitest's
// JSON or pytest's JUnit XML, and an empty file `left-out-…` for each part that could not run.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [folder] = process.argv.slice(2);
const names = readdirSync(folder).sort();
const total = { passed: 0, failed: 0, skipped: names.filter((name) => name.startsWith('left-out-')).length };

for (const name of names) {
  if (!/\.(json|xml)$/.test(name)) continue;
  const text = readFileSync(join(folder, name), 'utf8');
  const report = name.endsWith('.json') ? ofVitest(JSON.parse(text)) : ofPytest(text);
  for (const key of Object.keys(total)) total[key] += report[key];
  for (const failure of report.failures) console.log(`FAILED ${failure}`);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

function ofVitest(report) {
  const failures = report.testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(process.cwd(), name);
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      // A file can fail as a whole, in its imports or its set-up.
      return tests.length > 0
        ? tests.map(
            ({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages[0])}`,
          )
        : [`${file}: ${firstLine(message)}`];
    });
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
    failures,
  };
}

function ofPytest(xml) {
  const count = (key) => Number(new RegExp(`<testsuite [^>]*\\b${key}="(\\d+)"`).exec(xml)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const cases = xml.matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<(?:failure|error) message="([^"]*)/g,
  );
  return {
    passed: count('tests') - failed - count('skipped'),
    failed,
    skipped: count('skipped'),
    failures: [...cases].map(
      ([, where, name, message]) => `training ${where} > ${name}: ${firstLine(message)}`,
    ),
  };
}

function firstLine(message = '') {
  return message.split(/\n|&#10;/, 1)[0].slice(0, 300);
}
