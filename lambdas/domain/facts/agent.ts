import Bowser from 'bowser';

/** The visitor's machine by the user agent; null for an unknown part. */
export interface Agent {
  /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
  readonly device: string | null;
  /** Such as `Android`, without its version. */
  readonly os: string | null;
  /** Such as `Chrome`, without its version. */
  readonly browser: string | null;
}

export const unknownAgent: Agent = { device: null, os: null, browser: null };

/** A user agent can invent names of any length; reports show a bounded part. */
const nameLimit = 64;

/** Parses a user agent. Never throws; an unknown part is null. */
export function readAgent(userAgent: string | undefined): Agent {
  if (userAgent === undefined || userAgent.trim() === '') return unknownAgent;
  // oxlint-disable-next-line import/no-named-as-default-member -- the module that a bundle takes exports its default alone
  const { platform, os, browser } = Bowser.parse(userAgent);
  return { device: named(platform.type), os: named(os.name), browser: named(browser.name) };
}

function named(name: string | undefined): string | null {
  const text = name?.trim() ?? '';
  return text === '' ? null : text.slice(0, nameLimit);
}
