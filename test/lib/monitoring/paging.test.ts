import { alarmAt, alarmsOf, compositesOf, describing, severitiesOf } from './watched';

const alarms = alarmsOf('prod');
const composites = compositesOf('prod');
const ringing = [...alarms, ...composites];
const parts = ['ClicksFailing', 'PostbackFailuresOneHour', 'PostbackFailuresFiveMinutes'];

const withSeverity = (severity: string) =>
  ringing.filter(([, alarm]) => severitiesOf(alarm).includes(severity)).map(([name]) => name);

test.each(ringing)('%s rings, and rings off, at the topic of the severity that it names, or not at all', (_, alarm) => {
  const [named] = describing(alarm).split('.');
  expect(severitiesOf(alarm)).toEqual(named === 'PART' ? [] : [named?.toLowerCase()]);
  expect(alarm.OKActions).toEqual(alarm.AlarmActions);
});

test('somebody is woken only where visitors, money or what was acknowledged is being lost, or soon will be', () => {
  expect(withSeverity('page')).toEqual([
    'RetriesExpiring',
    'DeadLettersExpiring',
    'CountingStopped',
    'DispatchingStopped',
    'RequestsFailing',
  ]);
});

test('mistakes of a sender never page, and their ticket names the integration', () => {
  expect(withSeverity('ticket')).toEqual(
    expect.arrayContaining([
      'PostbackRejections',
      'AmountsUnread',
      'PostbacksUnmatched',
      'AuthenticationFailures',
      'IntegrationsSilent',
    ]),
  );
  const rejections = alarms.get('PostbackRejections');
  expect(rejections && describing(rejections)).toContain(
    'First: npx tracker --stage=prod postbacks search --result rejected --since 1h\n',
  );
});

describe('the objective', () => {
  test.each([
    [
      'RequestsFailing',
      'clicks fail, or postbacks in both windows',
      '((ALARM("ClicksFailing")) OR (ALARM("PostbackFailuresOneHour") AND ALARM("PostbackFailuresFiveMinutes")))',
    ],
  ])('%s rings while %s', (name, _, expected) => {
    const [separator, pieces = []] = composites.get(name)?.AlarmRule['Fn::Join'] ?? [];
    const rule = pieces.map((piece) => (typeof piece === 'string' ? piece : alarmAt(piece))).join(separator);
    expect(rule).toBe(expected);
  });

  test.each([
    ['PostbackFailuresOneHour', 3_600, 1.44, 5],
    ['PostbackFailuresFiveMinutes', 300, 1.44, 1],
    ['PostbacksFailingSlowly', 3_600, 0.6, 1],
  ])('%s looks at %i s, rings at %f%%, and asks for %i failures', (name, period, threshold, minimum) => {
    const part = alarms.get(name);
    expect(part?.Threshold).toBe(threshold);
    expect(part?.Metrics?.[0]?.Expression).toContain(`IF(FILL(postbackServerErrors, 0) >= ${minimum},`);
    expect(part?.Metrics?.slice(1).map(({ MetricStat }) => MetricStat?.Period)).toEqual([period, period]);
  });

  test('has parts that are parts of nothing else and ring nobody', () => {
    expect([...alarms].filter(([, { AlarmActions }]) => AlarmActions === undefined).map(([name]) => name)).toEqual(
      parts,
    );
  });

  test('makes its slow burn a ticket, or a page where the stage says so', () => {
    const own = alarmsOf('prod', { prod: { alarms: { slowBurnSeverity: 'page' } } }).get('PostbacksFailingSlowly');
    expect(ringing.flatMap(([name, alarm]) => (name === 'PostbacksFailingSlowly' ? severitiesOf(alarm) : []))).toEqual([
      'ticket',
    ]);
    expect(own?.AlarmActions).toEqual(composites.get('RequestsFailing')?.AlarmActions);
  });

  test('calls its slow burn slow in three of six hours: an incident of less than one fills two at most', () => {
    expect(alarms.get('PostbacksFailingSlowly')).toMatchObject({ DatapointsToAlarm: 3, EvaluationPeriods: 6 });
  });
});
