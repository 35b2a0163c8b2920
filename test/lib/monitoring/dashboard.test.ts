import { metricNamespace } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { onlyOne, plainText, synthesized } from '../synthesized';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly width: number;
  readonly properties: { readonly title?: string; readonly metrics?: unknown[][]; readonly alarms?: string[] };
}

function widgets(): Widget[] {
  const dashboard = onlyOne(synthesized('prod').resources('AWS::CloudWatch::Dashboard'));
  const body: { readonly widgets: Widget[] } = JSON.parse(plainText(dashboard['DashboardBody']));
  return body.widgets;
}

test('the dashboard is JSON whose widgets have a title, something to show and room to show it', () => {
  for (const { x, width, properties } of widgets()) {
    expect(properties.title).not.toBe('');
    expect((properties.metrics ?? properties.alarms ?? []).length).toBeGreaterThan(0);
    expect(x + width).toBeLessThanOrEqual(24);
  }
});

test('the dashboard shows the state of every alarm', () => {
  const shown = widgets().flatMap(({ properties }) => properties.alarms ?? []);
  const { resources } = synthesized('prod');
  const alarms = { ...resources('AWS::CloudWatch::Alarm'), ...resources('AWS::CloudWatch::CompositeAlarm') };
  expect(shown).toHaveLength(Object.keys(alarms).length);
});

test('the dashboard shows every metric of our own', () => {
  const shown = widgets()
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => String(namespace).startsWith(metricNamespace))
    .map(([, name]) => name);
  const filters = Object.values(synthesized('prod').resources('AWS::Logs::MetricFilter'));
  const counted = filters.map(({ Properties }) => Properties['MetricTransformations'][0]['MetricName']);
  expect(new Set(shown)).toEqual(new Set([...Object.values(metric), ...counted]));
});
