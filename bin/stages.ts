import type { TeamStages } from '../lib/stage-configuration';

/**
 * The stages of your team: this file is yours, and no release changes it. Each is one stack, `npx cdk deploy PostbackTracker-NAME`.
 * Name only what differs from the built-in stage. A new stage is like prod unless it says `like: 'dev'`:
 *
 *   prod: { account: '111122223333', region: 'eu-west-1', alarmTargets: { page: { email: ['oncall@example.com'] } } },
 *   staging: { throttle: { rate: 50, burst: 100 } },
 *
 * Every setting is in docs/configuration.md. `-c stages='{…}'` overrides these, field by field.
 */
export const stages = {
  dev: {},
  prod: {},
} satisfies TeamStages;
