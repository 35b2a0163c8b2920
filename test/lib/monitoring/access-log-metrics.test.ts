import { routes } from '../../../lambdas/contract';
import { synthesized } from '../synthesized';

type Line = Readonly<Record<string, string>>;

/**
 * Filter patterns as far as ours go: `{ ($.a = "x*") && (($.b != "y") || …) }`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
function matches(pattern: string, line: Line): boolean {
  const compared = pattern
    .slice(2, -2)
    .replaceAll(/\$\.(\w+) (!?=) "([^"]+)"/g, (_, field: string, operator: string, value: string) => {
      const text = line[field] ?? '';
      const equal = value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
      return String(equal === (operator === '='));
    });
  return decided(compared) === 'true';
}

/** Works out one parenthesis or operator after the other, until one word is left. */
function decided(text: string): string {
  const simpler = text
    .replaceAll(/\((true|false)\)/g, '$1')
    .replace(/(true|false) && (true|false)/, (_, left, right) => String(left === 'true' && right === 'true'))
    .replace(/(true|false) \|\| (true|false)/, (_, left, right) => String(left === 'true' || right === 'true'));
  return simpler === text ? text : decided(simpler);
}

const patterns = new Map<string, string>(
  Object.values(synthesized('prod').resources('AWS::Logs::MetricFilter')).map(({ Properties }) => [
    Properties['MetricTransformations'][0]['MetricName'],
    Properties['FilterPattern'],
  ]),
);
const countedAs = (line: Line) => [...patterns].filter(([, pattern]) => matches(pattern, line)).map(([name]) => name);
const answered = (routeKey: string, status: string, integrationStatus = '200') => ({
  routeKey,
  status,
  integrationStatus,
});

test.each(routes.click)('a 5xx of %s counts for clicks alone', (route) => {
  expect(countedAs(answered(route, '503'))).toEqual(['ClickServerErrors']);
});

test.each(routes.postback)('a 5xx of %s counts for postbacks alone', (route) => {
  expect(countedAs(answered(route, '500', '-'))).toEqual(['PostbackServerErrors']);
});

test.each(routes.admin)('a 5xx of %s counts for neither', (route) => {
  expect(countedAs(answered(route, '500'))).toEqual([]);
});

test.each(['200', '302', '404'])('%s counts for nothing', (status) => {
  expect(countedAs(answered('GET /postback', status))).toEqual([]);
});

test('a 429 counts where the API itself rejected for the rate, not where a function did', () => {
  expect(countedAs(answered('GET /postback', '429', '-'))).toEqual(['RequestsThrottled']);
  expect(countedAs(answered('GET /postback', '429', '200'))).toEqual([]);
});
