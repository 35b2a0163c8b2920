import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorLogs, sourceLogs } from '../../lib/monitoring/alarm-definition';
import { sourceDimension } from '../../lambdas/contract';

const runbook = readFileSync(join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
const ofAlarms = errorLogs({ ownLogGroup: { logGroupName: '/aws/lambda/postback' } });

const patternsIn = (text: string): readonly string[] =>
  [...text.matchAll(/--filter-pattern '(\{[^']*\})'/g)].map(([, pattern = '']) => pattern);

/** Whether a pattern of alternatives, each a field and its text, finds a log line. */
function finds(pattern: string, line: object): boolean {
  const alternatives = [...pattern.matchAll(/\$\.([\w.]+) = "([^"]*)"/g)];
  return alternatives.some(([, path = '', text]) => {
    let value: unknown = line;
    for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
    return value === text;
  });
}

/** The lines of Lambda's JSON log format: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
const report = (status: string) => ({ type: 'platform.report', record: { status } });
const lines = [{ level: 'ERROR' }, report('error'), report('timeout'), { level: 'INFO' }, report('success')];

test('the first command of an alarm finds errors, crashes and timeouts of a function alone', () => {
  const [pattern = ''] = patternsIn(ofAlarms);
  expect(lines.map((line) => finds(pattern, line))).toEqual([true, true, true, false, false]);
});

test('the runbook looks for errors by the pattern of the alarms', () => {
  const patterns = patternsIn(runbook).filter((pattern) => pattern.includes('$.level = "ERROR"'));
  expect(patterns.length).toBeGreaterThan(0);
  expect(new Set(patterns)).toEqual(new Set(patternsIn(ofAlarms)));
});

test('the runbook looks for timeouts by the status that Lambda writes', () => {
  const patterns = patternsIn(runbook).filter((pattern) => pattern.includes('timeout'));
  expect(patterns.length).toBeGreaterThan(1);
  expect(patterns.filter((pattern) => !finds(pattern, report('timeout')))).toEqual([]);
});

test('the runbook looks for sources in trouble by the pattern of their alarm', () => {
  const [pattern = ''] = patternsIn(sourceLogs({ ownLogGroup: { logGroupName: '/aws/lambda/deliver' } }));
  expect(pattern).toContain(`$.${sourceDimension} =`);
  expect(patternsIn(runbook)).toContain(pattern);
});
