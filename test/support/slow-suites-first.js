const { default: Sequencer } = require('@jest/test-sequencer');

/** Folders whose suites start processes, and take the longest. Begun last, one of them would keep one core busy and leave the others idle. */
const slowFolders = [
  'console',
  'e2e',
  'openapi',
  'cli',
  'local',
  'compatibility',
  'runbook',
  'privacy',
  'alarms',
  'deploy',
];

/** Slow suites first, also on a fresh clone, where Jest has no times of an earlier run to go by. */
module.exports = class SlowSuitesFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const [, folder] = path
        .slice(context.config.rootDir.length)
        .split(/[\\/]+/)
        .slice(1);
      const at = slowFolders.indexOf(folder);
      return at === -1 ? slowFolders.length : at;
    };
    return super.sort(tests).toSorted((left, right) => rank(left) - rank(right));
  }
};
