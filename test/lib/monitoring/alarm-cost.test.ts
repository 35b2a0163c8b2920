import { synthesized } from '../synthesized';
import { alarmsOf, compositesOf, read } from './watched';

// List prices in us-east-1, in dollars a month.
const [perAlarmMetric, perComposite, perCustomMetric, perSecret] = [0.1, 0.5, 0.3, 0.4];
const freeDashboards = 3;

const alarms = [...alarmsOf('prod').values()];
const metrics = alarms.reduce((total, alarm) => total + read(alarm).length, 0);
const dollars = metrics * perAlarmMetric + compositesOf('prod').size * perComposite;
const count = (type: string) => Object.keys(synthesized('prod').resources(type)).length;

test('an idle prod stack costs at most $6.60 a month with all its alarms, its secret and the pulse of the watchdog', () => {
  const [dashboards, secrets] = [count('AWS::CloudWatch::Dashboard'), count('AWS::SecretsManager::Secret')];
  expect(dashboards).toBeLessThanOrEqual(freeDashboards);
  expect(secrets).toBe(1);
  const cents = Math.round(100 * (dollars + secrets * perSecret + perCustomMetric));
  expect(cents).toBeLessThanOrEqual(660);
});

test('no alarm is of the kinds that cost more: high resolution, anomaly detection', () => {
  for (const alarm of alarms) {
    for (const { period } of read(alarm)) expect(period).toBeGreaterThanOrEqual(60);
    expect(JSON.stringify(alarm)).not.toContain('ANOMALY_DETECTION_BAND');
  }
});
