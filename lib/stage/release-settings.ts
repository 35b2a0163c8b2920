import { oneOf } from './field-types';

/** The replacement of old code by new. Every release but the first goes through CodeDeploy, which rolls back when an alarm rings. */
export const releases = ['all-at-once', 'canary-5-minutes', 'canary-15-minutes', 'linear-10-minutes'] as const;
export type Release = (typeof releases)[number];

export const release = () => oneOf(releases);
