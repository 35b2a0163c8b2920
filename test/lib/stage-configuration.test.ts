import { StageConfigurationError, stageConfiguration } from '../../lib/stage-configuration';

const sentenceOf = (name: string, stages: unknown): string => {
  try {
    stageConfiguration(name, stages);
  } catch (error) {
    if (error instanceof StageConfigurationError) return error.message;
    throw error;
  }
  return 'no error';
};

describe('a stage', () => {
  test('is dev or prod without any configuration', () => {
    expect(stageConfiguration('dev', undefined)).toMatchObject({
      name: 'dev',
      removal: 'destroy',
      configCacheSeconds: 0,
    });
    expect(stageConfiguration('prod', undefined)).toMatchObject({
      name: 'prod',
      removal: 'retain',
      configCacheSeconds: 60,
    });
  });

  test('of one’s own is like prod where it says nothing', () => {
    expect(stageConfiguration('staging', { staging: { logRetentionDays: 14 } })).toMatchObject({
      name: 'staging',
      like: 'prod',
      removal: 'retain',
      deletionProtection: true,
      logRetentionDays: 14,
    });
  });

  test('overrides one threshold and keeps the others', () => {
    const { alarms, throttle } = stageConfiguration('prod', {
      prod: { alarms: { rejectedPercent: 35 }, throttle: { rate: 9 } },
    });
    expect(alarms).toMatchObject({ rejectedPercent: 35, minimumPostbacks: 20 });
    expect(throttle).toMatchObject({ rate: 9, burst: 4000, batch: { rate: 20 } });
  });

  test('may come as the JSON text that the command line gives', () => {
    expect(stageConfiguration('qa', '{"qa":{"like":"dev"}}')).toMatchObject({
      name: 'qa',
      like: 'dev',
      removal: 'destroy',
    });
  });

  test('does not change the built-in stage that it is like', () => {
    stageConfiguration('qa', { qa: { like: 'dev', throttle: { rate: 1 } } });
    expect(stageConfiguration('dev', undefined).throttle.rate).toBe(100);
  });
});

describe('a wrong stage is rejected in one sentence', () => {
  test.each([
    ['prd', undefined, 'Stage "prd" is not known; known are dev, prod.'],
    ['prod', { prod: { removal: 'keep' } }, 'Stage "prod": removal is "keep"; allowed is one of retain, destroy.'],
    [
      'prod',
      { prod: { removal: 'destroy' } },
      'Stage "prod": removal is "destroy"; allowed is "retain", since the stage is like prod and its data is money.',
    ],
    [
      'staging',
      { staging: { removal: 'destroy' } },
      'Stage "staging": removal is "destroy"; allowed is "retain", since the stage is like prod and its data is money.',
    ],
    [
      'dev',
      { dev: { deletionProtection: true } },
      'Stage "dev": deletionProtection is true; allowed is false where removal is "destroy", or the stack cannot be deleted.',
    ],
    ['prod', { prod: { like: 'dev' } }, 'Stage "prod": like is "dev"; allowed is one of prod.'],
    ['qa', { qa: { like: 'production' } }, 'Stage "qa": like is "production"; allowed is one of dev, prod.'],
    [
      'prod',
      { prod: { memoryMegabytes: '256' } },
      'Stage "prod": memoryMegabytes is "256"; allowed is a whole number from 128 to 10240.',
    ],
    [
      'prod',
      { prod: { throttle: { rate: 0.5 } } },
      'Stage "prod": throttle.rate is 0.5; allowed is a whole number from 1 to 10000.',
    ],
    [
      'prod',
      { prod: { alarms: { rejectedPercent: 101 } } },
      'Stage "prod": alarms.rejectedPercent is 101; allowed is a number above 0 and at most 100.',
    ],
    ['prod', { prod: { alarms: 3 } }, 'Stage "prod": alarms is 3; allowed is an object of alarm thresholds.'],
    ['prod', { prod: { logLevel: 'WARN' } }, 'Stage "prod": logLevel is "WARN"; allowed is one of TRACE, DEBUG, INFO.'],
    [
      'prod',
      { prod: { alarmTargets: { page: { email: ['me'] } } } },
      'Stage "prod": alarmTargets.page.email.0 is "me"; allowed is an e-mail address.',
    ],
    [
      'prod',
      { prod: { retryMaxConcurrency: 1 } },
      'Stage "prod": retryMaxConcurrency is 1; allowed is a whole number from 2 to 1000.',
    ],
    [
      'prod',
      { prod: { throttle: { rates: 5 } } },
      'Stage "prod": there is no field throttle.rates; allowed are rate, burst, click, postback, batch, admin.',
    ],
    [
      'prod',
      { prod: { throttle: { batch: { per: 5 } } } },
      'Stage "prod": there is no field throttle.batch.per; allowed are rate, burst.',
    ],
    [
      'prod',
      { prod: { throttle: { postback: { rate: 20_000 } } } },
      'Stage "prod": throttle.postback.rate is 20000; allowed is a whole number from 1 to 10000.',
    ],
    [
      'Prod1',
      { Prod1: {} },
      'Stage "Prod1": name is "Prod1"; allowed is a lower-case letter followed by up to 19 lower-case letters, digits and hyphens.',
    ],
    ['dev', { dev: 7 }, 'Stage "dev" is 7; allowed is an object of stage settings.'],
    ['dev', '{', 'Context key "stages" is "{"; allowed is a JSON object of stages by name.'],
  ])('%s %j', (name, stages, sentence) => {
    expect(sentenceOf(name, stages)).toBe(sentence);
  });

  test('that lists every field there is when one is misspelt', () => {
    expect(sentenceOf('prod', { prod: { logRetention: 5 } })).toMatch(
      /^Stage "prod": there is no field logRetention; allowed are account, .*\blogRetentionDays\b.*\.$/,
    );
  });

  test('that names the days CloudWatch Logs can keep a log', () => {
    expect(sentenceOf('prod', { prod: { logRetentionDays: 45 } })).toMatch(
      /^Stage "prod": logRetentionDays is 45; allowed is one of 1, 3, 5, .*, 3653\.$/,
    );
  });
});
