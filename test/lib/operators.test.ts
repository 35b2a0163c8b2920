import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { stageConfiguration } from '../../lib/stage-configuration';
import { runbookAddress } from '../../lib/stage/runbook-address';
import { alarmsOf, compositesOf, describing } from './monitoring/watched';
import { synthesized } from './synthesized';

function warnings(stage: string, stages?: Record<string, unknown>): readonly string[] {
  const { stack } = synthesized(stage, stages);
  // It is synthesized once more, and prints what it warns of.
  const print = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('alarmTargets\\.page is not set'));
  print.mockRestore();
  return found.map(({ id }) => id);
}

describe('a stage whose alarms nobody hears', () => {
  test('is warned of at synth where it is like prod', () => {
    expect(warnings('prod')).toEqual(['/PostbackTracker-prod']);
    expect(warnings('staging', { staging: { alarmTargets: { ticket: { email: ['team@example.com'] } } } })).toEqual([
      '/PostbackTracker-staging',
    ]);
  });

  test('is not where somebody is called, says that they come by themselves, or nothing is lost', () => {
    expect(warnings('prod', { prod: { alarmTargets: { page: { email: ['oncall@example.com'] } } } })).toEqual([]);
    expect(warnings('prod', { prod: { alarmTargets: { page: {} } } })).toEqual([]);
    expect(warnings('dev')).toEqual([]);
  });
});

describe('the runbook that an alarm leads to', () => {
  const runbookUrl = 'https://github.com/owner/repository/blob/{commit}/docs/runbook.md';
  const stage = (url?: string) => stageConfiguration('prod', url === undefined ? {} : { prod: { runbookUrl: url } });

  test('is read where the stage says, as it was written for the code that is deployed', () => {
    expect(runbookAddress(stage(runbookUrl), () => 'abc123')).toBe(
      'https://github.com/owner/repository/blob/abc123/docs/runbook.md',
    );
    expect(runbookAddress(stage('https://wiki.example.com/runbook'), () => undefined)).toBe(
      'https://wiki.example.com/runbook',
    );
    expect(runbookAddress(stage(), () => undefined)).toBeUndefined();
  });

  test('has no address without a commit to put into it', () => {
    expect(() => runbookAddress(stage(runbookUrl), () => undefined)).toThrow(
      /^Stage "prod": runbookUrl is .*\{commit\}/,
    );
  });

  test('is a link to the section in every alarm, short enough for CloudWatch', () => {
    const long = `https://github.com/some-organization-of-names/repository-of-the-team/blob/${'a'.repeat(40)}/docs/runbook.md`;
    const stages = { prod: { runbookUrl: long } };
    const texts = [...alarmsOf('prod', stages).values(), ...compositesOf('prod', stages).values()].map(describing);

    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => !text.includes(`\nRunbook: ${long}#`))).toEqual([]);
    expect(texts.filter((text) => text.length > 1024)).toEqual([]);
  });
});
